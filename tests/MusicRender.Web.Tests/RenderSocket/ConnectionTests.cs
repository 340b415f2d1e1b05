using System.Net;
using System.Net.WebSockets;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

[Collection(typeof(SharedApp))]
public sealed class ConnectionTests(MusicRenderApp app)
{
    [Theory]
    [InlineData("http://localhost:3000")]
    [InlineData("http://localhost:5173")]
    [InlineData("http://localhost:8000")]
    [InlineData("http://127.0.0.1:3000")]
    [InlineData("http://127.0.0.1:5173")]
    [InlineData("http://127.0.0.1:8000")]
    public async Task Origin_AllowedOutOfTheBox_IsServed(string origin) => await AssertServedAsync(origin);

    [Fact]
    public async Task Origin_OfThisServer_IsServed() => await AssertServedAsync(app.Address.GetLeftPart(UriPartial.Authority));

    [Fact]
    public async Task Origin_NotSent_IsServed() => await AssertServedAsync(null);

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost:3001")]
    [InlineData("https://localhost:3000")]
    [InlineData("http://localhost:3000.evil.example")]
    [InlineData("http://localhost")]
    public async Task Origin_Foreign_IsRefused(string origin)
    {
        var refused = await Assert.ThrowsAsync<SocketClient.RefusedException>(() => SocketClient.ConnectAsync(app, options => options.SetRequestHeader("Origin", origin)));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    [Fact]
    public async Task Address_AskedByPlainHttp_SaysThatItSpeaksWebSocket()
    {
        using var response = await app.GetAsync("/render/ws");

        await response.ProblemAsync(HttpStatusCode.UpgradeRequired, app);
        Assert.Contains(response.Headers.Upgrade, protocol => protocol.Name == "websocket");
    }

    [Fact]
    public async Task RequestId_OfTheHandshake_ComesBackInTheResult()
    {
        await using var client = await SocketClient.ConnectAsync(app, options => options.SetRequestHeader("X-Request-ID", "handshake-7"));
        Assert.Equal("handshake-7", client.Socket.HttpResponseHeaders!["X-Request-ID"].Single());
        await client.SendAsync(Plans.Message("With an id"));
        await client.ReceiveToEndAsync();

        Assert.Equal("handshake-7", client.Terminal().GetProperty("data").Text("request_id"));
    }

    [Fact]
    public async Task Client_ThatDoesNotAnswerTheClose_IsCutOff()
    {
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync("rubbish");
        while (await client.ReceiveAsync() is not null)
        {
        }

        // Half-closed by the server: sending now still works until the server has waited long enough.
        Assert.Equal(WebSocketState.CloseReceived, client.Socket.State);
        var patience = MusicRenderApp.Patience;
        await Assert.ThrowsAnyAsync<WebSocketException>(async () =>
        {
            while (true)
            {
                await client.Socket.SendAsync(new byte[1024], WebSocketMessageType.Text, true, patience);
                await Task.Delay(100, patience);
            }
        });
    }

    private async Task AssertServedAsync(string? origin)
    {
        await using var client = await SocketClient.ConnectAsync(app, options =>
        {
            if (origin is not null)
            {
                options.SetRequestHeader("Origin", origin);
            }
        });
        Assert.Equal("connected", (await client.ReceiveAsync())!.Value.Text("stage"));
        await client.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, MusicRenderApp.Patience);
    }
}
