using System.Runtime.CompilerServices;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;

namespace MusicRender.Benchmarks.Socket;

/// <summary>A generator that answers at once with silence it holds in memory: what is left to measure is MusicRender itself.</summary>
internal sealed class InMemoryGenerator : IMusicGenerator
{
    /// <summary>The name in requests.</summary>
    public const string GeneratorName = "in-memory";

    /// <inheritdoc/>
    public string Name => GeneratorName;

    /// <inheritdoc/>
    public string DisplayName => "In memory";

    public bool IsReady => true;

    /// <summary>Never a queue: what waits would be the benchmark's own limit.</summary>
    public GeneratorCapabilities Capabilities { get; } = new() { IsLocal = true, OutputFormats = ["mp3_44100_128"], MaxConcurrency = int.MaxValue };

    /// <inheritdoc/>
    public async IAsyncEnumerable<GeneratorOutput> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return new GeneratorOutput.Metadata(new SongMetadata { Title = request.Composition.Title, Genres = ["silence"] });
        yield return new GeneratorOutput.Waveform([0]);
        yield return new GeneratorOutput.Encoded(SilentMp3.Of(request.Composition.DurationMs ?? 0));
        await Task.CompletedTask;
    }
}
