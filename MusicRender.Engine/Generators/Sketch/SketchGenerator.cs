using System.Buffers;
using System.Runtime.CompilerServices;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Synthesis;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.Sketch;

/// <summary>
/// The built-in generator: reads the plan's words, arranges a score, synthesizes it. Needs no key, no model and no
/// samples; the same plan and seed give the same sound, bit for bit.
/// </summary>
public sealed class SketchGenerator(SketchOptions options) : IMusicGenerator
{
    private const int BlockFrames = 8192;

    /// <inheritdoc/>
    public string Name => "sketch";

    /// <inheritdoc/>
    public string DisplayName => "Sketch";

    /// <inheritdoc/>
    public bool IsReady => true;

    /// <inheritdoc/>
    public GeneratorCapabilities Capabilities { get; } = new()
    {
        IsLocal = true,
        TakesPrompts = false,
        OutputFormats = ["mp3_44100_192", "mp3_44100_128", "mp3_44100_96", "mp3_44100_64"],
        MaxConcurrency = options.MaxConcurrency,
    };

    /// <summary>
    /// Generates: first what was understood, then sound in blocks of <c>8192</c> frames (the last one shorter) with a
    /// progress message after each second of music. Computes on the caller's thread, one block a step.
    /// </summary>
    public async IAsyncEnumerable<GeneratorOutput> GenerateAsync(
        GenerationRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ct.ThrowIfCancellationRequested();
        var plan = PlanConversion.ToSections(request.Composition);
        var song = StyleReader.Read(plan, request.Seed);
        yield return new GeneratorOutput.Metadata(Describe(plan, song));

        var score = Arranger.Arrange(song, request.Seed);
        var renderer = new SongRenderer(score, PartSet.All);
        var block = ArrayPool<float>.Shared.Rent(BlockFrames * PcmFormat.Channels);
        try
        {
            var told = 0L;
            while (true)
            {
                ct.ThrowIfCancellationRequested();
                var frames = renderer.Render(block.AsSpan(0, BlockFrames * PcmFormat.Channels));
                if (frames == 0)
                {
                    break;
                }

                yield return new GeneratorOutput.Pcm(block.AsMemory(0, frames * PcmFormat.Channels));
                if (renderer.Frame - told >= PcmFormat.SampleRate || renderer.Frame == score.Frames)
                {
                    told = renderer.Frame;
                    yield return ProgressAt(renderer.Frame, score);
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(block);
        }

        // The signature is asynchronous for generators that wait for others; this one only computes.
        await Task.CompletedTask;
    }

    private static GeneratorOutput.Progress ProgressAt(long frame, Score score)
    {
        var section = 1 + score.Sections.TakeWhile(section => section.End < frame).Count();
        var (done, total) = (PcmFormat.MillisecondsOf(frame), PcmFormat.MillisecondsOf(score.Frames));
        return new GeneratorOutput.Progress(
            done, total, $"Section {section} of {score.Sections.Count}, {done / 1000} s of {total / 1000} s generated");
    }

    private static SongMetadata Describe(CompositionPlan plan, SongReading song) => new()
    {
        Title = plan.Title,
        Genres = [song.Genre.Name],
        Moods = song.Moods,
        Bpm = song.Bpm,
        Key = song.Key.Name,
        Understood = song.Understood,
    };
}
