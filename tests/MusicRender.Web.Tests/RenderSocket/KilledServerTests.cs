using System.Text.Json;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

/// <summary>The program as a process, killed in the middle of renders: they go on, and whoever resumes hears everything once.</summary>
public sealed class KilledServerTests
{
    [Fact]
    public async Task Render_WhoseServerIsKilledAtAnyPoint_EndsWithTheSameBytes()
    {
        await using var server = await ServerProcess.StartAsync();
        var undisturbed = await InterruptedRender.RenderAsync(server, _ => false, server.KillAsync);
        var expected = await InterruptedRender.HashAsync(server, undisturbed[^1]);
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
            var messages = await InterruptedRender.RenderAsync(server, point, server.KillAsync);
            Assert.Equal(expected, await InterruptedRender.HashAsync(server, messages[^1]));
        }

        Assert.Equal(points.Length + 1, Directory.GetFiles(Path.Combine(server.LibraryRoot, "audio")).Length);
        Assert.Empty(Directory.GetFiles(Path.Combine(server.LibraryRoot, "partial")));
    }

    [Fact]
    public async Task Renders_ThatWaitWhenTheServerIsKilled_AreAllMade()
    {
        await using var server = await ServerProcess.StartAsync("--MusicRender:Sketch:MaxConcurrency=1");
        var watchers = new List<(string Id, List<JsonElement> Heard)>();
        for (var number = 0; number < 4; number++)
        {
            await using var client = await SocketClient.ConnectAsync(server.Address);
            await client.SendAsync(InterruptedRender.Message(seed: number));
            await client.ReceiveStageAsync(number == 0 ? "generating" : "queued");
            watchers.Add((client.Received[1].Text("render_id"), [.. client.Received.Skip(1)]));
            client.Socket.Abort();
        }

        await server.KillAsync();
        await server.StartAsync();
        foreach (var (id, heard) in watchers)
        {
            InterruptedRender.IsWhole(await InterruptedRender.ResumeAsync(server, id, heard));
        }
    }
}
