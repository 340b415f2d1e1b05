using System.Numerics.Tensors;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch;

public sealed class SketchStemTests
{
    private const int Seed = 5;

    [Theory]
    [InlineData(StemSet.Six, "house", "vinyl")]
    [InlineData(StemSet.Six, "cinematic", "choir")]
    [InlineData(StemSet.Six, "trap", "rain")]
    [InlineData(StemSet.Two, "electropop", "arpeggio")]
    [InlineData(StemSet.Two, "lo-fi", "vinyl")]
    public async Task Stems_AddedUp_AreTheTrack(StemSet set, params string[] styles)
    {
        var plan = SketchPlans.Plan(styles, ("Intro", 4_001), ("Verse", 6_000), ("Chorus", 7_777));
        var (_, track) = await SketchPlans.GenerateAsync(plan, Seed);

        var stems = await SeparateAsync(plan, set);

        var sum = new float[track.Length];
        foreach (var stem in stems.Values)
        {
            // To the frame.
            Assert.Equal(track.Length, stem.Length);
            TensorPrimitives.Add(sum, stem, sum);
        }

        TensorPrimitives.Subtract(sum, track, sum);
        var error = SketchPlans.Decibels(Math.Abs(TensorPrimitives.MaxMagnitude(sum)));
        Assert.True(error < -100, $"The largest difference is {error:0.0} dB.");
        Assert.True(SketchPlans.Decibels(TensorPrimitives.Max(track)) > -6);
    }

    [Fact]
    public async Task Stems_OfAFullArrangement_AreEachHeardAndDifferent()
    {
        var plan = SketchPlans.Plan(["electropop", "vinyl", "pad", "piano", "arpeggio", "synth lead"], ("Verse", 6_000), ("Chorus", 6_000));

        var six = await SeparateAsync(plan, StemSet.Six);
        var two = await SeparateAsync(plan, StemSet.Two);

        Assert.Equal(["drums", "bass", "harmony", "lead", "effects"], six.Keys);
        Assert.Equal(["melody", "backing"], two.Keys);
        Assert.All(six.Values, stem => Assert.True(SketchPlans.Decibels(SketchPlans.Rms(stem)) > -60));
        Assert.Equal(5, six.Values.Select(SketchPlans.Hash).Distinct().Count());
    }

    [Fact]
    public async Task Stems_ThatAreSilentThroughout_AreLeftOut()
    {
        var plan = SketchPlans.Plan(["house", "piano"], ("Verse", 6_000)) with { NegativeGlobalStyles = ["drums", "lead", "melody", "arpeggio", "pluck"] };

        var six = await SeparateAsync(plan, StemSet.Six);
        var two = await SeparateAsync(plan, StemSet.Two);

        Assert.DoesNotContain("drums", six.Keys);
        Assert.DoesNotContain("lead", six.Keys);
        Assert.NotEmpty(six);
        Assert.All(six.Values, stem => Assert.Contains(stem, sample => sample != 0));
        Assert.Equal(["backing"], two.Keys);
    }

    [Fact]
    public async Task Stems_OfASungSong_HaveTheVoiceByItself_AndAddUp()
    {
        var plan = SketchPlans.Sung(["electropop", "dry"], ("Verse", 5_000, ["Hold on to the light"]), ("Chorus", 5_000, ["We are alive tonight"]));
        var (_, track) = await SketchPlans.GenerateAsync(plan, Seed);
        var (_, again) = await SketchPlans.GenerateAsync(plan, Seed);

        var six = await SeparateAsync(plan, StemSet.Six);
        var two = await SeparateAsync(plan, StemSet.Two);

        Assert.Equal(SketchPlans.Hash(track), SketchPlans.Hash(again));
        Assert.Contains("voice", six.Keys);
        Assert.Equal(["vocals", "backing"], two.Keys);
        Assert.True(Difference(six["voice"], two["vocals"]) < -100);
        Assert.True(SketchPlans.Decibels(SketchPlans.Rms(two["vocals"])) > -35);
        var sum = new float[track.Length];
        TensorPrimitives.Add(two["vocals"], two["backing"], sum);
        Assert.True(Difference(sum, track) < -100);

        static double Difference(float[] one, float[] other) =>
            SketchPlans.Decibels(one.Zip(other).Max(pair => Math.Abs(pair.First - pair.Second)));
    }

    [Theory]
    [InlineData(StemSet.Two)]
    [InlineData(StemSet.Six)]
    public void Groups_HoldEveryPartOnce(StemSet set)
    {
        var groups = StemGroups.Of(set);

        Assert.All(Enum.GetValues<Part>(), part => Assert.Single(groups, group => group.Parts.Has(part)));
        Assert.InRange(groups.Count, 1, set == StemSet.Two ? 2 : 6);
        Assert.All(groups, group => Assert.Matches("^[a-z]+$", group.Name));
        Assert.Equal(groups.Count, groups.Select(group => group.Name).Distinct().Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public async Task Track_OfAnotherVersion_IsRefusedWithWhatToDo(string? version)
    {
        var request = RequestOf(SketchPlans.Plan(["pop"], ("Verse", 3_000)), StemSet.Two) with { GeneratorVersion = version };

        var outputs = await new SketchStemMaker().SeparateAsync(request, CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken);

        var failure = Assert.IsType<StemOutput.Failed>(Assert.Single(outputs)).Failure;
        Assert.Equal("This track was made by an older Sketch, which played it another way. Render it again to get stems.", failure.Message);
        Assert.Equal("generator_changed", failure.Reason);
    }

    [Fact]
    public async Task Progress_TellsOfNoMoreThanTheSoundThatHasCome()
    {
        var frames = 0L;
        var told = new List<long>();
        await foreach (var output in new SketchStemMaker().SeparateAsync(RequestOf(SketchPlans.Plan(["pop"], ("Verse", 4_000)), StemSet.Two), CancellationToken.None))
        {
            frames += output is StemOutput.Pcm pcm ? pcm.Samples.Length / PcmFormat.Channels : 0;
            if (output is StemOutput.Progress progress)
            {
                told.Add(progress.Done);
                Assert.Equal(4_000, progress.Total);
                Assert.Equal(PcmFormat.MillisecondsOf(frames / 2), progress.Done);
            }
        }

        Assert.Equal(told.Order(), told);
        Assert.Equal(4_000, told[^1]);
    }

    [Fact]
    public async Task Cancellation_EndsTheEnumeration()
    {
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var output in new SketchStemMaker().SeparateAsync(RequestOf(SketchPlans.Plan(["pop"], ("Verse", 60_000)), StemSet.Six), cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
    }

    private static async Task<OrderedDictionary<string, float[]>> SeparateAsync(CompositionPlan plan, StemSet set)
    {
        var stems = new OrderedDictionary<string, List<float>>();
        List<float>? current = null;
        await foreach (var output in new SketchStemMaker().SeparateAsync(RequestOf(plan, set), CancellationToken.None))
        {
            switch (output)
            {
                case StemOutput.Begin begin:
                    stems.TryAdd(begin.Name, []);
                    current = stems[begin.Name];
                    break;
                case StemOutput.Pcm pcm:
                    current!.AddRange(pcm.Samples.Span);
                    break;
                default:
                    Assert.IsType<StemOutput.Progress>(output);
                    break;
            }
        }

        return new OrderedDictionary<string, float[]>(stems.Select(stem => KeyValuePair.Create(stem.Key, stem.Value.ToArray())));
    }

    private static StemRequest RequestOf(CompositionPlan plan, StemSet set) => new()
    {
        Set = set,
        AudioPath = "/nowhere",
        FileName = "track.mp3",
        Composition = plan,
        Seed = Seed,
        DurationMs = plan.DurationMs!.Value,
        WorkFolder = "/nowhere",
        PaidPath = "/nowhere/paid.zip",
        GeneratorVersion = SketchGenerator.Version,
    };
}
