using System.Text;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Tests.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Rendering;

/// <summary>Tracks of a generator elsewhere: what it says of them is kept, and its audio comes out right.</summary>
public sealed class PaidTrackTests(EngineHost engine) : IClassFixture<EngineHost>, IDisposable
{
    public void Dispose() => engine.Generator.Reset();

    [Fact]
    public async Task Upstream_OfAPlan_IsKeptBesideIt()
    {
        var result = await RenderAsync(Plans.Short, [.. PaidScript.Facts, Encoded(Mp3.Frames(100))]);
        Assert.Equal("song-7", result.SongId);
        Assert.Equal(PlanJson.ToCompactText(PaidScript.Plan), PlanJson.ToCompactText(result.UpstreamPlan!));
        Assert.Equal(PlanJson.ToCompactText(Plans.Short), PlanJson.ToCompactText(result.Composition));
        var track = (await engine.Service<ITrackLibrary>().FindAsync(result.Id.Value, CancellationToken.None))!;
        Assert.Equal(("song-7", false, "Night Drive"), (track.SongId, track.IsPartial, track.Title));
        Assert.Equal(PlanJson.ToCompactText(PaidScript.Plan), PlanJson.ToCompactText(track.UpstreamPlan!));
        Assert.Equal(3, track.Words!.Count);
    }

    [Fact]
    public async Task Upstream_ThatFollowedThePlanAsItIs_IsNotKeptTwice()
    {
        var chunks = PlanConversion.ToChunks(Plans.Short) with { Title = null };
        var result = await RenderAsync(Plans.Short, [new GeneratorOutput.Upstream("song-8", chunks), Encoded(Mp3.Frames(100))]);
        Assert.Equal(("song-8", null), (result.SongId, result.UpstreamPlan));
    }

    [Fact]
    public async Task Upstream_OfAPrompt_IsTheComposition()
    {
        engine.Generator.TakesPrompts = true;
        var result = await RenderAsync(new PromptComposition { Title = "My own", Prompt = "a song" }, [.. PaidScript.Facts, Encoded(Mp3.Frames(100))]);
        var plan = Assert.IsType<CompositionPlan>(result.Composition);
        Assert.Equal(("My own", "Verse"), (plan.Title, plan.Sections[0].SectionName));
        Assert.Equal(["other words"], plan.Sections[0].Lines);
        Assert.Null(result.UpstreamPlan);
        Assert.Equal("My own", result.Song.Title);
        using var file = TagLib.File.Create(Path.Combine(engine.Root, result.FilePath));
        Assert.Equal(PlanJson.ToCompactText(plan), file.Tag.Comment);
        Assert.Equal("other words", file.Tag.Lyrics);
    }

    [Fact]
    public async Task Parts_ThatComeInAnotherOrder_ArePlayedInTheirOrder()
    {
        var result = await RenderAsync(Plans.Short, [Encoded(Mp3.Frames(10, 1)), new GeneratorOutput.Part(1), Encoded(Mp3.Frames(10, 0)), new GeneratorOutput.Part(0), Encoded(Mp3.Frames(10, 2)), new GeneratorOutput.Part(2)]);
        var file = await File.ReadAllBytesAsync(Path.Combine(engine.Root, result.FilePath));
        Assert.Equal([.. Mp3.Frames(10, 0), .. Mp3.Frames(10, 1), .. Mp3.Frames(10, 2)], file[^(30 * Mp3.FrameBytes)..]);
        Assert.Equal(30 * 1_152 * 1_000 / 44_100, result.DurationMs);
        Assert.DoesNotContain(engine.FilesIn("partial"), name => name.StartsWith(result.Id.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Audio_InOrder_BecomesTheTrackWithoutACopy()
    {
        var script = new PaidScript(Encoded(Mp3.Frames(10)), new GeneratorOutput.Part(0), Encoded(Mp3.Frames(10)), new GeneratorOutput.Part(1));
        engine.Generator.IsLocal = false;
        engine.Generator.OnGenerate = script.Play;
        var id = await engine.StartAsync(Plans.Short);
        await script.Waiting;
        var before = await InodeAsync(Path.Combine(engine.Root, "partial", $"{id}.mp3"));
        script.End();
        var result = Assert.IsType<ResultEvent>((await engine.LogAsync(id))[^1]).Result;
        Assert.Equal(before, await InodeAsync(Path.Combine(engine.Root, result.FilePath)));
    }

    [Fact]
    public async Task Tag_ThatIsLargerThanItsRoom_IsWrittenAllTheSame()
    {
        var words = Enumerable.Range(0, 20_000).Select(number => new WordTiming($"word {number}", number * 3, number * 3)).ToList();
        var result = await RenderAsync(Plans.Short, [new GeneratorOutput.Words(words), Encoded(Mp3.Frames(3_000))]);
        using var file = TagLib.File.Create(Path.Combine(engine.Root, result.FilePath));
        var tag = (TagLib.Id3v2.Tag)file.GetTag(TagLib.TagTypes.Id3v2);
        Assert.Equal(20_000, tag.GetFrames<TagLib.Id3v2.SynchronisedLyricsFrame>().Single().Text.Length);
        Assert.Equal(3_000 * Mp3.FrameBytes, (await CopiedAsync(result)).Length);
        Assert.Equal(new FileInfo(Path.Combine(engine.Root, result.FilePath)).Length, result.FileSizeBytes);
    }

    [Theory]
    [InlineData("128k", "1")]
    [InlineData("128k", "0")]
    [InlineData("64k", "1")]
    public async Task Mp3_WithItsOwnTagAndInfoFrame_IsAsLongAsItWas(string bitrate, string hasInfoFrame)
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "upstream.mp3");
        await Processes.RunAsync("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=frequency=440:duration=4.5", "-ac", "2", "-b:a", bitrate, "-metadata", "title=Of the upstream", "-write_xing", hasInfoFrame, path);
        var upstream = await File.ReadAllBytesAsync(path);
        Assert.Equal("ID3", Encoding.ASCII.GetString(upstream, 0, 3));

        var result = await RenderAsync(Plans.Short, [.. upstream.Chunk(1_000).Select(Encoded)]);
        var file = await File.ReadAllBytesAsync(Path.Combine(engine.Root, result.FilePath));
        Assert.DoesNotContain("Of the upstream", Encoding.Latin1.GetString(file), StringComparison.Ordinal);
        Assert.Equal(await SamplesAsync(path), await SamplesAsync(Path.Combine(engine.Root, result.FilePath)));
        if (hasInfoFrame == "1")
        {
            Assert.InRange(result.DurationMs, 4_499, 4_500);
        }

        using var tags = TagLib.File.Create(Path.Combine(engine.Root, result.FilePath));
        Assert.Equal("Night Drive", tags.Tag.Title);
    }

    private static GeneratorOutput.Encoded Encoded(byte[] bytes) => new(bytes);

    private async Task<RenderResult> RenderAsync(Composition composition, IReadOnlyList<GeneratorOutput> outputs)
    {
        var script = new PaidScript(outputs);
        script.End();
        engine.Generator.IsLocal = false;
        engine.Generator.OnGenerate = script.Play;
        return Assert.IsType<ResultEvent>((await engine.RenderAsync(composition))[^1]).Result;
    }

    /// <summary>Samples that a player plays, one byte each.</summary>
    private static async Task<int> SamplesAsync(string path) =>
        (await Processes.RunAsync("ffmpeg", "-v", "error", "-i", path, "-f", "s16le", "-ac", "1", "-")).Length / 2;

    private Task<byte[]> CopiedAsync(RenderResult result) =>
        Processes.RunAsync("ffmpeg", "-v", "error", "-i", Path.Combine(engine.Root, result.FilePath), "-map_metadata", "-1", "-write_xing", "0", "-id3v2_version", "0", "-c", "copy", "-f", "mp3", "-");

    private static async Task<string> InodeAsync(string path) => Encoding.ASCII.GetString(await Processes.RunAsync("stat", "-c", "%i", path)).Trim();
}
