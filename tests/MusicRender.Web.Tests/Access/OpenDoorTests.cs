using System.Net;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Access;

/// <summary>A server as it comes out of the box, on loopback only.</summary>
[Collection(typeof(SharedApp))]
public sealed class OpenDoorTests(MusicRenderApp app)
{
    [Fact]
    public async Task Anybody_OnThisMachine_IsLetInAndMakesNoToken()
    {
        using var response = await app.GetAsync("/tracks");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(File.Exists(Path.Combine(app.LibraryRoot, "access-token")));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-For", "127.0.0.1, 203.0.113.9")]
    [InlineData("X-Forwarded-For", "203.0.113.9, 127.0.0.1")]
    [InlineData("X-Forwarded-For", "unknown")]
    [InlineData("X-Real-IP", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    public async Task SomebodyElsewhere_ThroughAProxyOnThisMachine_IsNotLetIn(string header, string value)
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/tracks", (header, value));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("MusicRender:Access:Token", (await response.JsonAsync()).Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task DevelopmentProxy_OfThisMachine_IsLetIn(string address)
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/tracks", ("X-Forwarded-For", address));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task SignInPage_WhereNobodyNeedsToSignIn_LeadsToTheStudio(string method)
    {
        using var response = await app.SendAsync(new HttpMethod(method), "/sign-in", ("Accept", "text/html"));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Token_ThatNobodyAskedFor_DoesNoHarm()
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/tracks", GuardedApp.Bearer("whatever-this-may-be"));
        await using var socket = await SocketClient.ConnectAsync(app, options => options.AddSubProtocol("musicrender.token.whatever-this-may-be"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("musicrender.token.whatever-this-may-be", socket.Socket.SubProtocol);
    }
}
