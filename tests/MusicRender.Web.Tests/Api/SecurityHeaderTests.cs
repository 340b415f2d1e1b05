using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

/// <summary>What every answer tells browsers.</summary>
[Collection(typeof(SharedApp))]
public sealed partial class SecurityHeaderTests(MusicRenderApp app)
{
    [Theory]
    [InlineData("/", "text/html", HttpStatusCode.OK)]
    [InlineData("/library", "text/html", HttpStatusCode.OK)]
    [InlineData("/nowhere", "text/html", HttpStatusCode.NotFound)]
    [InlineData("/docs/", "text/html", HttpStatusCode.OK)]
    [InlineData("/tracks", "*/*", HttpStatusCode.OK)]
    [InlineData("/tracks/none", "*/*", HttpStatusCode.NotFound)]
    [InlineData("/render/ws", "*/*", HttpStatusCode.UpgradeRequired)]
    [InlineData("/openapi/v1.json", "*/*", HttpStatusCode.OK)]
    [InlineData("/assets/studio.css", "*/*", HttpStatusCode.OK)]
    [InlineData("/sign-in", "*/*", HttpStatusCode.SeeOther)]
    public async Task EveryAnswer_HasThem(string path, string accept, HttpStatusCode status)
    {
        using var response = await app.SendAsync(HttpMethod.Get, path, ("Accept", accept));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("same-origin", Header(response, "Referrer-Policy"));
        Assert.Contains("microphone=()", Header(response, "Permissions-Policy"), StringComparison.Ordinal);
        var policy = Policy(response);
        Assert.Equal("'none'", policy["frame-ancestors"]);
        Assert.Equal("'none'", policy["object-src"]);
        Assert.Equal("'self'", policy["base-uri"]);
        Assert.Equal("'self'", policy["form-action"]);
        Assert.Equal("'self'", policy["default-src"]);
        Assert.DoesNotContain("unsafe", policy["script-src"], StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy["script-src"], StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/settings")]
    [InlineData("/nowhere")]
    [InlineData("/docs/")]
    public async Task Page_HasNoScriptThatItsPolicyForbids(string path)
    {
        using var response = await app.SendAsync(HttpMethod.Get, path, ("Accept", "text/html"));

        var page = await response.Content.ReadAsStringAsync(MusicRenderApp.Patience);
        var allowed = Nonce().Match(Policy(response)["script-src"]).Groups["nonce"].Value;
        var scripts = Script().Matches(page);
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.True(
            script.Value.Contains(" src=", StringComparison.Ordinal) || (allowed.Length > 0 && script.Value.Contains($"nonce=\"{allowed}\"", StringComparison.Ordinal)),
            script.Value));
        Assert.DoesNotMatch(@"<[^>]+ on[a-z]+=", page);
        Assert.Equal(path == "/docs/", allowed.Length > 0);
    }

    [Fact]
    public async Task DocsPage_HasANonceOfItsOwnEachTime()
    {
        using var first = await app.GetAsync("/docs/");
        using var second = await app.GetAsync("/docs/");

        Assert.NotEqual(Policy(first)["script-src"], Policy(second)["script-src"]);
    }

    [Fact]
    public async Task Audio_IsNotForSharedCaches()
    {
        var track = await app.RenderAsync("Headers of audio");
        using var response = await app.GetAsync(track.Text("stream_url"));

        Assert.Equal("private", Header(response, "Cache-Control"));
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
    }

    [Fact]
    public async Task Refusal_ByTheServerItself_HasThemToo()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(app.Address.Host, app.Address.Port, MusicRenderApp.Patience);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync("GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), MusicRenderApp.Patience);
        using var reader = new StreamReader(stream, Encoding.ASCII);

        var answer = await reader.ReadToEndAsync(MusicRenderApp.Patience);
        Assert.Contains("X-Content-Type-Options: nosniff", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy: default-src 'self'", answer, StringComparison.Ordinal);
    }

    /// <summary>Where nobody reads with a limit of its own.</summary>
    [Fact]
    public void Body_OfAnyKind_HasALimit()
    {
        var limits = app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal(4 * 1024 * 1024, limits.MaxRequestBodySize);
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private static Dictionary<string, string> Policy(HttpResponseMessage response) =>
        Header(response, "Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries).ToDictionary(part => part.Split(' ')[0], part => part[(part.IndexOf(' ', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal);

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex("'nonce-(?<nonce>[^']+)'")]
    private static partial Regex Nonce();
}
