using System.IO.Compression;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

[Collection(typeof(SharedApp))]
public sealed class StemApiTests(MusicRenderApp app)
{
    [Fact]
    public async Task Stems_OfASketchTrack_AreMadeToldAndPlayed()
    {
        var track = await SketchAsync("Taken apart");
        var before = await ListAsync(track);
        Assert.True(before.GetProperty("offer").GetProperty("is_free").GetBoolean());
        Assert.Empty(before.GetProperty("sets").EnumerateArray());

        using var start = await StartAsync(track, "six");

        Assert.Equal(HttpStatusCode.Accepted, start.StatusCode);
        Assert.Equal($"/tracks/{track}/stems/six", start.Headers.Location?.ToString());
        var started = await start.JsonAsync();
        Assert.Equal(("running", track, "six"), (started.Text("state"), started.Text("track_id"), started.Text("set")));
        var told = await EventsAsync(track, "six");
        Assert.All(told, item => Assert.Equal("stems", item.EventType));
        var end = JsonElement.Parse(told[^1].Data);
        Assert.Equal(("succeeded", 100), (end.Text("state"), end.Number("progress_percent")));
        var names = end.GetProperty("stems").EnumerateArray().Select(stem => stem.Text("name")).ToList();
        Assert.Contains("harmony", names);
        Assert.InRange(names.Count, 2, 6);

        using var status = await app.GetAsync(end.Text("status_url"));
        Assert.Equal(end.GetRawText(), (await status.JsonAsync()).GetRawText());
        Assert.Equal(end.GetRawText(), Assert.Single((await ListAsync(track)).GetProperty("sets").EnumerateArray()).GetRawText());
        foreach (var stem in end.GetProperty("stems").EnumerateArray())
        {
            Assert.Equal(500, stem.GetProperty("peaks").GetArrayLength());
            using var audio = await app.GetAsync(stem.Text("url"));
            Assert.Equal("audio/mpeg", audio.Content.Headers.ContentType?.MediaType);
            Assert.Equal(stem.Number("file_size_bytes"), audio.Content.Headers.ContentLength);
        }

        // Once made they are there: nothing starts again.
        using var again = await StartAsync(track, "six");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(end.GetRawText(), (await again.JsonAsync()).GetRawText());
    }

    [Fact]
    public async Task Stem_IsServedWithRangesTagAndName()
    {
        var track = await SketchAsync("Bass und Höhen");
        var stem = (await MakeAsync(track, "two")).GetProperty("stems")[0];
        using var head = await app.SendAsync(HttpMethod.Head, stem.Text("url"));
        using var part = await app.SendAsync(HttpMethod.Get, stem.Text("url"), ("Range", "bytes=10-19"));
        using var known = await app.SendAsync(HttpMethod.Get, stem.Text("url"), ("If-None-Match", head.Headers.ETag!.ToString()));
        using var beyond = await app.SendAsync(HttpMethod.Get, stem.Text("url"), ("Range", "bytes=999999999-"));
        using var other = await app.SendAsync(HttpMethod.Get, stem.Text("url"), ("Range", "seconds=1-2"));

        Assert.Equal((HttpStatusCode.OK, stem.Number("file_size_bytes")), (head.StatusCode, head.Content.Headers.ContentLength!.Value));
        Assert.Equal(["bytes"], head.Headers.AcceptRanges);
        Assert.Equal((HttpStatusCode.PartialContent, 10), (part.StatusCode, part.Content.Headers.ContentLength!.Value));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        await beyond.ProblemAsync(HttpStatusCode.RequestedRangeNotSatisfiable, app);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Matches($"^bass-und-höhen_[0-9a-f]{{8}}_{stem.Text("name")}\\.mp3$", head.Content.Headers.ContentDisposition!.FileNameStar);
    }

    [Theory]
    [InlineData("POST", "/tracks/nonsense/stems", """{"stems":"two"}""", HttpStatusCode.NotFound)]
    [InlineData("POST", "/tracks/{id}/stems", """{"stems":"three"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("POST", "/tracks/{id}/stems", """{"stems":2}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("POST", "/tracks/{id}/stems", "{}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("POST", "/tracks/{id}/stems", "two", HttpStatusCode.UnprocessableEntity)]
    [InlineData("GET", "/tracks/nonsense/stems", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/tracks/nonsense/zip", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/tracks/{id}/stems/two", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/tracks/{id}/stems/three", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/tracks/{id}/stems/two/events", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/tracks/{id}/stems/two/melody", null, HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/tracks/{id}/stems", null, HttpStatusCode.MethodNotAllowed)]
    public async Task Stems_AskedForInVain_AreAProblem(string method, string path, string? body, HttpStatusCode status)
    {
        var track = (await app.RenderAsync("Never taken apart")).Text("id");
        path = path.Replace("{id}", track, StringComparison.Ordinal);
        using var response = body is null ? await app.SendAsync(new HttpMethod(method), path) : await app.PostAsync(path, body);

        await response.ProblemAsync(status, app);
    }

    [Fact]
    public async Task Stems_OfAGeneratorWithoutAMaker_AreAConflictAndNoOffer()
    {
        var track = (await app.RenderAsync("Nobody takes this apart")).Text("id");
        using var response = await StartAsync(track, "two");

        var problem = await response.ProblemAsync(HttpStatusCode.Conflict, app);
        Assert.Equal("stems_unavailable", problem.GetProperty("details").Text("reason"));
        Assert.Equal(JsonValueKind.Null, (await ListAsync(track)).GetProperty("offer").ValueKind);
    }

    [Theory]
    [InlineData("..%2f..%2fmusicrender.db")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("melody.mp3")]
    [InlineData("*")]
    public async Task Stem_OfANameThatIsNone_IsNotFound(string name)
    {
        var track = await SketchAsync("Names");
        await MakeAsync(track, "two");
        var raw = new Uri($"{app.Address.GetLeftPart(UriPartial.Authority)}/tracks/{track}/stems/two/{name}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var response = await app.Http.GetAsync(raw, MusicRenderApp.Patience);

        await response.ProblemAsync(HttpStatusCode.NotFound, app);
    }

    [Fact]
    public async Task Stem_WhoseFileIsLost_IsNotFoundUntilItIsMadeAgain()
    {
        var track = await SketchAsync("Stem lost");
        var url = (await MakeAsync(track, "two")).GetProperty("stems")[0].Text("url");
        Directory.Delete(Path.Combine(app.LibraryRoot, "stems", track, "two"), recursive: true);
        using (var lost = await app.GetAsync(url))
        {
            await lost.ProblemAsync(HttpStatusCode.NotFound, app);
        }

        await MakeAsync(track, "two");
        using var found = await app.GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }

    [Fact]
    public async Task Events_OfStemsThatAreDone_AreTheEndAndThenNothing()
    {
        var track = await SketchAsync("Come back later");
        await MakeAsync(track, "two");
        var last = Assert.Single(await EventsAsync(track, "two"));
        using var again = await app.SendAsync(HttpMethod.Get, $"/tracks/{track}/stems/two/events", ("Last-Event-ID", last.EventId!));

        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task Zip_HoldsTrackPlanLyricsAndStems()
    {
        var answer = await SketchTrackAsync("夜の歌 & mehr", sung: true);
        var track = answer.Text("id");
        var two = await MakeAsync(track, "two");
        var six = await MakeAsync(track, "six");
        using var response = await app.GetAsync($"/tracks/{track}/zip");

        Assert.Equal("application/zip", response.Content.Headers.ContentType?.MediaType);
        var name = Path.GetFileNameWithoutExtension(answer.Text("filename"));
        Assert.Equal($"{name}.zip", response.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition.DispositionType);
        using var zip = await ReadAsync(response);
        string[] stems = [.. Names(two, "two"), .. Names(six, "six")];
        Assert.Equal([$"{name}.mp3", "plan.json", "lyrics.txt", .. stems], zip.Entries.Select(entry => entry.FullName));
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(app.LibraryRoot, answer.Text("file_path")), MusicRenderApp.Patience), Bytes(zip, $"{name}.mp3"));
        Assert.Equal("夜の歌 & mehr", JsonElement.Parse(Bytes(zip, "plan.json")).Text("title"));
        Assert.Equal("[Verse 1]\nA line to sing\n\n", Encoding.UTF8.GetString(Bytes(zip, "lyrics.txt")));
        foreach (var stem in stems)
        {
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(app.LibraryRoot, stem.Replace("stems/", $"stems/{track}/", StringComparison.Ordinal)), MusicRenderApp.Patience), Bytes(zip, stem));
        }

        static IEnumerable<string> Names(JsonElement set, string folder) => set.GetProperty("stems").EnumerateArray().Select(stem => $"stems/{folder}/{stem.Text("name")}.mp3");
    }

    [Fact]
    public async Task Zip_OfAnInstrumentalWithoutStems_HoldsTrackAndPlan()
    {
        var answer = await SketchTrackAsync("No words", sung: false);
        using var response = await app.GetAsync($"/tracks/{answer.Text("id")}/zip");

        using var zip = await ReadAsync(response);
        Assert.Equal([answer.Text("filename"), "plan.json"], zip.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task Zip_OfATrackWhoseFileIsLost_IsNotFound()
    {
        var answer = await SketchTrackAsync("Zip lost", sung: false);
        File.Delete(Path.Combine(app.LibraryRoot, answer.Text("file_path")));
        using var response = await app.GetAsync($"/tracks/{answer.Text("id")}/zip");

        await response.ProblemAsync(HttpStatusCode.NotFound, app);
    }

    [Fact]
    public async Task Delete_OfTheTrack_TakesItsStemsAlong()
    {
        var track = await SketchAsync("Stems go too");
        var url = (await MakeAsync(track, "two")).GetProperty("stems")[0].Text("url");
        using var deleted = await app.SendAsync(HttpMethod.Delete, $"/tracks/{track}");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.False(Directory.Exists(Path.Combine(app.LibraryRoot, "stems", track)));
        foreach (var path in new[] { url, $"/tracks/{track}/stems", $"/tracks/{track}/stems/two", $"/tracks/{track}/zip" })
        {
            using var response = await app.GetAsync(path);
            await response.ProblemAsync(HttpStatusCode.NotFound, app);
        }
    }

    private async Task<string> SketchAsync(string title) => (await SketchTrackAsync(title, sung: true)).Text("id");

    private async Task<JsonElement> SketchTrackAsync(string title, bool sung)
    {
        var plan = Plans.Seed(title);
        if (!sung)
        {
            plan["sections"]![0]!["lines"] = new JsonArray();
        }

        using var response = await app.PostAsync("/render", plan.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    private Task<HttpResponseMessage> StartAsync(string track, string set) => app.PostAsync($"/tracks/{track}/stems", $$"""{"stems":"{{set}}"}""");

    private async Task<JsonElement> ListAsync(string track)
    {
        using var response = await app.GetAsync($"/tracks/{track}/stems");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    private async Task<JsonElement> MakeAsync(string track, string set)
    {
        using var start = await StartAsync(track, set);
        Assert.Equal(HttpStatusCode.Accepted, start.StatusCode);
        var end = JsonElement.Parse((await EventsAsync(track, set))[^1].Data);
        Assert.Equal("succeeded", end.Text("state"));
        return end;
    }

    private async Task<IReadOnlyList<SseItem<string>>> EventsAsync(string track, string set)
    {
        using var response = await app.GetAsync($"/tracks/{track}/stems/{set}/events");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using var stream = await response.Content.ReadAsStreamAsync(MusicRenderApp.Patience);
        return await SseParser.Create(stream).EnumerateAsync(MusicRenderApp.Patience).ToListAsync(MusicRenderApp.Patience);
    }

    private static async Task<ZipArchive> ReadAsync(HttpResponseMessage response) =>
        new(new MemoryStream(await response.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience)), ZipArchiveMode.Read);

    private static byte[] Bytes(ZipArchive zip, string name)
    {
        using var entry = zip.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }
}
