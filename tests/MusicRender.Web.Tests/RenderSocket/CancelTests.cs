using System.Text.Json;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

[Collection(typeof(SharedApp))]
public sealed class CancelTests(MusicRenderApp app)
{
    [Fact]
    public async Task Cancel_WhileGenerating_EndsTheRender()
    {
        var paused = new PausedScript();
        app.Scripted.On("Cancelled", paused.Play);
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Cancelled"));
        await paused.Reached;

        await client.SendAsync("""{"type":"cancel"}""");
        await client.ReceiveToEndAsync();

        AssertCancelled(client);
        Assert.Equal(0, (await app.Api.SearchTracksAsync("cancelled")).Total);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(app.LibraryRoot, "partial")));
    }

    [Fact]
    public async Task Cancel_WhileQueued_EndsTheRenderAndLeavesTheLine()
    {
        var paused = new PausedScript();
        var holder = await app.StartAsync("Holds on", "one-slot", paused.Play);
        await paused.Reached;
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("In line", "one-slot"));
        await client.ReceiveStageAsync("queued");
        await using var last = await SocketClient.ConnectAsync(app);
        await last.SendAsync(Plans.Message("Last in line", "one-slot"));
        Assert.Equal(2, (await last.ReceiveStageAsync("queued")).Number("queue_position"));

        await client.SendAsync("""{"type":"cancel"}""");
        await client.ReceiveToEndAsync();

        AssertCancelled(client);
        Assert.DoesNotContain(client.Received, message => message.Has("stage") && message.Text("stage") == "generating");
        Assert.Equal(1, (await last.ReceiveStageAsync("queued")).Number("queue_position"));
        paused.GoOn();
        await last.ReceiveToEndAsync();
        Assert.Equal("result", last.Terminal().Type());
        await app.UntilAsync(holder, status => status.State == "succeeded");
    }

    [Fact]
    public async Task Cancel_RightBehindTheRequest_IsHeard()
    {
        var paused = new PausedScript();
        app.Scripted.On("Cancelled at once", paused.Play);
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Cancelled at once"));
        await client.SendAsync("""{"type":"cancel"}""");
        await client.ReceiveToEndAsync();

        AssertCancelled(client);
    }

    [Fact]
    public async Task Cancel_OfAClientThatGoesAtOnce_IsHeard()
    {
        var paused = new PausedScript();
        app.Scripted.On("Cancelled and gone", paused.Play);
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Cancelled and gone"));
        await client.SendAsync("""{"type":"cancel"}""");
        await client.Socket.CloseOutputAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

        while (true)
        {
            using var answer = await app.GetAsync("/renders");
            var renders = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("renders").EnumerateArray();
            if (renders.Any(render => render.Text("title") == "Cancelled and gone" && render.Text("state") == "cancelled"))
            {
                return;
            }

            await Task.Delay(20, MusicRenderApp.Patience);
        }
    }

    [Fact]
    public async Task Cancel_Twice_GetsOneAnswer()
    {
        var paused = new PausedScript();
        app.Scripted.On("Cancelled twice", paused.Play);
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Cancelled twice"));
        await paused.Reached;
        await client.SendAsync("""{"type":"cancel"}""");
        await client.SendAsync("""{"type":"cancel"}""");
        await client.ReceiveToEndAsync();

        AssertCancelled(client);
    }

    [Fact]
    public async Task Cancel_ByAWatcherThatResumed_EndsTheRenderForAll()
    {
        var paused = new PausedScript();
        app.Scripted.On("Cancelled by another", paused.Play);
        await using var first = await SocketClient.ConnectAsync(app);
        await first.SendAsync(Plans.Message("Cancelled by another"));
        var id = (await first.ReceiveStageAsync("generating")).Text("render_id");
        await using var second = await SocketClient.ConnectAsync(app);
        await second.SendAsync($$"""{"type":"resume","render_id":"{{id}}"}""");
        await second.ReceiveStageAsync("generating");

        await second.SendAsync("""{"type":"cancel"}""");
        await Task.WhenAll(first.ReceiveToEndAsync(), second.ReceiveToEndAsync());

        AssertCancelled(first);
        AssertCancelled(second);
        Assert.Equal("cancelled", (await app.Api.FindRenderAsync(id)).State);
    }

    private static void AssertCancelled(SocketClient client)
    {
        var error = client.Error("SERVER_ERROR");
        Assert.Equal("cancelled", error.GetProperty("details").Text("reason"));
    }
}
