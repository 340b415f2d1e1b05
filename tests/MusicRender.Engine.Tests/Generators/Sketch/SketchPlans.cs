using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Synthesis;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Tests.Generators.Sketch;

/// <summary>Plans to play, and what comes out of them.</summary>
internal static class SketchPlans
{
    public static CompositionPlan Plan(string[] styles, params (string Name, int Ms)[] sections) => new()
    {
        Title = "Test",
        PositiveGlobalStyles = styles,
        Sections = [.. sections.Select(section => new PlanSection { SectionName = section.Name, DurationMs = section.Ms })],
    };

    /// <summary>A plan whose sections are sung.</summary>
    public static CompositionPlan Sung(string[] styles, params (string Name, int Ms, string[] Lines)[] sections) => new()
    {
        Title = "Test",
        PositiveGlobalStyles = styles,
        Sections = [.. sections.Select(section => new PlanSection { SectionName = section.Name, DurationMs = section.Ms, Lines = section.Lines })],
    };

    public static SongReading Read(params string[] styles) => StyleReader.Read(Plan(styles, ("Verse", 8_000), ("Chorus", 8_000)), 1);

    public static Score ScoreOf(CompositionPlan plan, int seed = 1) => Arranger.Arrange(StyleReader.Read(plan, seed), seed);

    public static GenerationRequest Request(Composition plan, int seed = 1) =>
        new() { Composition = plan, Seed = seed, OutputFormat = "mp3_44100_192" };

    /// <summary>All outputs of the generator; the sound, interleaved, is copied out of the reused blocks.</summary>
    public static async Task<(List<GeneratorOutput> Outputs, float[] Samples)> GenerateAsync(Composition plan, int seed = 1)
    {
        var outputs = new List<GeneratorOutput>();
        var samples = new List<float>();
        await foreach (var output in new SketchGenerator(new SketchOptions()).GenerateAsync(Request(plan, seed), CancellationToken.None))
        {
            outputs.Add(output);
            if (output is GeneratorOutput.Pcm pcm)
            {
                samples.AddRange(pcm.Samples.Span);
            }
        }

        return (outputs, [.. samples]);
    }

    /// <summary>One layer of a song, interleaved.</summary>
    public static float[] Layer(CompositionPlan plan, PartSet parts, int seed = 1)
    {
        var score = ScoreOf(plan, seed);
        var renderer = new SongRenderer(score, parts);
        var samples = new List<float>();
        for (int frames; (frames = renderer.Render()) > 0;)
        {
            samples.AddRange(renderer.Step(0, frames).Span);
        }

        return [.. samples];
    }

    public static string Hash(float[] samples) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(samples.AsSpan())));

    public static double Rms(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
        {
            sum += (double)sample * sample;
        }

        return Math.Sqrt(sum / Math.Max(1, samples.Length));
    }

    public static double Decibels(double linear) => 20 * Math.Log10(Math.Max(linear, 1e-12));
}
