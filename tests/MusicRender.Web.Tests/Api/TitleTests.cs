using System.Globalization;
using System.Net;
using System.Text;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

[Collection(typeof(SharedApp))]
public sealed class TitleTests(MusicRenderApp app)
{
    [Theory]
    [InlineData("../../etc/passwd", "^etc-passwd_")]
    [InlineData("..", "^track_")]
    [InlineData("/", "^track_")]
    [InlineData("a/b\\c:d*e?f\"g<h>i|j", "^a-b-c-d-e-f-g-h-i-j_")]
    [InlineData(".hidden.mp3", "^hidden-mp3_")]
    [InlineData("CON", "^con_")]
    [InlineData("a\u007fb\r\nc\td", "^a-b-c-d_")]
    [InlineData("abc\u202e3pm.exe\u2066\u200f", "^abc-3pm-exe_")]
    [InlineData("😀🎵👩‍👩‍👧", "^track_")]
    [InlineData("𝔘𝔫𝔦 𠮷野家", "_[0-9a-f]{8}\\.mp3$")]
    [InlineData("ʻŌlelo Hawaiʻi", "_[0-9a-f]{8}\\.mp3$")]
    [InlineData("   spaces   ", "^spaces_")]
    [InlineData("-rf *", "^rf_")]
    [InlineData("%2e%2e%2f", "^2e-2e-2f_")]
    [InlineData("\"; filename=evil.exe", "^filename-evil-exe_")]
    [InlineData("</script><b>", "^script-b_")]
    public async Task Title_OfAnyText_ComesBackAndMakesASafeName(string title, string name)
    {
        await using var client = await SocketClient.RunAsync(app, Plans.Message(title));

        var data = client.Terminal().GetProperty("data");
        Assert.Equal(title, data.GetProperty("composition_plan").Text("title"));
        var file = data.Text("filename");
        Assert.Matches(name, file);
        Assert.Matches("_[0-9a-f]{8}\\.mp3$", file);
        Assert.All(file[..^13].EnumerateRunes(), rune => Assert.True(Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark || rune.Value == '-', $"U+{rune.Value:X}"));
        Assert.Equal(Path.Combine(app.LibraryRoot, "audio", file), Path.GetFullPath(Path.Combine(app.LibraryRoot, data.Text("file_path"))));
        Assert.True(File.Exists(Path.Combine(app.LibraryRoot, "audio", file)));
        using var stream = await app.GetAsync(data.Text("stream_url"));
        Assert.Equal(data.Number("file_size_bytes"), (await stream.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience)).Length);
        using var download = await app.GetAsync(data.Text("download_url"));
        Assert.Equal(file, download.Content.Headers.ContentDisposition?.FileNameStar);
        var track = await app.Api.FindTrackAsync(data.Text("id"));
        Assert.Equal(title.Trim(), track.Title);
    }

    [Theory]
    [InlineData("a\u0000b", "U+0000")]
    [InlineData("\u001b[31mred", "U+001B")]
    public async Task Title_WithAControlCharacter_IsRefusedEverywhere(string title, string named)
    {
        using var render = await app.PostAsync("/render", Plans.Wrapped(title, "scripted"));
        var refused = await render.ProblemAsync(HttpStatusCode.UnprocessableEntity, app);
        Assert.Equal(["composition_plan.title"], refused.GetProperty("errors").Paths());
        Assert.Contains(named, refused.Text("detail"), StringComparison.Ordinal);
        await using var client = await SocketClient.RunAsync(app, Plans.Message(title));
        Assert.Equal(["title"], client.Error("VALIDATION_ERROR").GetProperty("details").GetProperty("errors").Paths());

        var id = (await app.RenderAsync("Without control characters")).Text("id");
        using var edit = await app.Http.PatchAsync(new Uri($"/tracks/{id}", UriKind.Relative), new StringContent(System.Text.Json.JsonSerializer.Serialize(new { title, tags = new[] { title } })), MusicRenderApp.Patience);
        Assert.Equal(["title", "tags[0]"], (await edit.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors").Paths());
        Assert.Equal("Without control characters", (await app.Api.FindTrackAsync(id)).Title);
    }

    [Fact]
    public async Task Title_OfThreeHundredCharacters_MakesANameThatFits()
    {
        var answer = await app.RenderAsync(new string('夜', 300));

        Assert.True(Encoding.UTF8.GetByteCount(answer.Text("filename")) <= 255);
    }

    [Fact]
    public async Task Title_OfTwoRenders_MakesTwoFiles()
    {
        var one = await app.RenderAsync("Twins");
        var other = await app.RenderAsync("Twins");

        Assert.NotEqual(one.Text("filename"), other.Text("filename"));
    }
}
