using System.Net;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

[Collection(typeof(SharedTroubledApp))]
public sealed class TroubleTests(TroubledApp app)
{
    [Fact]
    public async Task Health_WithoutEncoder_IsDegraded()
    {
        using var response = await app.GetAsync("/health");

        var body = await response.JsonAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("degraded", body.Text("status"));
        Assert.Equal("ok", body.GetProperty("checks").Text("library"));
        Assert.Contains("ffmpeg", body.GetProperty("checks").Text("encoder"), StringComparison.Ordinal);
        Wire.AssertNothingInside(body.GetRawText(), app);
    }

    [Theory]
    [InlineData("/ready")]
    [InlineData("/alive")]
    public async Task Health_WithoutEncoder_IsReadyAndAlive(string path)
    {
        using var response = await app.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Render_WithoutEncoder_IsAServerErrorAndTheLibraryStaysUsable()
    {
        using var failed = await app.PostAsync("/render", Plans.Seed().ToJsonString());
        using var next = await app.PostAsync("/render", Plans.Wrapped("Already encoded", "scripted"));

        var problem = await failed.ProblemAsync(HttpStatusCode.InternalServerError, app);
        Assert.Contains("ffmpeg", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("encoder", problem.GetProperty("details").Text("reason"));
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData("/prompt", """{"project_blueprint":"meditation_sleep","sound_profile":"lofi_cozy","delivery_and_control":"balanced_studio"}""")]
    [InlineData("/plan", """{"prompt":"a song"}""")]
    public async Task Writer_ThatThrows_IsAProblemWithoutItsInside(string path, string body)
    {
        using var response = await app.PostAsync(path, body);

        await response.ProblemAsync(HttpStatusCode.InternalServerError, app);
    }

    [Fact]
    public async Task Bug_BehindABrowser_StillCarriesTheHeadersOfItsOrigin()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, "/plan")) { Content = new StringContent("""{"prompt":"a song"}""") };
        request.Headers.Add("Origin", TroubledApp.Origin);
        request.Headers.Add("X-Request-ID", "of-the-caller");
        using var response = await app.Http.SendAsync(request, MusicRenderApp.Patience);

        Assert.Equal("of-the-caller", (await response.ProblemAsync(HttpStatusCode.InternalServerError, app)).Text("request_id"));
        Assert.Equal([TroubledApp.Origin], response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Body_OverTheConfiguredLimit_NamesTheLimit()
    {
        using var response = await app.PostAsync("/plan", new string(' ', TroubledApp.MaxMessageBytes + 1));

        Assert.Contains($"{TroubledApp.MaxMessageBytes} bytes", (await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, app)).Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cors_OriginsConfigured_ReplaceTheDefaultOnes()
    {
        using var allowed = await app.SendAsync(HttpMethod.Get, "/alive", ("Origin", TroubledApp.Origin));
        using var other = await app.SendAsync(HttpMethod.Get, "/alive", ("Origin", "http://localhost:3000"));

        Assert.True(allowed.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
    }
}
