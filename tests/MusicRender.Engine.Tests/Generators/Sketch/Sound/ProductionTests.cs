using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Synthesis;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch.Sound;

/// <summary>Production words, heard in the sound.</summary>
public sealed class ProductionTests
{
    private static readonly PartSet Pitched = PartSet.Of(Part.Chords, Part.Pad, Part.Lead, Part.Arpeggio);

    [Fact]
    public void Mix_ThatIsAskedWideOrMono_IsWiderOrNarrower()
    {
        var (narrow, usual, wide) = (Width("mono"), Width("plain"), Width("wide"));

        Assert.True(narrow < usual - 8, $"mono {narrow:0.0} dB, usual {usual:0.0} dB");
        Assert.InRange(wide, usual + 1.5, -1);

        static double Width(string word)
        {
            var samples = Play(word, Pitched);
            double middle = 0, side = 0;
            for (var index = 0; index < samples.Length; index += 2)
            {
                middle += Math.Pow(samples[index] + samples[index + 1], 2);
                side += Math.Pow(samples[index] - samples[index + 1], 2);
            }

            return 10 * Math.Log10(side / middle);
        }
    }

    [Fact]
    public void Song_OnAWornTape_HasLittleHighEnd()
    {
        var (plain, worn) = (Share(Play("plain", Pitched), 12_000), Share(Play("cassette", Pitched), 12_000));
        Assert.True(worn < plain - 4, $"plain {plain:0.0} dB, cassette {worn:0.0} dB");
    }

    [Fact]
    public void Song_OfFewBits_HasNoiseUnderItsTones()
    {
        // Between the tones of a chord there is nothing; steps fill it.
        var (plain, crushed) = (Share(Play("plain", Pitched), 14_000), Share(Play("8-bit", Pitched), 14_000));
        Assert.True(crushed > plain + 6, $"plain {plain:0.0} dB, 8-bit {crushed:0.0} dB");
    }

    [Fact]
    public void Song_ThatIsDriven_HasLowerCrests()
    {
        var (plain, driven) = (Crest(Play("plain", PartSet.Of(Part.Drums))), Crest(Play("distorted", PartSet.Of(Part.Drums))));
        Assert.True(driven < plain - 1, $"plain {plain:0.0} dB, distorted {driven:0.0} dB");
    }

    private static float[] Play(string word, PartSet parts) => SketchPlans.Layer(SketchPlans.Plan(["pop", word], ("Chorus", 6_000)), parts, seed: 3);

    private static double Crest(float[] samples) => SketchPlans.Decibels(samples.Max(Math.Abs) / SketchPlans.Rms(samples));

    /// <summary>What is above a frequency, dB of the whole.</summary>
    private static double Share(float[] samples, double hertz)
    {
        var mono = Listening.Mono(samples);
        var (high, same) = ((float[])mono.Clone(), (float[])mono.Clone());
        new Equalizer([.. Enumerable.Repeat(new Band(BandKind.LowCut, hertz), 4)]).Process(high, same);
        return SketchPlans.Decibels(SketchPlans.Rms(high) / SketchPlans.Rms(mono));
    }
}
