using System.Runtime.CompilerServices;
using MusicRender.Benchmarks.Socket;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;

namespace MusicRender.Benchmarks.Studio;

/// <summary>A generator that works twice as long as its song, tells of it twenty times a second, and costs nothing: what is left to measure is the watching.</summary>
internal sealed class PacedGenerator : IMusicGenerator
{
    /// <summary>The name in requests.</summary>
    public const string GeneratorName = "paced";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public string Name => GeneratorName;

    public string DisplayName => "Paced";

    public bool IsReady => true;

    public GeneratorCapabilities Capabilities { get; } = new() { IsLocal = true, OutputFormats = ["mp3_44100_128"], MaxConcurrency = int.MaxValue };

    public async IAsyncEnumerable<GeneratorOutput> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        var total = request.Composition.DurationMs ?? 0;
        yield return new GeneratorOutput.Metadata(new SongMetadata { Title = request.Composition.Title });
        using var timer = new PeriodicTimer(Step);
        for (var done = 0; done < total && await timer.WaitForNextTickAsync(ct); done += (int)Step.TotalMilliseconds / 2)
        {
            yield return new GeneratorOutput.Progress(done, total, $"{done} ms of {total} ms generated");
        }

        yield return new GeneratorOutput.Waveform([0]);
        yield return new GeneratorOutput.Encoded(SilentMp3.Of(total));
    }
}
