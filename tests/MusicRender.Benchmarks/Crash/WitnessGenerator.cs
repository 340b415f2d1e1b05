using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.Sketch;

namespace MusicRender.Benchmarks.Crash;

/// <summary>
/// Sketch, with somebody who writes down who plays what and when, into a file that all processes share: whether a render ever ran twice at once
/// is asked of that file, not of the program's own word.
/// </summary>
internal sealed class WitnessGenerator : IMusicGenerator
{
    /// <summary>The name in requests.</summary>
    public const string GeneratorName = "witness";

    /// <summary>The variable that names the file.</summary>
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
        using var log = new FileStream(Environment.GetEnvironmentVariable(Variable)!, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0);
        var run = Guid.NewGuid().ToString("N");
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

    /// <summary>A line is written in one call, so that it stays whole whoever else writes.</summary>
    private static void Write(FileStream log, string title, string run) =>
        log.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetTimestamp()} {Environment.ProcessId} {run} {title}\n")));
}
