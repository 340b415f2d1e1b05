using System.Numerics.Tensors;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Reading.Genres;
using MusicRender.Engine.Generators.Sketch.Synthesis;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch.Sound;

/// <summary>The finished mix, heard with ffmpeg: loudness, peaks, constant part, mono, balance, choruses over verses.</summary>
public sealed class MixTests
{
    public static TheoryData<string> Genres => [.. Catalogue.All.Select(genre => genre.Name)];

    public static TheoryData<string> QuickStarts => [.. Presets.QuickStarts.Select(start => start.Name)];

    [Theory]
    [MemberData(nameof(QuickStarts))]
    public async Task QuickStart_IsAsLoudAsEveryOther_AndHasNoPeaks(string name)
    {
        var start = Presets.QuickStarts.First(known => known.Name == name);
        var ct = TestContext.Current.CancellationToken;
        var prompt = await new PresetPromptWriter().WriteAsync(
            new PromptRequest { ProjectBlueprint = start.Blueprint, SoundProfile = start.Sound, DeliveryAndControl = start.Delivery, UserNarrative = start.StoryExample }, ct);
        var written = await new OwnPlanWriter().WriteAsync(new PlanRequest { Prompt = prompt.Prompt, Title = prompt.Title, MusicLengthMs = 60_000, Seed = 1 }, ct);

        await AssertMixAsync(written.Plan);
    }

    [Theory]
    [InlineData(30_000, "ambient", "sparse", "slow")]
    [InlineData(40_000, "metal", "loud")]
    [InlineData(5_000, "solo piano")]
    [InlineData(3_000, "chiptune")]
    [InlineData(20_000, "trap", "808")]
    [InlineData(12_000)]
    [InlineData(15_000, "flurbish gronk", "zzzz", "42")]
    [InlineData(18_000, "静かなピアノ", "夜")]
    [InlineData(100_000, "drone", "no drums")]
    [InlineData(60_000, "ambient", "rain", "no drums", "very slow")]
    public async Task Plan_OfAnyKind_IsAsLoudAsEveryOther_AndHasNoPeaks(int milliseconds, params string[] styles) =>
        await AssertMixAsync(SketchPlans.Plan(styles, ("Part", milliseconds)));

    [Theory]
    [InlineData("folk", "Der Regen fällt auf unser Dach", "Wir liegen still und sind noch wach")]
    [InlineData("salsa", "Baila conmigo toda la noche", "La luna llena sobre el mar")]
    public async Task SungPlan_IsAsLoudAsEveryOther_AndHasNoPeaks(string style, params string[] lines) =>
        await AssertMixAsync(SketchPlans.Sung([style], ("Verse", 9_000, lines), ("Chorus", 9_000, lines)));

    [Theory]
    [MemberData(nameof(Genres))]
    public async Task Song_OfAnyGenre_IsAsLoudAsEveryOther_AndItsChorusesAreTwoUnitsAboveItsVerses(string genre)
    {
        const int second = PcmFormat.SampleRate * PcmFormat.Channels;
        var samples = await AssertMixAsync(SketchPlans.Plan([genre], ("Verse", 6_000), ("Chorus", 6_000), ("Verse", 6_000), ("Chorus", 9_000)));

        // The last chorus may fade away.
        var chorus = Loudness(samples.AsSpan(6 * second, 6 * second));
        var verse = Loudness(samples.AsSpan(12 * second, 6 * second));

        Assert.True(chorus >= verse + 2, $"chorus {chorus:0.0} LUFS, verse {verse:0.0} LUFS");
    }

    [Theory]
    [InlineData("trap")]
    [InlineData("rock")]
    [InlineData("synthwave")]
    public void Bass_StandsInTheMiddle(string style)
    {
        var bass = SketchPlans.Layer(SketchPlans.Plan([style, "bass"], ("Chorus", 6_000)), PartSet.Of(Part.Bass));

        var (middle, side) = MiddleAndSide(bass);
        Assert.True(SketchPlans.Rms(middle) > 0.005);
        Assert.True(SketchPlans.Decibels(SketchPlans.Rms(side)) < SketchPlans.Decibels(SketchPlans.Rms(middle)) - 26);
    }

    /// <summary>Lowest and highest level, dB of the whole: below 150 Hz, above 2 kHz.</summary>
    [Theory]
    [InlineData("electropop", -8, -1.5, -18, -6)]
    [InlineData("trap", -6, -0.5, -19, -6)]
    [InlineData("house", -6, -1, -19, -6)]
    [InlineData("rock", -9, -2, -13, -3)]
    [InlineData("jazz", -16, -3, -17, -5)]
    [InlineData("folk", -13, -3, -16, -5)]
    [InlineData("cinematic", -9, -1, -21, -8)]
    [InlineData("lo-fi", -10, -2, -20, -7)]
    public async Task Balance_OfAGenre_IsWithinItsBands(string style, double leastLow, double mostLow, double leastHigh, double mostHigh)
    {
        var (_, samples) = await SketchPlans.GenerateAsync(SketchPlans.Plan([style], ("Verse", 8_000), ("Chorus", 8_000)));

        var bands = Spectrum.Levels(samples, [150, 2_000]);
        Assert.InRange(bands[0], leastLow, mostLow);
        Assert.InRange(bands[2], leastHigh, mostHigh);
    }

    [Fact]
    public void Limiter_LeavesNoTruePeakAboveItsCeiling()
    {
        // A quarter of the sample rate, half-way between its zeros: the samples stand 3 dB below the wave.
        var wave = Enumerable.Range(0, 44_032).Select(frame => 1.6f * MathF.Sin((frame * MathF.PI / 2) + (MathF.PI / 4)) * Math.Min(1, frame / 4_000f)).ToArray();
        var limiter = new Limiter();
        var limited = new float[wave.Length];
        var gains = new float[Mixer.BlockFrames];
        for (var from = 0; from < wave.Length; from += gains.Length)
        {
            limiter.Process(wave.AsSpan(from, gains.Length), wave.AsSpan(from, gains.Length), gains);
            for (var index = 0; index < gains.Length; index++)
            {
                limited[from + index] = from + index < Limiter.Latency ? 0 : wave[from + index - Limiter.Latency] * gains[index];
            }
        }

        var peak = 0f;
        var peaks = new float[Mixer.BlockFrames];
        var measure = new TruePeaks();
        for (var from = 0; from < limited.Length; from += peaks.Length)
        {
            measure.Measure(limited.AsSpan(from, peaks.Length), limited.AsSpan(from, peaks.Length), peaks);
            peak = Math.Max(peak, TensorPrimitives.Max(peaks));
        }

        Assert.InRange(peak, 0.95f * Limiter.Ceiling, 1.01f * Limiter.Ceiling);
    }

    private static async Task<float[]> AssertMixAsync(CompositionPlan plan)
    {
        var (_, samples) = await SketchPlans.GenerateAsync(plan);

        var (lufs, truePeak, constant) = await Ffmpeg.MeasureAsync(samples);
        Assert.InRange(lufs, -14.5, -13.5);
        Assert.InRange(truePeak, -12, -1);
        Assert.InRange(constant, -0.0005, 0.0005);
        var (middle, side) = MiddleAndSide(samples);

        // In mono nothing is lost: the sides hold less than the middle.
        Assert.True(SketchPlans.Rms(side) < SketchPlans.Rms(middle));
        return samples;
    }

    private static double Loudness(ReadOnlySpan<float> samples)
    {
        var (left, right) = (new float[samples.Length / 2], new float[samples.Length / 2]);
        for (var frame = 0; frame < left.Length; frame++)
        {
            (left[frame], right[frame]) = (samples[2 * frame], samples[(2 * frame) + 1]);
        }

        var steps = new LoudnessSteps(left.Length);
        steps.Add(left, right);
        return LoudnessMeter.Integrated(steps.Steps);
    }

    private static (float[] Middle, float[] Side) MiddleAndSide(float[] samples)
    {
        var (middle, side) = (new float[samples.Length / 2], new float[samples.Length / 2]);
        for (var frame = 0; frame < middle.Length; frame++)
        {
            (middle[frame], side[frame]) = ((samples[2 * frame] + samples[(2 * frame) + 1]) / 2, (samples[2 * frame] - samples[(2 * frame) + 1]) / 2);
        }

        return (middle, side);
    }
}
