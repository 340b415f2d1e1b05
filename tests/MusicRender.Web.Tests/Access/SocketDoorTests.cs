using System.Net;
using System.Net.WebSockets;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Access;

/// <summary>Sockets at a server that wants its token: the render socket, and Blazor's own.</summary>
[Collection(typeof(SharedGuardedApp))]
public sealed class SocketDoorTests(GuardedApp app)
{
    [Theory]
    [InlineData(null)]
    [InlineData("musicrender")]
    [InlineData("musicrender.token.")]
    [InlineData("musicrender.token.not-the-token-of-this")]
    public async Task Socket_WithoutTheToken_IsRefusedBeforeItOpens(string? protocol)
    {
        var refused = await Assert.ThrowsAsync<SocketClient.RefusedException>(() => ConnectAsync(options =>
        {
            if (protocol is not null)
            {
                options.AddSubProtocol(protocol);
            }
        }));

        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
    }

    [Fact]
    public async Task Socket_WithTheHeader_Renders()
    {
        await using var client = await ConnectAsync(options => options.SetRequestHeader("Authorization", $"Bearer {GuardedApp.Token}"));
        await client.SendAsync(Plans.Message("Through the door"));
        await client.ReceiveToEndAsync();

        Assert.Equal("result", client.Terminal().Type());
        Assert.Null(client.Socket.SubProtocol);
    }

    [Theory]
    [InlineData($"musicrender.token.{GuardedApp.Token}", $"musicrender.token.{GuardedApp.Token}")]
    [InlineData("musicrender", "musicrender", $"musicrender.token.{GuardedApp.Token}")]
    [InlineData("musicrender", $"musicrender.token.{GuardedApp.Token}", "musicrender")]
    public async Task Socket_WithTheTokenAmongItsProtocols_OpensAndAgreesOnOne(string agreed, params string[] offered)
    {
        await using var client = await ConnectAsync(options => Array.ForEach(offered, options.AddSubProtocol));

        Assert.Equal(agreed, client.Socket.SubProtocol);
        Assert.Equal("connected", (await client.ReceiveAsync())!.Value.Text("stage"));
    }

    [Fact]
    public async Task Socket_OfABrowserThatHasSignedIn_Opens()
    {
        var (_, cookie) = await app.CookieAsync();
        await using var client = await ConnectAsync(options => options.SetRequestHeader("Cookie", cookie));

        Assert.Equal(WebSocketState.Open, client.Socket.State);
    }

    /// <summary>A browser's socket does not tell its page why it was refused; the same address does.</summary>
    [Fact]
    public async Task SocketsAddress_AskedByPlainHttp_TellsWhetherTheTokenIsGood()
    {
        using var without = await app.SendAsync(HttpMethod.Get, "/render/ws", GuardedApp.FromElsewhere());
        using var with = await app.SendAsync(HttpMethod.Get, "/render/ws", GuardedApp.FromElsewhere(), GuardedApp.Bearer());

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal("token_needed", (await without.JsonAsync()).GetProperty("details").Text("reason"));
        Assert.Equal(HttpStatusCode.UpgradeRequired, with.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("http://localhost:5173", HttpStatusCode.OK)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task BlazorsHub_IsForTheSameOriginsAsEverything(string? origin, HttpStatusCode status)
    {
        (string, string)[] headers = origin is null ? [] : [("Origin", origin)];
        using var response = await app.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", [GuardedApp.FromElsewhere(), await app.CookieAsync(), .. headers]);
        using var stranger = await app.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", [GuardedApp.FromElsewhere(), .. headers]);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? HttpStatusCode.Unauthorized : status, stranger.StatusCode);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    public async Task BlazorsSocket_WantsTheCookie(bool isSignedIn, HttpStatusCode? refusal)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (isSignedIn)
        {
            socket.Options.SetRequestHeader("Cookie", (await app.CookieAsync()).Value);
        }

        var connect = socket.ConnectAsync(new UriBuilder(app.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, MusicRenderApp.Patience);
        if (refusal is null)
        {
            await connect;
            Assert.Equal(WebSocketState.Open, socket.State);
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => connect);
            Assert.Equal(refusal, socket.HttpStatusCode);
        }
    }

    private Task<SocketClient> ConnectAsync(Action<ClientWebSocketOptions> options) => SocketClient.ConnectAsync(app, all =>
    {
        var (name, value) = GuardedApp.FromElsewhere();
        all.SetRequestHeader(name, value);
        options(all);
    });
}
