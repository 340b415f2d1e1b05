using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Tests.Server;

/// <summary>What a scripted render gives.</summary>
internal delegate IAsyncEnumerable<GeneratorOutput> Script(GenerationRequest request, CancellationToken ct);

/// <summary>Plays a script for each title that has one; any other title gets a short silent track at once.</summary>
internal sealed class ScriptedGenerator(string name, string displayName, bool isLocal, int maxConcurrency) : IMusicGenerator
{
    private readonly ConcurrentDictionary<string, Script> _scripts = new(StringComparer.Ordinal);

    public string Name => name;

    public string DisplayName => displayName;

    public bool IsReady => true;

    public GeneratorCapabilities Capabilities { get; } = new() { IsLocal = isLocal, OutputFormats = ["mp3_44100_192"], MaxConcurrency = maxConcurrency };

    public void On(string title, Script script) => _scripts[title] = script;

    public IAsyncEnumerable<GeneratorOutput> GenerateAsync(GenerationRequest request, CancellationToken ct) =>
        _scripts.GetValueOrDefault(request.Composition.Title ?? "", Scripts.Silence)(request, ct);
}

/// <summary>Scripts that tests share.</summary>
internal static class Scripts
{
    /// <summary>A waveform that rises.</summary>
    public static readonly GeneratorOutput Rising = new GeneratorOutput.Waveform([.. Enumerable.Range(0, 100).Select(i => i / 100f)]);

    /// <summary>Three seconds of silence, in one piece.</summary>
    public static async IAsyncEnumerable<GeneratorOutput> Silence(GenerationRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Yield();
        yield return Rising;
        yield return new GeneratorOutput.Encoded(SilentMp3.OfSeconds(3));
    }

    /// <summary>Fails in the way that generators say so.</summary>
    public static Script Failing(string message, string reason) => (_, _) => Of(new GeneratorOutput.Failed(RenderFailure.Server(message, reason)));

    /// <summary>Has a bug.</summary>
    public static Script Throwing(string message) => (_, _) => throw new InvalidOperationException(message);

    /// <summary>Gives these, one after the other.</summary>
    public static Script Giving(params GeneratorOutput[] outputs) => (_, _) => Of(outputs);

    private static async IAsyncEnumerable<GeneratorOutput> Of(params GeneratorOutput[] outputs)
    {
        await Task.Yield();
        foreach (var output in outputs)
        {
            yield return output;
        }
    }
}

/// <summary>A render that waits half-way until the test lets it go on.</summary>
internal sealed class PausedScript
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The audio before the pause.</summary>
    public byte[] Before { get; } = SilentMp3.OfSeconds(1);

    /// <summary>The audio after it.</summary>
    public byte[] After { get; } = SilentMp3.OfSeconds(2);

    /// <summary>All of it.</summary>
    public byte[] Whole => [.. Before, .. After];

    /// <summary>Ends when the render has come to the pause.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void GoOn() => _goOn.TrySetResult();

    /// <summary>The script.</summary>
    public async IAsyncEnumerable<GeneratorOutput> Play(GenerationRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return Scripts.Rising;
        yield return new GeneratorOutput.Encoded(Before);
        _reached.TrySetResult();
        await _goOn.Task.WaitAsync(ct);
        yield return new GeneratorOutput.Progress(2000, 3000, "Two thirds are there");
        yield return new GeneratorOutput.Encoded(After);
    }
}

/// <summary>MP3 frames of silence: MPEG 1, layer III, 44.1 kHz, 192 kbit/s.</summary>
internal static class SilentMp3
{
    private const int FrameBytes = 626;
    private const double FramesPerSecond = 44_100 / 1152.0;

    public static byte[] OfSeconds(double seconds)
    {
        var frames = (int)Math.Round(seconds * FramesPerSecond);
        var bytes = new byte[frames * FrameBytes];
        for (var frame = 0; frame < frames; frame++)
        {
            ReadOnlySpan<byte> header = [0xFF, 0xFB, 0xB0, 0x00];
            header.CopyTo(bytes.AsSpan(frame * FrameBytes));
        }

        return bytes;
    }
}
