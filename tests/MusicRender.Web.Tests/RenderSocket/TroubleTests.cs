using System.Net;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

[Collection(typeof(SharedTroubledApp))]
public sealed class TroubleTests(TroubledApp app)
{
    [Fact]
    public async Task Client_ThatSendsNothing_IsToldSoAndClosed()
    {
        await using var client = await SocketClient.ConnectAsync(app);
        await client.ReceiveToEndAsync();

        Assert.Contains("Nothing was sent", client.Error("INVALID_REQUEST").Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_ThatNeverEndsItsMessage_IsToldSoAndClosed()
    {
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync("{\"type\":"u8.ToArray(), isEnd: false);
        await client.ReceiveToEndAsync();

        client.Error("INVALID_REQUEST");
    }

    [Fact]
    public async Task Client_ThatSentItsRequestInTime_IsNotClosedWhileItRenders()
    {
        var paused = new PausedScript();
        app.Scripted.On("Slow", paused.Play);
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Slow"));
        await paused.Reached;
        await Task.Delay(TroubledApp.FirstMessageTimeout * 2);
        paused.GoOn();
        await client.ReceiveToEndAsync();

        Assert.Equal("result", client.Terminal().Type());
    }

    [Fact]
    public async Task Message_OverTheConfiguredLimit_NamesTheLimit()
    {
        await using var client = await SocketClient.RunAsync(app, new string(' ', TroubledApp.MaxMessageBytes + 1));

        Assert.Contains($"{TroubledApp.MaxMessageBytes} bytes", client.Error("INVALID_REQUEST").Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encoder_Missing_IsAServerErrorThatSaysWhatToDo()
    {
        await using var client = await SocketClient.RunAsync(app, Plans.Message(Plans.Seed("Without ffmpeg"), generator: null));

        var error = client.Error("SERVER_ERROR");
        Assert.Contains("ffmpeg", error.Text("message"), StringComparison.Ordinal);
        Assert.Equal("encoder", error.GetProperty("details").Text("reason"));
        Wire.AssertNothingInside(error.GetRawText(), app);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(app.LibraryRoot, "partial")));
    }

    [Fact]
    public async Task PlanWriter_ThatThrows_IsAServerErrorWithoutItsInside()
    {
        await using var client = await SocketClient.RunAsync(app, """{"type":"render","composition_plan":{"prompt":"a song"},"generator":"sketch"}""");

        Wire.AssertNothingInside(client.Error("SERVER_ERROR").GetRawText(), app);
    }

    [Fact]
    public async Task Origins_Configured_ReplaceTheDefaultOnes()
    {
        await using var allowed = await SocketClient.ConnectAsync(app, options => options.SetRequestHeader("Origin", TroubledApp.Origin));
        Assert.Equal("connected", (await allowed.ReceiveAsync())!.Value.Text("stage"));

        var refused = await Assert.ThrowsAsync<SocketClient.RefusedException>(() => SocketClient.ConnectAsync(app, options => options.SetRequestHeader("Origin", "http://localhost:3000")));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }
}
