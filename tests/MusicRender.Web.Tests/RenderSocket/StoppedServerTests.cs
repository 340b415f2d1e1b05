using MusicRender.Tests;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

/// <summary>The program as a process, stopped in the middle of renders: they go on, here or on another node, and whoever resumes hears everything once.</summary>
public sealed class StoppedServerTests(PostgresServer postgres)
{
    [Fact]
    public async Task Render_WhoseServerIsStopped_GoesOnAtTheNextStart()
    {
        await using var server = await ServerProcess.StartAsync();
        var messages = await InterruptedRender.RenderAsync(server, message => message.Number("progress_percent") > 15, server.StopAsync);
        Assert.Equal("result", messages[^1].Type());
    }

    [Fact]
    public async Task Render_OfANodeThatStops_GoesOnOnAnotherAndWhoWatchesThereHearsEverything()
    {
        var database = $"--ConnectionStrings:MusicRender={await postgres.NewDatabaseAsync()}";
        await using var one = await ServerProcess.StartAsync(database);
        await using var two = await ServerProcess.StartOnAsync(one.LibraryRoot, database);
        await using var client = await SocketClient.ConnectAsync(one.Address);
        await client.SendAsync(InterruptedRender.Message(seed: 7));
        var first = await client.ReceiveStageAsync("generating");
        var watching = InterruptedRender.ResumeAsync(two, first.Text("render_id"), [.. client.Received.Skip(1)]);
        await one.StopAsync();
        InterruptedRender.IsWhole(await watching);
        Assert.Single(Directory.GetFiles(Path.Combine(one.LibraryRoot, "audio")));
        Assert.Empty(Directory.GetFiles(Path.Combine(one.LibraryRoot, "partial")));
    }
}
