using System.Net;
using System.Net.Http.Headers;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

[Collection(typeof(SharedApp))]
public class AudioApiTests(MusicRenderApp app)
{
    private const string OutsideSecret = "not for listeners";

    [Fact]
    public async Task Stream_WholeFile_HasAllItsHeaders()
    {
        var (track, bytes) = await TrackAsync();
        using var response = await app.GetAsync(track);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("audio/mpeg", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(bytes.Length, response.Content.Headers.ContentLength);
        Assert.Equal(["bytes"], response.Headers.AcceptRanges);
        Assert.False(response.Headers.ETag!.IsWeak);
        Assert.NotNull(response.Content.Headers.LastModified);
        Assert.Equal("inline", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience));
    }

    [Theory]
    [InlineData("stream")]
    [InlineData("download")]
    [InlineData("live")]
    public async Task Head_OfAFinishedTrack_HasTheHeadersOfGet(string kind)
    {
        var answer = await app.RenderAsync("Asked for its head");
        using var response = await app.SendAsync(HttpMethod.Head, $"/render/{kind}/{answer.Text("id")}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(answer.Number("file_size_bytes"), response.Content.Headers.ContentLength);
        Assert.NotNull(response.Headers.ETag);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience));
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=100-199", 100, 100)]
    [InlineData("bytes=1000-", 1000, -1)]
    [InlineData("bytes=-100", -100, 100)]
    [InlineData("bytes=1000-999999999", 1000, -1)]
    public async Task Stream_Range_IsThatPart(string range, int from, int length)
    {
        var (track, bytes) = await TrackAsync();
        from = from < 0 ? bytes.Length + from : from;
        length = length < 0 ? bytes.Length - from : length;
        using var response = await app.SendAsync(HttpMethod.Get, track, ("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(new ContentRangeHeaderValue(from, from + length - 1, bytes.Length), response.Content.Headers.ContentRange);
        Assert.Equal(bytes.AsSpan(from, length).ToArray(), await response.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience));
    }

    [Fact]
    public async Task Stream_RangeBeyondTheEnd_CannotBeSatisfied()
    {
        var (track, bytes) = await TrackAsync();
        using var response = await app.SendAsync(HttpMethod.Get, track, ("Range", "bytes=999999999-"));

        Assert.Equal(bytes.Length, response.Content.Headers.ContentRange?.Length);
        await response.ProblemAsync(HttpStatusCode.RequestedRangeNotSatisfiable, app);
    }

    [Theory]
    [InlineData("seconds=1-2")]
    [InlineData("bytes=9-1")]
    [InlineData("bytes=x")]
    public async Task Stream_RangeThatIsNone_IsTheWholeFile(string range)
    {
        var (track, bytes) = await TrackAsync();
        using var response = await app.SendAsync(HttpMethod.Get, track, ("Range", range));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(bytes.Length, response.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.PartialContent)]
    [InlineData(false, HttpStatusCode.OK)]
    public async Task Stream_IfRange_TakesTheRangeOnlyOfTheSameFile(bool isSame, HttpStatusCode status)
    {
        var (track, _) = await TrackAsync();
        using var first = await app.GetAsync(track);
        using var response = await app.SendAsync(HttpMethod.Get, track, ("Range", "bytes=0-9"), ("If-Range", isSame ? first.Headers.ETag!.ToString() : "\"other\""));

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Stream_IfNoneMatch_IsNotSentAgain()
    {
        var (track, _) = await TrackAsync();
        using var first = await app.GetAsync(track);
        using var response = await app.SendAsync(HttpMethod.Get, track, ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal(first.Headers.ETag, response.Headers.ETag);
    }

    [Fact]
    public async Task Stream_IfModifiedSince_IsNotSentAgain()
    {
        var (track, _) = await TrackAsync();
        using var first = await app.GetAsync(track);
        using var response = await app.SendAsync(HttpMethod.Get, track, ("If-Modified-Since", first.Content.Headers.LastModified!.Value.ToString("R")));

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Fact]
    public async Task Stream_IfMatchOfAnotherFile_FailsThePrecondition()
    {
        var (track, _) = await TrackAsync();
        using var response = await app.SendAsync(HttpMethod.Get, track, ("If-Match", "\"other\""));

        await response.ProblemAsync(HttpStatusCode.PreconditionFailed, app);
    }

    [Fact]
    public async Task Download_TitleOfManyScripts_IsAnAttachmentOfThatName()
    {
        var answer = await app.RenderAsync("夜の歌 / ..\\ \u202e😀");
        using var response = await app.GetAsync(answer.Text("download_url"));

        var disposition = response.Content.Headers.ContentDisposition!;
        Assert.Equal("attachment", disposition.DispositionType);
        Assert.Equal(answer.Text("filename"), disposition.FileNameStar);
        Assert.Matches("^夜の歌_[0-9a-f]{8}\\.mp3$", answer.Text("filename"));
        Assert.All(disposition.FileName!, character => Assert.True(char.IsAscii(character)));
        Assert.Contains("filename*=UTF-8''%E5%A4%9C", response.Content.Headers.GetValues("Content-Disposition").Single(), StringComparison.Ordinal);
        Assert.Equal(answer.Number("file_size_bytes"), (await response.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience)).Length);
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("..%2foutside.txt")]
    [InlineData("..%2Foutside.txt")]
    [InlineData("%2e%2e/outside.txt")]
    [InlineData("%2e%2e%2foutside.txt")]
    [InlineData("..%5coutside.txt")]
    [InlineData("..\\outside.txt")]
    [InlineData("..%252foutside.txt")]
    [InlineData("%c0%ae%c0%ae/outside.txt")]
    [InlineData("....//outside.txt")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("/etc/passwd")]
    [InlineData("file:%2f%2f%2fetc%2fpasswd")]
    [InlineData("catalogue.db")]
    [InlineData("..%2fcatalogue.db")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("%20")]
    [InlineData("*")]
    [InlineData("%25")]
    [InlineData("_")]
    [InlineData("%27%20OR%201%3D1%20--")]
    [InlineData("no-such_00000000.mp3")]
    [InlineData("outside.txt%00.mp3", HttpStatusCode.BadRequest)]
    public async Task FileName_ThatIsNoTrack_IsNotFoundAndNeverAFileFromOutside(string name, HttpStatusCode status = HttpStatusCode.NotFound)
    {
        await app.RenderAsync("Beside the outside");
        await File.WriteAllTextAsync(Path.Combine(app.LibraryRoot, "outside.txt"), OutsideSecret, MusicRenderApp.Patience);
        foreach (var kind in new[] { "stream", "download", "live" })
        {
            var raw = new Uri($"{app.Address.GetLeftPart(UriPartial.Authority)}/render/{kind}/{name}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            using var response = await app.Http.GetAsync(raw, MusicRenderApp.Patience);

            var text = await response.Content.ReadAsStringAsync(MusicRenderApp.Patience);
            Assert.True(response.StatusCode == status, $"{kind}: {(int)response.StatusCode} {text}");
            Assert.DoesNotContain(OutsideSecret, text, StringComparison.Ordinal);
            Assert.DoesNotContain("root:", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Live_WhileBeingMade_SendsTheAudioBeforeTheEnd()
    {
        var paused = new PausedScript();
        var id = await app.StartAsync("Heard live", "scripted", paused.Play);
        await paused.Reached;
        using var response = await app.GetAsync($"/render/live/{id}");
        await using var audio = await response.Content.ReadAsStreamAsync(MusicRenderApp.Patience);
        var first = new byte[paused.Before.Length];
        await audio.ReadExactlyAsync(first, MusicRenderApp.Patience);

        Assert.Equal("running", (await app.Api.FindRenderAsync(id)).State);
        Assert.Equal(paused.Before, first);
        Assert.Equal("audio/mpeg", response.Content.Headers.ContentType?.MediaType);
        Assert.Null(response.Content.Headers.ContentLength);
        Assert.True(response.Headers.CacheControl?.NoStore);
        using (var head = await app.SendAsync(HttpMethod.Head, $"/render/live/{id}"))
        {
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.Equal("audio/mpeg", head.Content.Headers.ContentType?.MediaType);
        }

        paused.GoOn();
        using var rest = new MemoryStream();
        await audio.CopyToAsync(rest, MusicRenderApp.Patience);
        Assert.Equal(paused.After, rest.ToArray());
    }

    [Fact]
    public async Task Live_BeforeTheFirstAudio_Waits()
    {
        var paused = new PausedScript();
        var holder = await app.StartAsync("Before the live one", "one-slot", paused.Play);
        await paused.Reached;
        var id = await app.StartAsync("Heard later", "one-slot");
        var listening = app.GetAsync($"/render/live/{id}");
        await app.UntilAsync(id, status => status.Stage == "queued");
        Assert.False(listening.IsCompleted);

        paused.GoOn();
        using var response = await listening;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience));
        await app.UntilAsync(holder, status => status.State == "succeeded");
    }

    [Fact]
    public async Task Live_ListenerGoesAway_TheRenderGoesOn()
    {
        var paused = new PausedScript();
        var id = await app.StartAsync("Listener gone", "scripted", paused.Play);
        await paused.Reached;
        using (await app.GetAsync($"/render/live/{id}"))
        {
        }

        paused.GoOn();

        Assert.Equal("succeeded", (await app.UntilAsync(id, status => status.FinishedAt is not null)).State);
    }

    [Fact]
    public async Task Live_AfterTheEnd_IsTheFinishedFileWithRanges()
    {
        var answer = await app.RenderAsync("Heard afterwards");
        using var response = await app.SendAsync(HttpMethod.Get, $"/render/live/{answer.Text("id")}", ("Range", "bytes=0-2"));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal("ID3"u8.ToArray(), await response.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience));
    }

    [Fact]
    public async Task Live_OfAFailedRender_IsNotFound()
    {
        var id = await app.StartAsync("Never heard", "scripted", Scripts.Failing("It broke.", "broken"));
        using var response = await app.GetAsync($"/render/live/{id}");

        Assert.Contains("It broke.", (await response.ProblemAsync(HttpStatusCode.NotFound, app)).Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_OfAnUnknownRender_IsNotFound()
    {
        using var response = await app.GetAsync("/render/live/0123456789abcdef0123456789abcdef");

        await response.ProblemAsync(HttpStatusCode.NotFound, app);
    }

    private async Task<(string Path, byte[] Bytes)> TrackAsync()
    {
        var answer = await app.RenderAsync("To be streamed");
        return (answer.Text("stream_url"), await app.StoredAsync(answer.Text("filename")));
    }
}
