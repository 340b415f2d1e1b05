using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Synthesis;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch.Sound;

/// <summary>The song as a whole: its seams, and what it costs to play.</summary>
public sealed class RendererTests
{
    [Theory]
    [InlineData("house", "loop")]
    [InlineData("lo-fi", "loop", "vinyl")]
    [InlineData("ambient", "loop", "pad")]
    public async Task Loop_MeetsItsStartWithoutASeam(params string[] styles)
    {
        var plan = SketchPlans.Plan(styles, ("Loop", 16_000));
        Assert.Equal(Ending.Loop, SketchPlans.ScoreOf(plan).Ending);

        var (_, samples) = await SketchPlans.GenerateAsync(plan);

        var left = Listening.Mono(samples);
        var circle = (float[])[.. left[^8_192..], .. left[..8_192]];

        // In the wave: the step over the seam is one as others are.
        var steps = left.Zip(left.Skip(1), (one, next) => Math.Abs(next - one)).ToArray();
        Assert.True(Math.Abs(left[0] - left[^1]) <= steps.Max(), "the wave jumps");
        var bends = left.Skip(1).Zip(left.Zip(left.Skip(2)), (middle, sides) => Math.Abs(sides.First + sides.Second - (2 * middle))).ToArray();
        var bend = Math.Max(Math.Abs(circle[8_190] + circle[8_192] - (2 * circle[8_191])), Math.Abs(circle[8_191] + circle[8_193] - (2 * circle[8_192])));
        Assert.True(bend <= bends.Max(), "the wave has a corner");

        // In the spectrum: no more that is high around the seam than around the beats elsewhere.
        var high = Spectrum.High(circle, 6_000);
        var elsewhere = Spectrum.High(left, 6_000);
        Assert.True(SketchPlans.Rms(high.AsSpan(8_192 - 128, 256)) <= 1.05 * Enumerable.Range(0, (elsewhere.Length / 256) - 1).Max(part => SketchPlans.Rms(elsewhere.AsSpan(part * 256, 256))));

        // In level: there is sound on both sides, as loud as before a bar elsewhere.
        Assert.True(SketchPlans.Rms(left.AsSpan(left.Length - 4_410)) > 0.2 * SketchPlans.Rms(left));
    }

    [Fact]
    public void Sections_MeetWithoutAClick()
    {
        var plan = SketchPlans.Plan(["ambient", "pad", "strings"], ("Verse", 6_000), ("Chorus", 6_000), ("Verse", 6_000)) with
        {
            NegativeGlobalStyles = ["drums", "percussion", "piano", "bells", "arpeggio"],
        };

        var mono = Listening.Mono(SketchPlans.Layer(plan, PartSet.All));

        var high = Spectrum.High(mono, 8_000);
        var usual = Enumerable.Range(0, high.Length / 512).Select(part => SketchPlans.Rms(high.AsSpan(part * 512, 512))).Max();
        foreach (var border in (ReadOnlySpan<int>)[6 * 44_100, 12 * 44_100])
        {
            Assert.True(SketchPlans.Rms(high.AsSpan(border - 32, 64)) <= 2 * usual);
        }
    }

    [Theory]
    [InlineData("electropop", "piano", "arpeggio")]
    [InlineData("lo-fi", "vinyl")]
    [InlineData("metal")]
    public void Rendering_AllocatesNothing(params string[] styles)
    {
        var renderer = new SongRenderer(SketchPlans.ScoreOf(SketchPlans.Plan(styles, ("Verse", 10_000), ("Chorus", 10_000))), PartSet.All);
        renderer.Render();

        var before = GC.GetAllocatedBytesForCurrentThread();
        while (renderer.Render() > 0)
        {
        }

        // A collection in another thread counts the rest of this one's allocation context, up to 8 KB, as allocated. An object a block
        // would come to more than 40 KB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024);
    }
}
