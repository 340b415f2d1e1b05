using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

/// <summary>Renders over the socket whose server goes in their midst, and what has to be heard of them all the same.</summary>
internal static class InterruptedRender
{
    private static readonly string[] Stages = ["validating", "validated", "generating", "processing", "saving", "extracting", "complete"];

    /// <summary>Renders; stops the server at a point, starts it again and goes on.</summary>
    public static async Task<List<JsonElement>> RenderAsync(ServerProcess server, Func<JsonElement, bool> isPoint, Func<Task> stop)
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

    /// <summary>Comes back, and hears the rest.</summary>
    public static async Task<List<JsonElement>> ResumeAsync(ServerProcess server, string id, List<JsonElement> heard)
    {
        await using var client = await SocketClient.ConnectAsync(server.Address);
        await client.SendAsync($$"""{"type":"resume","render_id":"{{id}}","after":{{heard[^1].Number("sequence")}}}""");
        await client.ReceiveToEndAsync();
        client.Terminal();
        return [.. heard, .. client.Received.Skip(1)];
    }

    /// <summary>Every number once, every stage once and in order, and a result at the end.</summary>
    public static void IsWhole(List<JsonElement> messages)
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

    /// <summary>The digest of the finished file.</summary>
    public static async Task<string> HashAsync(ServerProcess server, JsonElement result) =>
        Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(server.LibraryRoot, result.GetProperty("data").Text("file_path")))));

    /// <summary>What asks for a minute of Sketch.</summary>
    public static string Message(int seed) => new JsonObject
    {
        ["type"] = "render",
        ["composition_plan"] = Plans.Seed("Carry on", 60_000, 2),
        ["generator"] = "sketch",
        ["seed"] = seed,
    }.ToJsonString();
}
