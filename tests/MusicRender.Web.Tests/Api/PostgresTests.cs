using System.Net;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

/// <summary>The API and the socket with the catalogue on PostgreSQL: the same answers as ever, and no database in the folder.</summary>
public sealed class PostgresTests(PostgresApp app) : IClassFixture<PostgresApp>
{
    [Fact]
    public async Task Render_OverTheSocket_IsATrackOfTheApi()
    {
        await using var client = await SocketClient.RunAsync(app, Plans.Message(Plans.Seed("Over the socket"), generator: null));
        var result = client.Terminal();
        Assert.Equal("result", result.Type());
        var id = result.GetProperty("data").Text("id");

        using var track = await app.GetAsync($"/tracks/{id}");
        Assert.Equal(HttpStatusCode.OK, track.StatusCode);
        Assert.Equal("succeeded", (await app.Api.FindRenderAsync(id)).State);
        using var audio = await app.GetAsync(result.GetProperty("data").Text("stream_url"));
        Assert.Equal(HttpStatusCode.OK, audio.StatusCode);
        using var found = await app.GetAsync("/tracks?query=over%20the%20SOCKET");
        Assert.Contains(id, await found.Content.ReadAsStringAsync(MusicRenderApp.Patience), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(app.LibraryRoot, "*.db*"));
        Assert.False(Directory.Exists(Path.Combine(app.LibraryRoot, "keys")));
    }

    [Fact]
    public async Task Render_OverRest_CanBeDeletedAndIsGone()
    {
        var track = await app.RenderAsync("Over REST");
        var id = track.GetProperty("id").GetString();
        using var deleted = await app.SendAsync(HttpMethod.Delete, $"/tracks/{id}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var gone = await app.GetAsync($"/tracks/{id}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Health_AsksTheDatabase()
    {
        using var health = await app.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal("ok", (await health.JsonAsync()).GetProperty("checks").Text("catalogue"));
    }
}
