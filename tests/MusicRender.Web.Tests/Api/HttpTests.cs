using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MusicRender.Engine.Library;
using MusicRender.Web.Access;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

/// <summary>What holds for every address: ids, origins, problems, health.</summary>
[Collection(typeof(SharedApp))]
public sealed class HttpTests(MusicRenderApp app)
{
    [Theory]
    [InlineData("/health", "healthy", "catalogue,encoder,library,tracks")]
    [InlineData("/ready", "healthy", "catalogue,library")]
    [InlineData("/alive", "healthy", "")]
    public async Task Health_AllWell_SaysWhatWasTried(string path, string state, string checks)
    {
        using var response = await app.GetAsync(path);

        var body = await response.JsonAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["status", "service", "version", "timestamp", "checks"], body.Names());
        Assert.Equal(state, body.Text("status"));
        Assert.Equal("musicrender", body.Text("service"));
        Assert.Matches(JsonFields.Time, body.Text("timestamp"));
        Assert.Equal(checks, string.Join(',', body.GetProperty("checks").Names().Order()));
        Assert.All(body.GetProperty("checks").EnumerateObject(), check => Assert.Equal("ok", check.Value.GetString()));
    }

    [Theory]
    [InlineData("abc-123_x.y:z")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public async Task RequestId_Sane_ComesBack(string id)
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/alive", ("X-Request-ID", id));

        Assert.Equal([id], response.Headers.GetValues("X-Request-ID"));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("<script>")]
    [InlineData("a;b")]
    [InlineData("\"quoted\"")]
    public async Task RequestId_Insane_IsReplaced(string id)
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/alive", ("X-Request-ID", id));

        Assert.Matches("^[0-9a-f]{32}$", response.Headers.GetValues("X-Request-ID").Single());
    }

    [Theory]
    [InlineData("/renders")]
    [InlineData("/render")]
    [InlineData("/plan")]
    public async Task Post_OfAForeignPage_IsRefused(string path)
    {
        using var response = await app.SendAsync(HttpMethod.Post, path, ("Origin", "http://evil.example"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("MusicRender:Cors:Origins", (await response.JsonAsync()).Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5173")]
    [InlineData("http://127.0.0.1:3000")]
    public async Task Post_OfAnAllowedPage_IsHeard(string origin)
    {
        using var response = await app.SendAsync(HttpMethod.Post, "/plan", ("Origin", origin));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Fact]
    public async Task Origin_AllowedInTheStudio_IsHeardFromThenOn()
    {
        const string Origin = "https://studio.example";
        var origins = app.Services.GetRequiredService<AllowedOrigins>();
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync());

        Assert.Null(await origins.AllowAsync(Origin, MusicRenderApp.Patience));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync());
        using var answer = await app.SendAsync(HttpMethod.Get, "/tracks", ("Origin", Origin));
        Assert.Equal([Origin], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        // The next start finds it again.
        Assert.Contains(Origin, await app.Services.GetRequiredService<IStudioSettings>().OriginsAsync(MusicRenderApp.Patience));

        Assert.Null(await origins.RemoveAsync(Origin, MusicRenderApp.Patience));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync());

        async Task<HttpStatusCode> PostAsync()
        {
            using var response = await app.SendAsync(HttpMethod.Post, "/plan", ("Origin", Origin));
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Request_ByAForeignName_IsRefused()
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/tracks", ("Host", "evil.example"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task RequestId_VeryLong_IsReplaced()
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/alive", ("X-Request-ID", new string('a', 129)));

        Assert.Matches("^[0-9a-f]{32}$", response.Headers.GetValues("X-Request-ID").Single());
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/tracks")]
    [InlineData("/")]
    [InlineData("/renders/none")]
    public async Task RequestId_NotSent_IsMade(string path)
    {
        using var response = await app.GetAsync(path);

        Assert.Matches("^[0-9a-f]{32}$", response.Headers.GetValues("X-Request-ID").Single());
    }

    [Fact]
    public async Task Cors_PreflightOfAnAllowedOrigin_IsGranted()
    {
        using var response = await app.SendAsync(HttpMethod.Options, "/render", ("Origin", "http://localhost:3000"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type,x-request-id"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(["http://localhost:3000"], response.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Contains("POST", response.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.Contains("content-type", response.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cors_PreflightOfAForeignOrigin_IsNotGranted()
    {
        using var response = await app.SendAsync(HttpMethod.Options, "/render", ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));

        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/tracks")]
    [InlineData("/tracks/unknown")]
    public async Task Cors_AnswerToAnAllowedOrigin_ExposesItsHeaders(string path)
    {
        using var response = await app.SendAsync(HttpMethod.Get, path, ("Origin", "http://127.0.0.1:5173"));

        Assert.Equal(["http://127.0.0.1:5173"], response.Headers.GetValues("Access-Control-Allow-Origin"));
        var exposed = response.Headers.GetValues("Access-Control-Expose-Headers").SelectMany(value => value.Split(','));
        Assert.Empty(new[] { "X-Request-ID", "Location", "Retry-After", "Content-Disposition", "Content-Range", "Accept-Ranges", "ETag" }.Except(exposed));
    }

    [Theory]
    [InlineData("GET", "/render/nothing-here/at-all", HttpStatusCode.NotFound)]
    // The fallback of static files takes GET from the routing's 405.
    [InlineData("GET", "/prompt", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/prompt", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/plan", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "/tracks/x", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/render/stream/x", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/health", HttpStatusCode.MethodNotAllowed)]
    public async Task Address_NotForThis_IsAProblem(string method, string path, HttpStatusCode status)
    {
        using var response = await app.SendAsync(new HttpMethod(method), path);

        await response.ProblemAsync(status, app);
    }

    [Fact]
    public async Task Body_ThatBreaksHttp_IsTheCallersFault()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(app.Address.Host, app.Address.Port, MusicRenderApp.Patience);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync("POST /render HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n"u8.ToArray(), MusicRenderApp.Patience);
        using var reader = new StreamReader(stream, Encoding.ASCII);

        Assert.StartsWith("HTTP/1.1 400", await reader.ReadLineAsync(MusicRenderApp.Patience), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tracks/a%00b")]
    [InlineData("/renders/%00")]
    [InlineData("/render/stream/%00.mp3")]
    [InlineData("/%00")]
    public async Task Address_WithANulCharacter_IsAProblemLikeAnyOther(string path)
    {
        using var response = await app.GetAsync(path);

        await response.ProblemAsync(HttpStatusCode.BadRequest, app);
        using var next = await app.GetAsync("/alive");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task Request_ThatIsNoHttp_IsAnsweredOnceAndTheConnectionEnds()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(app.Address.Host, app.Address.Port, MusicRenderApp.Patience);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync("NONSENSE\r\n\r\n"u8.ToArray(), MusicRenderApp.Patience);
        using var reader = new StreamReader(stream, Encoding.ASCII);

        var answer = await reader.ReadToEndAsync(MusicRenderApp.Patience);

        var (head, body) = answer.Split("\r\n\r\n") is [var first, var second] ? (first, second) : (answer, "");
        Assert.StartsWith("HTTP/1.1 400", head, StringComparison.Ordinal);
        Assert.Contains($"X-Request-ID: {System.Text.Json.JsonElement.Parse(body).Text("request_id")}", head, StringComparison.Ordinal);
        Assert.Single(answer.Split("HTTP/1.1 400").Skip(1));
    }

    [Fact]
    public async Task Body_OfAnyMediaType_IsReadAsJson()
    {
        using var content = new StringContent("""{"prompt":"a song"}""", Encoding.UTF8, "text/plain");
        using var response = await app.Http.PostAsync(new Uri("/plan", UriKind.Relative), content, MusicRenderApp.Patience);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Studio_OnTheSameServer_IsServed()
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/", ("Accept", "text/html"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
    }
}
