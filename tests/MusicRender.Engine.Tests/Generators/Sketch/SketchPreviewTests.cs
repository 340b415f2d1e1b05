using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Synthesis;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch;

public sealed class SketchPreviewTests : IDisposable
{
    private const int Seed = 3;

    private static readonly CompositionPlan Song = SketchPlans.Plan(["house", "piano"], ("Intro", 4_000), ("Verse", 6_007), ("Chorus", 8_000), ("Outro", 5_000));

    private readonly TestFolder _folder = new();
    private readonly SketchPreview _preview = new(new AudioEncoder(Options.Create(new FfmpegOptions())));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 1, 4_000)]
    [InlineData(1, 1, 6_007)]
    [InlineData(2, null, 13_000)]
    [InlineData(0, null, 23_007)]
    public async Task Preview_OfSections_IsMp3OfTheirLength(int first, int? count, int milliseconds)
    {
        var samples = await DecodedAsync(await PlayedAsync(new PreviewRequest { Plan = Song, Seed = Seed, FirstSection = first, SectionCount = count }));

        // The encoder fills its last frames with silence.
        var length = samples.Length / 2 * 1_000L / PcmFormat.SampleRate;
        Assert.InRange(length, milliseconds, milliseconds + 80);
        Assert.InRange(SketchPlans.Decibels(SketchPlans.Rms(samples)), -30, -8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Preview_OfASection_SoundsAsInTheRender(int section)
    {
        var score = SketchPlans.ScoreOf(Song, Seed);
        var (_, song) = await SketchPlans.GenerateAsync(Song, Seed);
        var (from, to) = (score.Sections[section].Start, score.Sections[section].End);

        var cut = Samples(new SongRenderer(score, new Stretch(from, to), PartSet.All));

        var rendered = song.AsSpan((int)from * 2, (int)(to - from) * 2);
        Assert.Equal(rendered.Length, cut.Length);
        Assert.InRange(SketchPlans.Decibels(SketchPlans.Rms(cut) / SketchPlans.Rms(rendered)), -2.5, 2.5);
        Assert.InRange(Correlation(cut, rendered), 0.8, 1.0001);
        Assert.InRange(Math.Abs(cut[0]), 0, 1e-6);
        Assert.InRange(Math.Abs(cut[^1]), 0, 1e-6);
    }

    [Fact]
    public async Task Preview_OfTheWholePlan_IsTheRender()
    {
        var score = SketchPlans.ScoreOf(Song, Seed);
        var (_, song) = await SketchPlans.GenerateAsync(Song, Seed);
        Assert.Equal(SketchPlans.Hash(song), SketchPlans.Hash(Samples(new SongRenderer(score, new Stretch(0, score.Frames), PartSet.All))));
    }

    [Fact]
    public async Task Preview_ThatNobodyReadsOn_LeavesNoProcess()
    {
        // A name that no other test's encoder has.
        var program = Path.Combine(_folder.Path, "preview-ffmpeg");
        File.CreateSymbolicLink(program, Processes.Find("ffmpeg"));
        var preview = new SketchPreview(new AudioEncoder(Options.Create(new FfmpegOptions { Path = program })));
        await foreach (var bytes in preview.PlayAsync(new PreviewRequest { Plan = Song, Seed = Seed }, CancellationToken.None))
        {
            Assert.True(bytes.Length > 0);
            Assert.Single(Processes.Children("preview-ffmpeg"));
            break;
        }

        Assert.Empty(Processes.Children("preview-ffmpeg"));
    }

    [Fact]
    public async Task Preview_ThatIsExpected_IsTheSame_AndNothingIsLeftWhenItNoLongerIs()
    {
        var program = Path.Combine(_folder.Path, "expect-ffmpeg");
        File.CreateSymbolicLink(program, Processes.Find("ffmpeg"));
        var preview = new SketchPreview(new AudioEncoder(Options.Create(new FfmpegOptions { Path = program })));
        var request = new PreviewRequest { Plan = Song, Seed = Seed, SectionCount = 1 };
        var expected = preview.Expect();
        Assert.Equal(await PlayedAsync(request), await PlayedAsync(request, preview));

        await expected.DisposeAsync();
        await expected.DisposeAsync();
        // The one that is played at the first time ends by itself.
        while (Processes.Children("expect-ffmpeg").Count > 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Preview_ThatIsCancelled_SaysSo()
    {
        using var cancellation = new CancellationTokenSource();
        var reading = _preview.PlayAsync(new PreviewRequest { Plan = Song, Seed = Seed }, cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await reading.MoveNextAsync());
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await reading.MoveNextAsync())
            {
                // What had come already.
            }
        });
        await reading.DisposeAsync();
    }

    [Fact]
    public async Task Previews_OneMoreThanMayPlay_EndTheOldestAndPlayTheNewest()
    {
        var request = new PreviewRequest { Plan = Song, Seed = Seed };
        var whole = (await PlayedAsync(request)).Length;
        var readings = Enumerable.Range(0, SketchPreview.MostAtOnce).Select(_ => _preview.PlayAsync(request, CancellationToken.None).GetAsyncEnumerator()).ToList();
        var oldest = 0;
        foreach (var reading in readings)
        {
            Assert.True(await reading.MoveNextAsync());
            oldest = reading == readings[0] ? reading.Current.Length : oldest;
        }

        Assert.Equal(whole, (await PlayedAsync(request)).Length);
        while (await readings[0].MoveNextAsync())
        {
            oldest += readings[0].Current.Length;
        }

        Assert.InRange(oldest, 1, whole - 1);
        foreach (var reading in readings)
        {
            await reading.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(4, null)]
    [InlineData(3, 2)]
    [InlineData(1, int.MaxValue)]
    public async Task Preview_OfSectionsThatAreNotThere_IsRefused(int first, int? count) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => PlayedAsync(new PreviewRequest { Plan = Song, Seed = Seed, FirstSection = first, SectionCount = count }));

    [Fact]
    public async Task Preview_WithoutAnEncoder_SaysWhatToDo()
    {
        var preview = new SketchPreview(new AudioEncoder(Options.Create(new FfmpegOptions { Path = "/nonexistent/ffmpeg" })));
        var exception = await Assert.ThrowsAsync<EncodingException>(async () =>
        {
            await foreach (var _ in preview.PlayAsync(new PreviewRequest { Plan = Song, Seed = Seed }, CancellationToken.None))
            {
                Assert.Fail("It played.");
            }
        });
        Assert.Contains("MusicRender:Ffmpeg:Path", exception.Message, StringComparison.Ordinal);
    }

    private async Task<byte[]> PlayedAsync(PreviewRequest request, SketchPreview? preview = null)
    {
        using var played = new MemoryStream();
        await foreach (var bytes in (preview ?? _preview).PlayAsync(request, CancellationToken.None))
        {
            await played.WriteAsync(bytes);
        }

        return played.ToArray();
    }

    private async Task<float[]> DecodedAsync(byte[] mp3)
    {
        var path = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.mp3");
        await File.WriteAllBytesAsync(path, mp3);
        var pcm = await Processes.RunAsync("ffmpeg", "-v", "error", "-i", path, "-f", "f32le", "-");
        return MemoryMarshal.Cast<byte, float>(pcm).ToArray();
    }

    private static float[] Samples(SongRenderer renderer)
    {
        var samples = new List<float>();
        for (int frames; (frames = renderer.Render()) > 0;)
        {
            samples.AddRange(renderer.Step(0, frames).Span);
        }

        return [.. samples];
    }

    private static double Correlation(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var sum = 0.0;
        for (var index = 0; index < one.Length; index++)
        {
            sum += (double)one[index] * other[index];
        }

        return sum / one.Length / SketchPlans.Rms(one) / SketchPlans.Rms(other);
    }
}
