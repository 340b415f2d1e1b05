using System.Net;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Access;

/// <summary>One address cannot take everything.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Requests_TooMany_AreToldWhenToComeBack()
    {
        await using var app = new LimitedApp();
        await app.InitializeAsync();
        var from = GuardedApp.FromElsewhere();
        for (var request = 0; request < LimitedApp.Requests; request++)
        {
            using var served = await app.SendAsync(HttpMethod.Get, "/tracks", from, GuardedApp.Bearer());
            Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        }

        using var refused = await app.SendAsync(HttpMethod.Get, "/tracks", from, GuardedApp.Bearer(), ("Origin", "http://localhost:5173"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60 / LimitedApp.Requests);
        Assert.Equal(["http://localhost:5173"], refused.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal("too_many_requests", (await refused.JsonAsync()).GetProperty("details").Text("reason"));
        using var signIn = await app.SignInAsync(GuardedApp.Token, from: from);
        Assert.Equal(HttpStatusCode.TooManyRequests, signIn.StatusCode);

        using var neighbour = await app.SendAsync(HttpMethod.Get, "/tracks", GuardedApp.FromElsewhere(), GuardedApp.Bearer());
        Assert.Equal(HttpStatusCode.OK, neighbour.StatusCode);
    }

    [Fact]
    public async Task StartsOfWork_TooMany_AreRefusedWhileReadingGoesOn()
    {
        await using var app = new LimitedApp();
        await app.InitializeAsync();
        var from = GuardedApp.FromElsewhere();
        // A body that is no plan counts too: it is the request that is limited.
        foreach (var path in (string[])["/render", "/plan"])
        {
            using var heard = await app.SendAsync(HttpMethod.Post, path, from, GuardedApp.Bearer());
            Assert.Equal(HttpStatusCode.UnprocessableEntity, heard.StatusCode);
        }

        using var post = await app.SendAsync(HttpMethod.Post, "/renders", from, GuardedApp.Bearer());
        var socket = await Assert.ThrowsAsync<SocketClient.RefusedException>(() => SocketClient.ConnectAsync(app, options =>
        {
            options.SetRequestHeader(from.Name, from.Value);
            options.SetRequestHeader("Authorization", $"Bearer {GuardedApp.Token}");
        }));
        using var reading = await app.SendAsync(HttpMethod.Get, "/tracks", from, GuardedApp.Bearer());

        Assert.Equal(HttpStatusCode.TooManyRequests, post.StatusCode);
        Assert.InRange(post.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60 / LimitedApp.Renders);
        Assert.Equal(HttpStatusCode.TooManyRequests, socket.Status);
        Assert.Equal(HttpStatusCode.OK, reading.StatusCode);
    }

    [Fact]
    public async Task Loopback_IsNotLimited()
    {
        await using var app = new LimitedApp();
        await app.InitializeAsync();
        for (var request = 0; request < LimitedApp.Requests * 3; request++)
        {
            using var served = await app.SendAsync(HttpMethod.Get, "/tracks", GuardedApp.Bearer());
            Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        }
    }

    private sealed class LimitedApp : GuardedApp
    {
        public const int Requests = 6;
        public const int Renders = 2;

        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["MusicRender:Access:Token"] = Token,
            ["MusicRender:Access:Proxies:0"] = "127.0.0.0/8",
            ["MusicRender:Limits:RequestsPerMinute"] = $"{Requests}",
            ["MusicRender:Limits:RendersPerMinute"] = $"{Renders}",
        };
    }
}
