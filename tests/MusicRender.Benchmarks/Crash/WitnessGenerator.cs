using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.Sketch;

namespace MusicRender.Benchmarks.Crash;

/// <summary>
/// Sketch, with somebody who writes down who plays what and when, into a file a run: whether a render ever ran twice at once is asked of
/// those files, not of the program's own word.
/// </summary>
internal sealed class WitnessGenerator : IMusicGenerator
{
    /// <summary>The name in requests.</summary>
    public const string GeneratorName = "witness";

    /// <summary>The variable that names their folder.</summary>
    public const string Variable = "MUSICRENDER_WITNESS";

    private readonly SketchGenerator _sketch = new(new SketchOptions());

    /// <inheritdoc/>
    public string Name => GeneratorName;

    /// <inheritdoc/>
    public string DisplayName => "Sketch, watched";

    /// <inheritdoc/>
    public bool IsReady => true;

    /// <inheritdoc/>
    public GeneratorCapabilities Capabilities => _sketch.Capabilities;

    /// <inheritdoc/>
    public async IAsyncEnumerable<GeneratorOutput> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        var run = Guid.NewGuid().ToString("N");
        using var log = new FileStream(Path.Combine(Environment.GetEnvironmentVariable(Variable)!, run), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 0);
        Write(log, request.Composition.Title!, run);
        await foreach (var output in _sketch.GenerateAsync(request, ct))
        {
            yield return output;
            if (output is GeneratorOutput.Progress)
            {
                Write(log, request.Composition.Title!, run);
            }
        }
    }

    /// <summary>A line is written in one call: what a killed process has said is whole.</summary>
    private static void Write(FileStream log, string title, string run) =>
        log.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetTimestamp()} {Environment.ProcessId} {run} {title}\n")));
}
