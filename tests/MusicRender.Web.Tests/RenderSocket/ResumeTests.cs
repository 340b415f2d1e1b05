using System.Text.Json;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

[Collection(typeof(SharedApp))]
public sealed class ResumeTests(MusicRenderApp app)
{
    [Fact]
    public async Task Resume_AfterTheEnd_ReplaysEveryMessageAfterANumber()
    {
        await using var first = await SocketClient.RunAsync(app, Plans.Message("Replayed"));
        first.Terminal();
        var told = first.Received.Skip(1).ToList();
        var id = told[0].Text("render_id");
        for (var after = 0; after < told.Count; after++)
        {
            await using var second = await ResumeAsync(id, after);
            await second.ReceiveToEndAsync();

            second.Terminal();
            AssertSame(told.Skip(after), second.Received.Skip(1));
        }
    }

    [Fact]
    public async Task Resume_WithoutAfter_ReplaysAll()
    {
        await using var first = await SocketClient.RunAsync(app, Plans.Message("All of it"));
        first.Terminal();

        await using var second = await SocketClient.RunAsync(app, $$"""{"type":"resume","render_id":"{{first.Received[1].Text("render_id")}}"}""");

        second.Terminal();
        AssertSame(first.Received.Skip(1), second.Received.Skip(1));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(long.MaxValue)]
    public async Task Resume_BeyondTheEnd_StillGetsTheTerminalMessage(long after)
    {
        await using var first = await SocketClient.RunAsync(app, Plans.Message("Beyond"));
        first.Terminal();

        await using var second = await ResumeAsync(first.Received[1].Text("render_id"), after);
        await second.ReceiveToEndAsync();

        Assert.Equal(2, second.Received.Count);
        AssertSame([first.Received[^1]], [second.Terminal()]);
    }

    [Fact]
    public async Task Resume_WhileGenerating_GoesOnWithoutGapOrRepeat()
    {
        var paused = new PausedScript();
        app.Scripted.On("Lost and found", paused.Play);
        var first = await SocketClient.ConnectAsync(app);
        await first.SendAsync(Plans.Message("Lost and found"));
        var last = await first.ReceiveStageAsync("generating");
        first.Socket.Abort();
        await first.DisposeAsync();

        await using var second = await ResumeAsync(last.Text("render_id"), last.Number("sequence"));
        await paused.Reached;
        paused.GoOn();
        await second.ReceiveToEndAsync();

        Assert.Equal("result", second.Terminal().Type());
        Assert.Equal(
            Enumerable.Range((int)last.Number("sequence") + 1, second.Received.Count - 1).Select(number => (long)number),
            second.Received.Skip(1).Select(message => message.Number("sequence")));
    }

    [Fact]
    public async Task Watchers_OfOneRender_SeeTheSame()
    {
        var paused = new PausedScript();
        var id = await app.StartAsync("Watched by three", "scripted", paused.Play);
        await paused.Reached;
        var watchers = new List<SocketClient>();
        for (var i = 0; i < 3; i++)
        {
            watchers.Add(await ResumeAsync(id, 0));
        }

        paused.GoOn();
        var all = await Task.WhenAll(watchers.Select(watcher => watcher.ReceiveToEndAsync()));

        Assert.All(watchers, watcher => Assert.Equal("result", watcher.Terminal().Type()));
        AssertSame(all[0].Skip(1), all[1].Skip(1));
        AssertSame(all[0].Skip(1), all[2].Skip(1));
        watchers.ForEach(watcher => watcher.Socket.Dispose());
    }

    [Fact]
    public async Task Resume_OfAFailedRender_GetsItsError()
    {
        app.Scripted.On("Failed before", Scripts.Failing("It broke.", "broken"));
        await using var first = await SocketClient.RunAsync(app, Plans.Message("Failed before"));

        await using var second = await ResumeAsync(first.Received[1].Text("render_id"), 2);
        await second.ReceiveToEndAsync();

        AssertSame([first.Error("SERVER_ERROR")], [second.Error("SERVER_ERROR")]);
    }

    private async Task<SocketClient> ResumeAsync(string id, long after)
    {
        var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync($$"""{"type":"resume","render_id":"{{id}}","after":{{after}}}""");
        return client;
    }

    private static void AssertSame(IEnumerable<JsonElement> one, IEnumerable<JsonElement> other) =>
        Assert.Equal(one.Select(message => message.GetRawText()), other.Select(message => message.GetRawText()));
}
