using System.Net;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Access;

/// <summary>A server that wants its token.</summary>
[Collection(typeof(SharedGuardedApp))]
public sealed class DoorTests(GuardedApp app)
{
    [Fact]
    public async Task EveryRoute_WithoutToken_IsShutButForTheSignInPage()
    {
        var routes = EveryRoute.Of(app.Services);
        Assert.True(routes.Count > 60, $"Only {routes.Count} routes were found.");
        Assert.Contains(("GET", "/assets/studio.css"), routes);
        Assert.Contains(("GET", "/assets/sign-in.css"), routes);
        Assert.Contains(("POST", "/_blazor/negotiate"), routes);
        Assert.Contains(("GET", "/docs/scalar.js"), routes);
        var wrong = new List<string>();
        foreach (var (method, path) in routes)
        {
            foreach (var headers in new (string, string)[][] { [], [GuardedApp.Bearer("not-the-token-of-this")], [("Cookie", "musicrender.access=nonsense")] })
            {
                using var response = await app.SendAsync(new HttpMethod(method), path, [GuardedApp.FromElsewhere(), .. headers]);
                var isShut = response.StatusCode == HttpStatusCode.Unauthorized;
                // Without a token in its form, the form is refused too; but by itself.
                if (isShut == EveryRoute.IsOpen(method, path) && (method, path) != ("POST", "/sign-in"))
                {
                    wrong.Add($"{method} {path} {(headers.Length == 0 ? "without anything" : headers[0].Item1)}: {(int)response.StatusCode}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("/tracks")]
    [InlineData("/render/stream/x.mp3")]
    [InlineData("/nowhere")]
    public async Task Rest_WithoutToken_GetsAProblemThatSaysHow(string path)
    {
        using var response = await app.SendAsync(HttpMethod.Get, path, GuardedApp.FromElsewhere());

        var body = await response.JsonAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bearer realm=\"MusicRender\"", response.Headers.WwwAuthenticate.Single().ToString());
        Assert.Equal("token_needed", body.GetProperty("details").Text("reason"));
        Assert.Contains("Authorization: Bearer", body.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(response.Headers.GetValues("X-Request-ID").Single(), body.Text("request_id"));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    public async Task Rest_WithToken_IsServed(string scheme)
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/tracks", GuardedApp.FromElsewhere(), ("Authorization", $"{scheme} {GuardedApp.Token}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("the-token_of.these~tests-5e1")]
    [InlineData("the-token_of.these~tests-5e1f5")]
    [InlineData("THE-TOKEN_OF.THESE~TESTS-5E1F")]
    [InlineData("x")]
    public async Task Rest_WithAWrongToken_IsToldSo(string token)
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/tracks", GuardedApp.FromElsewhere(), GuardedApp.Bearer(token));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("invalid_token", response.Headers.WwwAuthenticate.Single().ToString(), StringComparison.Ordinal);
        Assert.Equal("token_wrong", (await response.JsonAsync()).GetProperty("details").Text("reason"));
    }

    [Theory]
    [InlineData("/tracks?token=the-token_of.these~tests-5e1f")]
    [InlineData("/tracks?access_token=the-token_of.these~tests-5e1f")]
    public async Task Token_InTheQuery_OpensNothing(string path)
    {
        using var response = await app.SendAsync(HttpMethod.Get, path, GuardedApp.FromElsewhere());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task LoopbackItself_WithoutToken_IsShutToo()
    {
        using var response = await app.GetAsync("/tracks");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task CookieBesideTheProxysOwnLogIn_IsSeen()
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/tracks", GuardedApp.FromElsewhere(), ("Authorization", "Basic dXNlcjpwYXNzd29yZA=="), await app.CookieAsync());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task WrongTokens_TooMany_ShutTheDoorForTheirAddressAlone()
    {
        var from = GuardedApp.FromElsewhere();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var wrong = await app.SendAsync(HttpMethod.Get, "/tracks", from, GuardedApp.Bearer($"a-guess-at-the-token-{attempt}"));
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var right = await app.SendAsync(HttpMethod.Get, "/tracks", from, GuardedApp.Bearer());
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.InRange(right.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 6);
        Assert.Equal("too_many_tries", (await right.JsonAsync()).GetProperty("details").Text("reason"));
        using var form = await app.SignInAsync(GuardedApp.Token, from: from);
        Assert.Equal(HttpStatusCode.TooManyRequests, form.StatusCode);
        Assert.False(form.Headers.Contains("Set-Cookie"));
        using var neighbour = await app.SendAsync(HttpMethod.Get, "/tracks", GuardedApp.FromElsewhere(), GuardedApp.Bearer());
        Assert.Equal(HttpStatusCode.OK, neighbour.StatusCode);
    }

    [Fact]
    public async Task PageOfAnAllowedOrigin_WithoutToken_CanReadTheRefusal()
    {
        using var preflight = await app.SendAsync(HttpMethod.Options, "/render", GuardedApp.FromElsewhere(), ("Origin", "http://localhost:5173"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type"));
        using var response = await app.SendAsync(HttpMethod.Get, "/tracks", GuardedApp.FromElsewhere(), ("Origin", "http://localhost:5173"));

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Contains("authorization", preflight.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["http://localhost:5173"], response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Server_WithAToken_AnswersByAnyName()
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/tracks", GuardedApp.FromElsewhere(), ("Host", "music.example"), GuardedApp.Bearer());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
