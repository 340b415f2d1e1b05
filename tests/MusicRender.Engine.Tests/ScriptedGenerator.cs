using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Tests;

/// <summary>A generator that does what the test says.</summary>
internal sealed class ScriptedGenerator : IMusicGenerator
{
    /// <summary>A second of a quiet A.</summary>
    public static readonly float[] Second = Sine(1_000);

    private int _capacity = 4;
    private bool _takesPrompts;

    /// <summary>What it gives; a tone of the plan's length unless the test says otherwise.</summary>
    public Func<GenerationRequest, CancellationToken, IAsyncEnumerable<GeneratorOutput>> OnGenerate { get; set; } = (request, _) => Tone(request.Composition.DurationMs ?? 3_000);

    public int Capacity { set => _capacity = value; }

    public bool TakesPrompts { set => _takesPrompts = value; }

    public bool IsLocal { get; set; } = true;

    public string Name => "scripted";

    public string DisplayName => "Scripted";

    public bool IsReady => true;

    public GeneratorCapabilities Capabilities => new() { IsLocal = IsLocal, Version = "version-1", MaxConcurrency = _capacity, TakesPrompts = _takesPrompts, OutputFormats = ["mp3_44100_192", "mp3_44100_64"] };

    public IAsyncEnumerable<GeneratorOutput> GenerateAsync(GenerationRequest request, CancellationToken ct) => OnGenerate(request, ct);

    public void Reset()
    {
        OnGenerate = (request, _) => Tone(request.Composition.DurationMs ?? 3_000);
        (_capacity, _takesPrompts, IsLocal) = (4, false, true);
    }

    /// <summary>Sound of exactly that length.</summary>
    public static async IAsyncEnumerable<GeneratorOutput> Tone(int milliseconds)
    {
        await Task.Yield();
        var left = PcmFormat.FramesOf(milliseconds) * PcmFormat.Channels;
        for (; left > 0; left -= Math.Min(left, Second.Length))
        {
            yield return new GeneratorOutput.Pcm(Second.AsMemory(0, (int)Math.Min(left, Second.Length)));
        }
    }

    /// <summary>Silence that is encoded already, about that long, in pieces.</summary>
    public static async IAsyncEnumerable<GeneratorOutput> Mp3(int milliseconds)
    {
        foreach (var piece in Audio.Mp3.Frames(milliseconds * 441 / 11_520).Chunk(8_000))
        {
            await Task.Yield();
            yield return new GeneratorOutput.Encoded(piece);
        }
    }

    /// <summary>A tone, interleaved stereo.</summary>
    public static float[] Sine(int milliseconds, float level = 0.25f)
    {
        var samples = new float[PcmFormat.FramesOf(milliseconds) * PcmFormat.Channels];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = level * MathF.Sin(2 * MathF.PI * 440f * (i / PcmFormat.Channels) / PcmFormat.SampleRate);
        }

        return samples;
    }
}

/// <summary>Plans of tests.</summary>
internal static class Plans
{
    public static CompositionPlan Short { get; } = new()
    {
        Title = "Night Drive",
        PositiveGlobalStyles = ["synthwave", "110 bpm"],
        Sections = [new PlanSection { SectionName = "Verse", DurationMs = 3_000, Lines = ["one light", "two lights"] }],
    };
}
