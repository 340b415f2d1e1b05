using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MusicRender.Web.Contracts;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

[Collection(typeof(SharedApp))]
public sealed class TrackApiTests(MusicRenderApp app)
{
    [Fact]
    public async Task Tracks_NewestFirst_InPages()
    {
        foreach (var number in new[] { "one", "two", "three" })
        {
            await app.RenderAsync($"Paginated quokka {number}");
        }

        var first = await app.Api.SearchTracksAsync("quokka", page: 1, pageSize: 2);
        var second = await app.Api.SearchTracksAsync("quokka", page: 2, pageSize: 2);
        var beyond = await app.Api.SearchTracksAsync("quokka", page: 1_000_000, pageSize: 100);

        Assert.Equal((3, 1, 2), (first.Total, first.Page, first.PageSize));
        Assert.Equal(["Paginated quokka three", "Paginated quokka two"], first.Tracks.Select(track => track.Title));
        Assert.Equal(["Paginated quokka one"], second.Tracks.Select(track => track.Title));
        Assert.Empty(beyond.Tracks);
        Assert.Equal(3, beyond.Total);
    }

    [Theory]
    [InlineData("wombat", 1)]
    [InlineData("WOMBAT", 1)]
    [InlineData("100%", 1)]
    [InlineData("% wombat", 1)]
    [InlineData("über", 1)]
    [InlineData("ÜBER wombat", 1)]
    [InlineData("wombat nobody", 0)]
    [InlineData("w_mbat", 0)]
    [InlineData("'; DROP TABLE Tracks; --", 0)]
    public async Task Tracks_Search_FindsWords(string query, int found)
    {
        if ((await app.Api.SearchTracksAsync("wombat")).Total == 0)
        {
            await app.RenderAsync("100% Wombat Über alles");
        }

        Assert.Equal(found, (await app.Api.SearchTracksAsync(query)).Total);
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("page=-1", "page")]
    [InlineData("page=x", "page")]
    [InlineData("page=1000001", "page")]
    [InlineData("page=", "page")]
    [InlineData("page_size=0", "page_size")]
    [InlineData("page_size=101", "page_size")]
    [InlineData("page_size=1.5", "page_size")]
    [InlineData("page=0&page_size=0", "page", "page_size")]
    public async Task Tracks_PageOutOfRange_IsToldWhere(string query, params string[] paths)
    {
        using var response = await app.GetAsync($"/tracks?{query}");

        Assert.Equal(paths, (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors").Paths());
    }

    [Fact]
    public async Task Track_Found_TellsAllOfIt()
    {
        var answer = await app.RenderAsync("All of it");
        using var response = await app.GetAsync($"/tracks/{answer.Text("id")}");

        var track = await response.JsonAsync();
        foreach (var name in new[] { "id", "filename", "stream_url", "download_url", "content_type", "file_size_bytes", "duration_ms", "generator", "seed", "composition_plan" })
        {
            Assert.Equal(answer.GetProperty(name).GetRawText(), track.GetProperty(name).GetRawText());
        }

        Assert.Equal("All of it", track.Text("title"));
        Assert.Matches(JsonFields.Time, track.Text("created_at"));
    }

    [Fact]
    public async Task Track_Edited_KeepsWhatWasNotSaid()
    {
        var id = (await app.RenderAsync("Before the edit")).Text("id");

        await app.Api.EditTrackAsync(id, new TrackEditBody { Title = " After 夜 🎵 \u202e " });
        await app.Api.EditTrackAsync(id, new TrackEditBody { Tags = ["numbat", "夜"] });
        var track = await app.Api.FindTrackAsync(id);

        Assert.Equal("After 夜 🎵 \u202e", track.Title);
        Assert.Equal(["numbat", "夜"], track.Tags);
        Assert.Equal([id], (await app.Api.SearchTracksAsync("numbat")).Tracks.Select(found => found.Id));
        Assert.Equal(0, (await app.Api.SearchTracksAsync("\"before the edit\"")).Total);
    }

    [Theory]
    [InlineData("""{"title":""}""", "title")]
    [InlineData("""{"title":"  "}""", "title")]
    [InlineData("""{"title":7}""", "title")]
    [InlineData("""{"title":"\ud83d"}""", "title")]
    [InlineData("""{"tags":"a"}""", "tags")]
    [InlineData("""{"tags":[""]}""", "tags[0]")]
    [InlineData("""{"tags":["a",null]}""", "tags[1]")]
    [InlineData("""{"tags":["a",7]}""", "tags[1]")]
    [InlineData("""{"title":"","tags":["a"," "]}""", "title", "tags[1]")]
    [InlineData("[]", "")]
    [InlineData("", "")]
    public async Task Track_BadEdit_IsToldWhereAndChangesNothing(string body, params string[] paths)
    {
        var id = (await app.RenderAsync("Not to be changed")).Text("id");
        using var response = await PatchAsync(id, body);

        Assert.Equal(paths, (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors").Paths());
        Assert.Equal("Not to be changed", (await app.Api.FindTrackAsync(id)).Title);
    }

    [Fact]
    public async Task Track_EditOverTheLimits_IsToldWhere()
    {
        var id = (await app.RenderAsync("Limits of edits")).Text("id");
        var body = new JsonObject { ["title"] = new string('t', 301), ["tags"] = new JsonArray([.. Enumerable.Range(0, 51).Select(_ => (JsonNode)new string('g', 101))]) };
        using var response = await PatchAsync(id, body.ToJsonString());

        var paths = (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors").Paths();
        Assert.Equal(["title", "tags", "tags[0]"], paths.Take(3));
        Assert.Equal(53, paths.Count);
    }

    [Fact]
    public async Task Track_Deleted_IsGoneWithItsFile()
    {
        var answer = await app.RenderAsync("To be deleted");
        var file = Path.Combine(app.LibraryRoot, answer.Text("file_path"));
        Assert.True(File.Exists(file));

        using var deleted = await app.Api.DeleteTrackAsync(answer.Text("id"));

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.False(File.Exists(file));
        foreach (var path in new[] { answer.Text("stream_url"), answer.Text("download_url"), $"/render/live/{answer.Text("id")}", $"/tracks/{answer.Text("id")}", $"/tracks/{answer.Text("id")}/peaks" })
        {
            using var response = await app.GetAsync(path);
            await response.ProblemAsync(HttpStatusCode.NotFound, app);
        }

        using var again = await app.SendAsync(HttpMethod.Delete, $"/tracks/{answer.Text("id")}");
        await again.ProblemAsync(HttpStatusCode.NotFound, app);
        Assert.Equal("succeeded", (await app.Api.FindRenderAsync(answer.Text("id"))).State);
    }

    [Fact]
    public async Task Track_WhoseFileIsLost_IsNotFoundToListeners()
    {
        var answer = await app.RenderAsync("File lost");
        File.Delete(Path.Combine(app.LibraryRoot, answer.Text("file_path")));
        using var response = await app.GetAsync(answer.Text("stream_url"));

        await response.ProblemAsync(HttpStatusCode.NotFound, app);
    }

    [Theory]
    [InlineData("GET", "/tracks/nonsense")]
    [InlineData("GET", "/tracks/nonsense/peaks")]
    [InlineData("DELETE", "/tracks/nonsense")]
    public async Task Track_Unknown_IsNotFound(string method, string path)
    {
        using var response = await app.SendAsync(new HttpMethod(method), path);

        await response.ProblemAsync(HttpStatusCode.NotFound, app);
    }

    [Fact]
    public async Task Track_EditOfAnUnknownOne_IsNotFound()
    {
        using var response = await PatchAsync("nonsense", """{"title":"a"}""");

        await response.ProblemAsync(HttpStatusCode.NotFound, app);
    }

    [Fact]
    public async Task Peaks_OfSketch_AreTwoThousandAndNotFlat()
    {
        using var rendered = await app.PostAsync("/render", Plans.Seed("Peaky").ToJsonString());
        var peaks = await app.Api.PeaksAsync((await rendered.JsonAsync()).Text("id"));

        Assert.Equal(2000, peaks.Peaks.Count);
        Assert.Equal(3000, peaks.DurationMs);
        Assert.All(peaks.Peaks, peak => Assert.InRange(peak, 0f, 1f));
        Assert.True(peaks.Peaks.Max() > 0.2f);
        Assert.True(peaks.Peaks.Distinct().Count() > 20);
    }

    [Fact]
    public async Task Peaks_OfAGeneratorsWaveform_AreThatWaveform()
    {
        var peaks = await app.Api.PeaksAsync((await app.RenderAsync("Rising")).Text("id"));

        Assert.Equal(2000, peaks.Peaks.Count);
        Assert.Equal(peaks.Peaks.Order(), peaks.Peaks);
        Assert.True(peaks.Peaks[^1] > 0.9f);
    }

    private Task<HttpResponseMessage> PatchAsync(string id, string body) =>
        app.Http.PatchAsync(new Uri($"/tracks/{id}", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), MusicRenderApp.Patience);
}
