using System.Net;
using System.Net.WebSockets;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

/// <summary>A server that stops takes nothing new, and tells nobody that a render ended which goes on.</summary>
public sealed class DrainTests(StoppingApp app) : IClassFixture<StoppingApp>
{
    private const WebSocketCloseStatus ServiceRestart = (WebSocketCloseStatus)1012;

    [Fact]
    public async Task Ready_SaysThatItDrains_AndAliveThatItLives()
    {
        using var ready = await app.GetAsync("/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("draining", (await ready.JsonAsync()).GetProperty("checks").Text("server"));

        using var alive = await app.GetAsync("/alive");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Theory]
    [InlineData("/render")]
    [InlineData("/renders")]
    public async Task NewRender_IsRefused_WithATimeToComeBack(string path)
    {
        using var response = await app.PostAsync(path, Plans.Wrapped("Too late", "scripted"));
        var problem = await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, app);
        Assert.Equal("draining", problem.GetProperty("details").Text("reason"));
        Assert.NotNull(response.Headers.RetryAfter?.Delta);
        Assert.Equal(0, (await app.Api.SearchTracksAsync("Too late")).Total);
    }

    [Fact]
    public async Task NewSocket_IsRefused_SoThatAProxyAsksAnotherNode()
    {
        var refused = await Assert.ThrowsAsync<SocketClient.RefusedException>(() => SocketClient.ConnectAsync(app));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
    }

    [Fact]
    public async Task Reading_GoesOn()
    {
        using var tracks = await app.GetAsync("/tracks");
        Assert.Equal(HttpStatusCode.OK, tracks.StatusCode);
    }

    [Fact]
    public void SocketThatFollows_IsClosedWith1012_AndNotToldAnEnd()
    {
        Assert.Equal(ServiceRestart, app.Follower.Socket.CloseStatus);
        Assert.All(app.Follower.Received, message => Assert.Equal("progress", message.Type()));
    }

    [Fact]
    public void SocketThatWaits_IsClosedWith1012()
    {
        Assert.Equal(ServiceRestart, app.Idle.Socket.CloseStatus);
        Assert.Single(app.Idle.Received);
    }

    [Fact]
    public void EventStream_EndsWithoutAnEndOfTheRender()
    {
        Assert.Contains("event: progress", app.Events, StringComparison.Ordinal);
        Assert.DoesNotContain("event: error", app.Events, StringComparison.Ordinal);
        Assert.DoesNotContain("event: result", app.Events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongRequest_SaysWhereItsRenderIs()
    {
        var problem = await app.Waited.ProblemAsync(HttpStatusCode.ServiceUnavailable, app);
        var details = problem.GetProperty("details");
        Assert.Equal("draining", details.Text("reason"));
        Assert.Equal($"/renders/{details.Text("render_id")}", app.Waited.Headers.Location?.OriginalString);
        Assert.NotNull(app.Waited.Headers.RetryAfter?.Delta);
        using var status = await app.GetAsync(app.Waited.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
    }
}
