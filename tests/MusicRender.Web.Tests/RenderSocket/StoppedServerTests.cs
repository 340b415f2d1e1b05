using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MusicRender.Tests;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

/// <summary>The program as a process, killed or stopped in the middle of renders: they go on, and whoever resumes hears everything once.</summary>
public sealed class StoppedServerTests(PostgresServer postgres)
{
    private static readonly string[] Stages = ["validating", "validated", "generating", "processing", "saving", "extracting", "complete"];

    [Fact]
    public async Task Render_WhoseServerIsKilledAtAnyPoint_EndsWithTheSameBytes()
    {
        await using var server = await ServerProcess.StartAsync();
        var undisturbed = await RenderAsync(server, _ => false, server.KillAsync);
        var expected = await HashAsync(server, undisturbed[^1]);
        Func<JsonElement, bool>[] points =
        [
            message => message.Text("stage") == "validated",
            message => message.Text("stage") == "generating",
            message => message.Number("progress_percent") >= 40,
            message => message.Text("stage") == "processing",
            message => message.Text("stage") == "saving",
            message => message.Text("stage") == "extracting",
        ];
        foreach (var point in points)
        {
            var messages = await RenderAsync(server, point, server.KillAsync);
            Assert.Equal(expected, await HashAsync(server, messages[^1]));
        }

        Assert.Equal(points.Length + 1, Directory.GetFiles(Path.Combine(server.LibraryRoot, "audio")).Length);
        Assert.Empty(Directory.GetFiles(Path.Combine(server.LibraryRoot, "partial")));
    }

    [Fact]
    public async Task Render_WhoseServerIsStopped_GoesOnAtTheNextStart()
    {
        await using var server = await ServerProcess.StartAsync();
        var messages = await RenderAsync(server, message => message.Number("progress_percent") > 15, server.StopAsync);
        Assert.Equal("result", messages[^1].Type());
    }

    [Fact]
    public async Task Renders_ThatWaitWhenTheServerIsKilled_AreAllMade()
    {
        await using var server = await ServerProcess.StartAsync("--MusicRender:Sketch:MaxConcurrency=1");
        var watchers = new List<(string Id, List<JsonElement> Heard)>();
        for (var number = 0; number < 4; number++)
        {
            await using var client = await SocketClient.ConnectAsync(server.Address);
            await client.SendAsync(Message(seed: number));
            await client.ReceiveStageAsync(number == 0 ? "generating" : "queued");
            watchers.Add((client.Received[1].Text("render_id"), [.. client.Received.Skip(1)]));
            client.Socket.Abort();
        }

        await server.KillAsync();
        await server.StartAsync();
        foreach (var (id, heard) in watchers)
        {
            IsWhole(await ResumeAsync(server, id, heard));
        }
    }

    [Fact]
    public async Task Render_OfANodeThatStops_GoesOnOnAnotherAndWhoWatchesThereHearsEverything()
    {
        var database = $"--ConnectionStrings:MusicRender={await postgres.NewDatabaseAsync()}";
        await using var one = await ServerProcess.StartAsync(database);
        await using var two = await ServerProcess.StartOnAsync(one.LibraryRoot, database);
        await using var client = await SocketClient.ConnectAsync(one.Address);
        await client.SendAsync(Message(seed: 7));
        var first = await client.ReceiveStageAsync("generating");
        var watching = ResumeAsync(two, first.Text("render_id"), [.. client.Received.Skip(1)]);
        await one.StopAsync();
        IsWhole(await watching);
        Assert.Single(Directory.GetFiles(Path.Combine(one.LibraryRoot, "audio")));
        Assert.Empty(Directory.GetFiles(Path.Combine(one.LibraryRoot, "partial")));
    }

    /// <summary>Renders; stops the server at a point, starts it again and goes on.</summary>
    private static async Task<List<JsonElement>> RenderAsync(ServerProcess server, Func<JsonElement, bool> isPoint, Func<Task> stop)
    {
        var heard = new List<JsonElement>();
        await using (var client = await SocketClient.ConnectAsync(server.Address))
        {
            await client.ReceiveStageAsync("connected");
            await client.SendAsync(Message(seed: 7));
            while (await client.ReceiveAsync() is { } message)
            {
                heard.Add(message);
                if (message.Type() == "progress" && isPoint(message))
                {
                    await stop();
                    // What was on its way still counts.
                    heard.AddRange(await RestAsync(client));
                    await server.StartAsync();
                    break;
                }
            }
        }

        var all = heard[^1].Type() == "progress" ? await ResumeAsync(server, heard[0].Text("render_id"), heard) : heard;
        IsWhole(all);
        return all;
    }

    private static async Task<List<JsonElement>> RestAsync(SocketClient client)
    {
        var rest = new List<JsonElement>();
        try
        {
            while (await client.ReceiveAsync() is { } message)
            {
                // The word that the server is stopping belongs to the socket, not to the render.
                if (message.TryGetProperty("sequence", out _))
                {
                    rest.Add(message);
                }
            }
        }
        catch (WebSocketException)
        {
            // Its server is gone.
        }

        return rest;
    }

    private static async Task<List<JsonElement>> ResumeAsync(ServerProcess server, string id, List<JsonElement> heard)
    {
        await using var client = await SocketClient.ConnectAsync(server.Address);
        await client.SendAsync($$"""{"type":"resume","render_id":"{{id}}","after":{{heard[^1].Number("sequence")}}}""");
        await client.ReceiveToEndAsync();
        client.Terminal();
        return [.. heard, .. client.Received.Skip(1)];
    }

    /// <summary>Every number once, every stage once and in order, and a result at the end.</summary>
    private static void IsWhole(List<JsonElement> messages)
    {
        Assert.Equal("result", messages[^1].Type());
        Assert.Equal(Enumerable.Range(1, messages.Count).Select(number => (long)number), messages.Select(message => message.Number("sequence")));
        var stages = messages.SkipLast(1).Select(message => message.Text("stage")).Where(stage => stage != "queued").ToList();
        Assert.Equal(Stages, stages.Distinct());
        Assert.Equal(stages.OrderBy(stage => Array.IndexOf(Stages, stage)), stages);
        Assert.Equal(Stages.Length - 1, stages.Count(stage => stage != "generating"));
        var percents = messages.SkipLast(1).Select(message => message.Number("progress_percent")).ToList();
        Assert.Equal(percents.Order(), percents);
    }

    private static async Task<string> HashAsync(ServerProcess server, JsonElement result) =>
        Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(server.LibraryRoot, result.GetProperty("data").Text("file_path")))));

    private static string Message(int seed) => new JsonObject
    {
        ["type"] = "render",
        ["composition_plan"] = Plans.Seed("Carry on", 60_000, 2),
        ["generator"] = "sketch",
        ["seed"] = seed,
    }.ToJsonString();
}
