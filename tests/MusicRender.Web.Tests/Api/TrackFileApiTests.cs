using System.Net;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

/// <summary>Other formats of a track, its waveform at every zoom, its spectrogram.</summary>
[Collection(typeof(SharedApp))]
public sealed class TrackFileApiTests(MusicRenderApp app)
{
    private static string? _track;

    [Theory]
    [InlineData("mp3", "audio/mpeg", "ID3")]
    [InlineData("wav", "audio/wav", "RIFF")]
    [InlineData("flac", "audio/flac", "fLaC")]
    [InlineData("opus", "audio/ogg", "OggS")]
    public async Task Audio_InAFormat_IsAFileOfThatFormatWithTheTracksName(string format, string contentType, string begin)
    {
        var track = await app.Api.FindTrackAsync(await TrackAsync());
        using var response = await app.GetAsync($"/tracks/{track.Id}/audio/{format}");
        var bytes = await response.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(begin, System.Text.Encoding.ASCII.GetString(bytes, 0, begin.Length));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(Path.ChangeExtension(track.Filename, format), response.Content.Headers.ContentDisposition?.FileNameStar);

        using var part = await app.SendAsync(HttpMethod.Get, $"/tracks/{track.Id}/audio/{format}", ("Range", "bytes=4-7"));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[4..8], await part.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience));
        Assert.Equal(response.Headers.ETag, part.Headers.ETag);

        using var head = await app.SendAsync(HttpMethod.Head, $"/tracks/{track.Id}/audio/{format}");
        Assert.Equal((HttpStatusCode.OK, bytes.LongLength), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Files_OfARenamedTrack_AreNamedAfterTheTitleItHasNow()
    {
        var id = await RenderAsync("Before the rename");
        var file = (await app.Api.FindTrackAsync(id)).Filename;
        string[] paths = [$"/tracks/{id}/audio/mp3", $"/render/download/{file}", $"/tracks/{id}/audio/flac", $"/tracks/{id}/zip"];
        var before = await Task.WhenAll(paths.Select(AskAsync));
        using var edit = await app.Http.PatchAsync(new Uri($"/tracks/{id}", UriKind.Relative), new StringContent("""{"title":"After it"}"""), MusicRenderApp.Patience);
        Assert.Equal(HttpStatusCode.OK, edit.StatusCode);

        var after = await Task.WhenAll(paths.Select(AskAsync));

        Assert.All(before, answer => Assert.StartsWith("before-the-rename_", answer.Name, StringComparison.Ordinal));
        Assert.All(after, answer => Assert.StartsWith("after-it_", answer.Name, StringComparison.Ordinal));
        Assert.Equal([".mp3", ".mp3", ".flac", ".zip"], after.Select(answer => Path.GetExtension(answer.Name)));
        // What is kept by caches is another file.
        Assert.All(before.Zip(after).Take(3), pair => Assert.NotEqual(pair.First.Tag, pair.Second.Tag));
        // Its address, and what is played, stay.
        using var stream = await app.GetAsync($"/render/stream/{file}");
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);

        async Task<(string Name, string? Tag)> AskAsync(string path)
        {
            using var response = await app.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return (response.Content.Headers.ContentDisposition!.FileNameStar!, response.Headers.ETag?.Tag);
        }
    }

    [Theory]
    [InlineData("/audio/aac")]
    [InlineData("/audio/WAV")]
    public async Task Audio_InAFormatThatIsNone_IsNotFound(string path)
    {
        using var response = await app.GetAsync($"/tracks/{await TrackAsync()}{path}");
        await response.ProblemAsync(HttpStatusCode.NotFound, app);
    }

    [Fact]
    public async Task Track_Deleted_TakesWhatWasMadeOfItAlong()
    {
        var id = await RenderAsync("Made of it");
        string[] paths = [$"/tracks/{id}/audio/flac", $"/tracks/{id}/spectrogram", $"/tracks/{id}/peaks?points=10"];
        foreach (var path in paths)
        {
            using var made = await app.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        }

        var folder = Path.Combine(app.LibraryRoot, "made", id);
        Assert.Equal(3, Directory.GetFiles(folder).Length);
        using var deleted = await app.Api.DeleteTrackAsync(id);

        Assert.False(Directory.Exists(folder));
        foreach (var path in paths)
        {
            using var gone = await app.GetAsync(path);
            await gone.ProblemAsync(HttpStatusCode.NotFound, app);
        }
    }

    [Fact]
    public async Task Audio_OfALostFile_IsNotFound()
    {
        var id = await RenderAsync("Lost before it was made");
        File.Delete(Path.Combine(app.LibraryRoot, "audio", (await app.Api.FindTrackAsync(id)).Filename));
        foreach (var format in new[] { "mp3", "wav" })
        {
            using var response = await app.GetAsync($"/tracks/{id}/audio/{format}");
            await response.ProblemAsync(HttpStatusCode.NotFound, app);
        }
    }

    [Fact]
    public async Task Peaks_OfWindows_AreAsCloseAsAskedForAndAgreeWithTheWhole()
    {
        var id = await TrackAsync();
        var whole = await app.Api.PeaksAsync(id);
        var window = await app.Api.PeaksAsync(id, 1_000, 2_000, 300);

        Assert.Equal((0, 3_000), (whole.FromMs, whole.ToMs));
        Assert.Equal((300, 1_000, 2_000, 3_000), (window.Peaks.Count, window.FromMs, window.ToMs, window.DurationMs));
        // A second of three: the same highest peak, but for what MP3 makes of it.
        Assert.InRange(window.Peaks.Max(), whole.Peaks.Skip(667).Take(666).Max() - 0.05f, whole.Peaks.Skip(665).Take(670).Max() + 0.05f);
        var coarse = await app.Api.PeaksAsync(id, points: 1);
        Assert.InRange(Assert.Single(coarse.Peaks), whole.Peaks.Max() - 0.05f, whole.Peaks.Max() + 0.05f);
        Assert.Equal(3_000, (await app.Api.PeaksAsync(id, to: 90_000)).ToMs);
    }

    [Theory]
    [InlineData("points=0", "points")]
    [InlineData("points=8001", "points")]
    [InlineData("from_ms=-1&to_ms=x", "from_ms", "to_ms")]
    [InlineData("from_ms=2000&to_ms=2000", "from_ms")]
    [InlineData("from_ms=3000", "from_ms")]
    public async Task Peaks_OfAWindowThatIsNone_AreRefused(string query, params string[] paths)
    {
        using var response = await app.GetAsync($"/tracks/{await TrackAsync()}/peaks?{query}");
        Assert.Equal(paths, (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors").Paths());
    }

    [Fact]
    public async Task Spectrogram_OfEachTheme_IsAPictureOfItsOwn()
    {
        var id = await TrackAsync();
        using var dark = await app.GetAsync($"/tracks/{id}/spectrogram");
        using var named = await app.GetAsync($"/tracks/{id}/spectrogram?theme=dark");
        using var light = await app.GetAsync($"/tracks/{id}/spectrogram?theme=light");

        Assert.Equal("image/png", dark.Content.Headers.ContentType?.MediaType);
        var picture = await dark.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience);
        Assert.Equal([0x89, .. "PNG"u8], picture[..4]);
        Assert.Equal(picture, await named.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience));
        Assert.NotEqual(picture, await light.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience));

        using var again = await app.SendAsync(HttpMethod.Get, $"/tracks/{id}/spectrogram", ("If-None-Match", dark.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var neither = await app.GetAsync($"/tracks/{id}/spectrogram?theme=blue");
        Assert.Equal(["theme"], (await neither.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors").Paths());
    }

    private async Task<string> TrackAsync() => _track ??= await RenderAsync("Made into others");

    private async Task<string> RenderAsync(string title)
    {
        using var rendered = await app.PostAsync("/render", Plans.Seed(title).ToJsonString());
        return (await rendered.JsonAsync()).Text("id");
    }
}
