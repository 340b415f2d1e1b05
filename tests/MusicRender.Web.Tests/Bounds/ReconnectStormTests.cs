using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Bounds;

/// <summary>Many clients that come back to one render again and again.</summary>
[Collection(typeof(LoneApp))]
public sealed class ReconnectStormTests(MusicRenderApp app)
{
    private const int Clients = 150;
    private const int Rounds = 4;

    [Fact]
    public async Task Storm_LeavesTheRenderWholeAndNothingBehind()
    {
        var paused = new PausedScript();
        var id = await app.StartAsync("Storm", "scripted", paused.Play);
        await paused.Reached;
        await RageAsync(id);
        var before = Descriptors();

        for (var round = 0; round < Rounds; round++)
        {
            await RageAsync(id);
        }

        await using var last = await SocketClient.ConnectAsync(app);
        await last.SendAsync($$"""{"type":"resume","render_id":"{{id}}","after":0}""");
        await last.ReceiveStageAsync("generating");
        paused.GoOn();
        await last.ReceiveToEndAsync();
        Assert.Equal("result", last.Terminal().Type());
        var sequences = last.Received.Where(message => message.TryGetProperty("sequence", out _)).Select(message => message.GetProperty("sequence").GetInt64()).ToList();
        Assert.Equal([.. Enumerable.Range(1, sequences.Count).Select(number => (long)number)], sequences);

        var patience = MusicRenderApp.Patience;
        while (Descriptors() > before + (Clients / 4))
        {
            Assert.False(patience.IsCancellationRequested, $"{before} descriptors before, {Descriptors()} after the storm");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    /// <summary>All connect at once, ask for the render, and are gone without a word.</summary>
    private Task RageAsync(string id) => Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
    {
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync($$"""{"type":"resume","render_id":"{{id}}","after":0}""");
        await client.ReceiveStageAsync("validated");
        client.Socket.Abort();
    }));

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;
}
