using CsCheck;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch;

public sealed class SketchGeneratorTests
{
    private const float HighestPeak = 0.9016f; // −0.9 dBFS

    [Theory]
    [InlineData(3_000)]
    [InlineData(3_001)]
    [InlineData(7_777)]
    public async Task Length_IsExactlyThePlans(int milliseconds)
    {
        var (_, samples) = await SketchPlans.GenerateAsync(SketchPlans.Plan(["pop"], ("Verse", milliseconds)));

        Assert.Equal(PcmFormat.FramesOf(milliseconds) * PcmFormat.Channels, samples.Length);
    }

    [Fact]
    public async Task Length_OfThirtySections_IsExactlyTheirSum()
    {
        var sections = Enumerable.Range(0, 30).Select(index => ($"Part {index}", 3_001)).ToArray();

        var (_, samples) = await SketchPlans.GenerateAsync(SketchPlans.Plan(["lo-fi"], sections));

        Assert.Equal(PcmFormat.FramesOf(30 * 3_001) * PcmFormat.Channels, samples.Length);
    }

    [Fact]
    public async Task Sound_OfSamePlanAndSeed_IsTheSameBitForBit()
    {
        var plan = SketchPlans.Plan(["indie rock", "vinyl", "flute"], ("Verse", 4_000), ("Chorus", 4_000));

        var (_, first) = await SketchPlans.GenerateAsync(plan, 5);
        var (_, second) = await SketchPlans.GenerateAsync(plan, 5);
        var (_, other) = await SketchPlans.GenerateAsync(plan, 6);

        Assert.Equal(SketchPlans.Hash(first), SketchPlans.Hash(second));
        Assert.NotEqual(SketchPlans.Hash(first), SketchPlans.Hash(other));
    }

    [Theory]
    [InlineData("pop")]
    [InlineData("trap")]
    [InlineData("cinematic")]
    [InlineData("rock")]
    [InlineData("ambient")]
    [InlineData("jazz")]
    public async Task Sound_OfGenre_IsAudibleUnclippedAndEndsSilently(string style)
    {
        var (_, samples) = await SketchPlans.GenerateAsync(SketchPlans.Plan([style], ("Verse", 5_000), ("Chorus", 6_000)));

        Assert.All(samples, sample => Assert.True(float.IsFinite(sample)));
        Assert.InRange(samples.Max(Math.Abs), 0.1f, HighestPeak);
        Assert.InRange(SketchPlans.Decibels(SketchPlans.Rms(samples.AsSpan(0, 10 * 44_100))), -26, -8);
        Assert.InRange(Math.Abs(samples.Average()), 0, 0.001);
        Assert.True(Math.Abs(samples[0]) < 0.001f && Math.Abs(samples[1]) < 0.001f);
        Assert.True(SketchPlans.Rms(samples.AsSpan(samples.Length - 200)) < 0.001);
    }

    [Fact]
    public async Task Sections_AreAllAudible_AndChorusesLouderThanVerses()
    {
        var (_, samples) = await SketchPlans.GenerateAsync(
            SketchPlans.Plan(["electropop", "120 bpm"], ("Intro", 4_000), ("Verse", 8_000), ("Chorus", 8_000), ("Outro", 6_000)));

        var intro = SketchPlans.Decibels(SketchPlans.Rms(Part(samples, 0, 4_000)));
        var verse = SketchPlans.Decibels(SketchPlans.Rms(Part(samples, 4_000, 12_000)));
        var chorus = SketchPlans.Decibels(SketchPlans.Rms(Part(samples, 12_000, 20_000)));
        var outro = SketchPlans.Decibels(SketchPlans.Rms(Part(samples, 20_000, 24_000)));

        Assert.True(Math.Min(intro, outro) > -40, $"intro {intro:0.0} dB, outro {outro:0.0} dB");
        Assert.True(chorus > verse + 2, $"verse {verse:0.0} dB, chorus {chorus:0.0} dB");
    }

    [Fact]
    public async Task Sound_WithAlmostEverythingRefused_IsStillHeard()
    {
        var plan = SketchPlans.Plan(["pop"], ("A", 8_000)) with
        {
            NegativeGlobalStyles = ["drums", "bass", "lead", "pad", "melody", "chords", "piano", "synth", "guitar", "strings", "vocals", "keys", "harmony", "percussion", "music", "everything"],
        };

        var (_, samples) = await SketchPlans.GenerateAsync(plan, seed: 7);

        Assert.InRange(SketchPlans.Decibels(SketchPlans.Rms(samples)), -45, -8);
    }

    [Fact]
    public void Drums_Refused_AreSilent()
    {
        var plan = SketchPlans.Plan(["house"], ("Drop", 4_000));
        var drums = PartSet.Of(Engine.Generators.Sketch.Reading.Part.Drums);

        var refused = SketchPlans.Layer(plan with { NegativeGlobalStyles = ["drums"] }, drums);
        var played = SketchPlans.Layer(plan, drums);

        Assert.All(refused, sample => Assert.Equal(0, sample));
        Assert.True(SketchPlans.Rms(played) > 0.01);
    }

    [Theory]
    [InlineData("E major", 4, false)]
    [InlineData("A minor", 9, true)]
    public void Harmony_SoundsInTheKey(string key, int tonic, bool isMinor)
    {
        var plan = SketchPlans.Plan(["piano", "pop", key], ("Verse", 10_000));
        var harmony = PartSet.Of(Engine.Generators.Sketch.Reading.Part.Chords, Engine.Generators.Sketch.Reading.Part.Pad);

        var chroma = Spectrum.Chroma(SketchPlans.Layer(plan, harmony));

        var scale = MusicalKey.ScaleOf(isMinor ? Mode.Minor : Mode.Major).ToArray().Select(step => (tonic + step) % 12).ToHashSet();
        var inKey = chroma.Where((_, pitchClass) => scale.Contains(pitchClass)).Sum();
        Assert.True(inKey > 0.85 * chroma.Sum(), $"{inKey / chroma.Sum():P0} of the energy is in {key}");
    }

    [Theory]
    [InlineData(Timbre.Piano)]
    [InlineData(Timbre.AcousticGuitar)]
    [InlineData(Timbre.ElectricPiano)]
    [InlineData(Timbre.Strings)]
    [InlineData(Timbre.Flute)]
    internal void Timbre_PlaysItsPitch(Timbre timbre)
    {
        var cents = Spectrum.CentsOff(timbre, pitch: 69);

        Assert.InRange(cents, -8, 8);
    }

    [Theory]
    [InlineData("house", 124)]
    [InlineData("rock", 96)]
    [InlineData("electropop", 118)]
    public void Onsets_RepeatAtTheAskedTempo(string genre, double bpm)
    {
        var plan = SketchPlans.Plan([genre, $"{bpm} bpm"], ("Chorus", 15_000));

        var heard = Spectrum.Tempo(SketchPlans.Layer(plan, PartSet.All), bpm);

        Assert.InRange(heard / bpm, 0.97, 1.03);
    }

    [Fact]
    public async Task Outputs_BeginWithMetadata_AndTellTrueProgress()
    {
        var (outputs, samples) = await SketchPlans.GenerateAsync(SketchPlans.Plan(["pop", "120 bpm", "E major", "happy"], ("Verse", 4_000), ("Chorus", 4_000)));

        var song = Assert.IsType<GeneratorOutput.Metadata>(outputs[0]).Song;
        Assert.Equal(("Test", 120.0, "E major"), (song.Title, song.Bpm!.Value, song.Key));
        Assert.Contains("happy", song.Moods);
        var progress = outputs.OfType<GeneratorOutput.Progress>().ToList();
        Assert.InRange(progress.Count, 4, 8);
        Assert.Equal(progress.OrderBy(step => step.DoneMs), progress);
        Assert.All(progress, step => Assert.Equal(8_000, step.TotalMs));
        Assert.Equal(new GeneratorOutput.Progress(8_000, 8_000, "Section 2 of 2, 8 s of 8 s generated"), progress[^1]);

        // Each progress tells of no more than the sound that has come before it.
        var frames = 0L;
        foreach (var output in outputs)
        {
            frames += output is GeneratorOutput.Pcm pcm ? pcm.Samples.Length / PcmFormat.Channels : 0;
            if (output is GeneratorOutput.Progress step)
            {
                Assert.Equal(PcmFormat.MillisecondsOf(frames), step.DoneMs);
            }
        }

        Assert.Equal(frames * PcmFormat.Channels, samples.Length);
    }

    [Fact]
    public async Task Understood_BeforeTheRender_IsWhatTheRenderSays()
    {
        var generator = new SketchGenerator(new SketchOptions());
        var plan = SketchPlans.Plan(["house", "wide", "dark"], ("Verse", 4_000));

        var (outputs, _) = await SketchPlans.GenerateAsync(plan, seed: 9);

        Assert.Equal(Assert.IsType<GeneratorOutput.Metadata>(outputs[0]).Song.Understood, generator.Understand(plan, 9));
        Assert.Contains("minor key", generator.Understand(plan, null));
        Assert.Contains("E major", generator.Understand(plan with { PositiveGlobalStyles = ["E major"] }, null));
        Assert.Empty(generator.Understand(plan with { Sections = [] }, null));
    }

    [Fact]
    public async Task Cancellation_EndsTheEnumeration()
    {
        using var cancellation = new CancellationTokenSource();
        var generator = new SketchGenerator(new SketchOptions());
        var blocks = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var output in generator.GenerateAsync(SketchPlans.Request(SketchPlans.Plan(["pop"], ("Verse", 60_000))), cancellation.Token))
            {
                if (output is GeneratorOutput.Pcm)
                {
                    blocks++;
                    await cancellation.CancelAsync();
                }
            }
        });

        Assert.Equal(1, blocks);
    }

    [Fact]
    public async Task Sound_OfPlanWithoutAnyStyle_IsMusic()
    {
        var (_, samples) = await SketchPlans.GenerateAsync(SketchPlans.Plan([], ("x", 4_000)));

        Assert.True(SketchPlans.Rms(samples) > 0.03);
    }

    [Fact]
    public void Score_OfAnyValidPlan_IsMade()
    {
        string[] words =
        [
            "", " ", "no", "no drums", "without", "🎵🎶", "メタル", "техно 140 bpm", "موسيقى هادئة", "a", "b minor", "major", "###", "6/8", "7/8", "5/4", "12/8",
            "0 bpm", "99999 bpm", "1-2 bpm", "C♯ minor", "phrygian", "lydian", "half-time", "solo piano", "only bass", "funk", "trap", "jazz", "ambient", "808", "rain", "swing",
        ];
        var style = Gen.OneOf(Gen.OneOf(words), Gen.String[0, 30]);
        var section =
            from name in Gen.OneOf(Gen.OneOf("Intro", "Chorus", "Bridge", "Outro", "Loop", "?"), Gen.String[1, 20])
            from wanted in style.Array[0, 3]
            from unwanted in style.Array[0, 2]
            from milliseconds in Gen.Int[3_000, 12_000]
            select new PlanSection { SectionName = name, PositiveLocalStyles = wanted, NegativeLocalStyles = unwanted, DurationMs = milliseconds };
        var plan =
            from wanted in style.Array[0, 5]
            from unwanted in style.Array[0, 3]
            from sections in section.Array[1, 5]
            select new CompositionPlan { PositiveGlobalStyles = wanted, NegativeGlobalStyles = unwanted, Sections = sections };

        Gen.Select(plan, Gen.Int[0, PlanLimits.MaxSeed]).Sample(
            (any, seed) =>
            {
                var score = SketchPlans.ScoreOf(any, seed);
                Assert.Equal(PcmFormat.FramesOf(any.DurationMs!.Value), score.Frames);
                Assert.True(score.Notes.Length > 0, "Nobody plays.");
                Assert.DoesNotContain(score.Notes, note => note.Start < 0 || note.Length <= 0 || note.Start + note.Length > score.Frames || note.Pitch is <= 20 or >= 110);
            },
            print: failed => $"{PlanJson.ToCompactText(failed.Item1)}, seed {failed.Item2}",
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void Capabilities_SayThatItIsLocal()
    {
        var capabilities = new SketchGenerator(new SketchOptions { MaxConcurrency = 3 }).Capabilities;

        Assert.True(capabilities.IsLocal);
        Assert.False(capabilities.TakesPrompts);
        Assert.Equal(3, capabilities.MaxConcurrency);
        Assert.Equal("mp3_44100_192", capabilities.OutputFormats[0]);
    }

    private static ReadOnlySpan<float> Part(float[] samples, int fromMs, int toMs) =>
        samples.AsSpan((int)PcmFormat.FramesOf(fromMs) * 2, (int)PcmFormat.FramesOf(toMs - fromMs) * 2);
}
