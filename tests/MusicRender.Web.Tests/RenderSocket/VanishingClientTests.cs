using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

[Collection(typeof(SharedApp))]
public sealed class VanishingClientTests(MusicRenderApp app)
{
    [Theory]
    [InlineData("validating")]
    [InlineData("validated")]
    [InlineData("generating")]
    [InlineData("processing")]
    [InlineData("saving")]
    [InlineData("extracting")]
    [InlineData("complete")]
    public async Task Client_ThatVanishesAtAStage_FindsItsTrackInTheLibrary(string stage)
    {
        var title = $"Vanished while {stage}";
        var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message(title));
        var id = (await client.ReceiveStageAsync(stage)).Text("render_id");
        client.Socket.Abort();

        var status = await app.UntilAsync(id, status => status.FinishedAt is not null);

        Assert.Equal("succeeded", status.State);
        Assert.Equal(title, (await app.Api.FindTrackAsync(id)).Title);
    }

    [Fact]
    public async Task Client_ThatVanishesWhileQueued_FindsItsTrackInTheLibrary()
    {
        var paused = new PausedScript();
        await app.StartAsync("Holds the line", "one-slot", paused.Play);
        await paused.Reached;
        var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Vanished while queued", "one-slot"));
        var id = (await client.ReceiveStageAsync("queued")).Text("render_id");
        client.Socket.Abort();
        paused.GoOn();

        Assert.Equal("succeeded", (await app.UntilAsync(id, status => status.FinishedAt is not null)).State);
    }

    [Fact]
    public async Task Client_ThatVanishesRightAfterItsRequest_FindsItsTrackInTheLibrary()
    {
        var client = await SocketClient.ConnectAsync(app);
        await client.ReceiveStageAsync("connected");
        await client.SendAsync(Plans.Message("Vanished without listening"));
        client.Socket.Abort();

        var patience = MusicRenderApp.Patience;
        while ((await app.Api.SearchTracksAsync("vanished without listening")).Total == 0)
        {
            await Task.Delay(20, patience);
        }
    }

    [Fact]
    public async Task Client_ThatClosesPolitelyInBetween_DoesNotStopItsRender()
    {
        var paused = new PausedScript();
        app.Scripted.On("Left politely", paused.Play);
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Left politely"));
        var id = (await client.ReceiveStageAsync("generating")).Text("render_id");
        await client.Socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, MusicRenderApp.Patience);
        paused.GoOn();

        Assert.Equal("succeeded", (await app.UntilAsync(id, status => status.FinishedAt is not null)).State);
    }
}
