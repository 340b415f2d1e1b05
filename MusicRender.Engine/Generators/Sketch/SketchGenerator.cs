using System.Globalization;
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
    /// <summary>
    /// The version of the sound. Raise it whenever any plan sounds another way than before: stems are made by playing a
    /// plan once more, and an older track's would not fit it. A test knows the sound and fails when it changes.
    /// </summary>
    internal const string Version = "4";

    internal const string GeneratorName = "sketch";

    /// <inheritdoc/>
    public string Name => GeneratorName;

    /// <inheritdoc/>
    public string DisplayName => "Sketch";

    /// <inheritdoc/>
    public bool IsReady => true;

    /// <inheritdoc/>
    public GeneratorCapabilities Capabilities { get; } = new()
    {
        IsLocal = true,
        TakesPrompts = false,
        GivesSound = true,
        OutputFormats = ["mp3_44100_192", "mp3_44100_128", "mp3_44100_96", "mp3_44100_64"],
        MaxConcurrency = options.MaxConcurrency,
        Version = Version,
    };

    /// <summary>
    /// Generates: first what was understood, then sound in blocks of <see cref="SongRenderer.StepFrames"/> frames (the last one shorter) with a
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
        if (score.Vocals.Words.Length > 0)
        {
            yield return new GeneratorOutput.Words(TimingsOf(score));
        }

        var renderer = new SongRenderer(score, PartSet.All);
        var told = 0L;
        for (int frames; (frames = renderer.Render()) > 0;)
        {
            ct.ThrowIfCancellationRequested();
            yield return new GeneratorOutput.Pcm(renderer.Step(0, frames));
            if (renderer.Frame - told >= PcmFormat.SampleRate || renderer.Frame == score.Frames)
            {
                told = renderer.Frame;
                yield return ProgressAt(renderer.Frame, score);
            }
        }

        // The signature is asynchronous for generators that wait for others; this one only computes.
        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Understand(CompositionPlan plan, int? seed)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Sections.Count == 0)
        {
            return [];
        }

        // A tonic that the seed will choose cannot be told before there is one.
        var song = StyleReader.Read(plan, seed ?? 0);
        return seed is not null || song.IsKeyNamed
            ? song.Understood
            : [.. song.Understood.Select(words => words == song.Key.Name ? $"{song.Key.Mode.ToString().ToLowerInvariant()} key" : words)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<PlanRemark> RemarksOn(CompositionPlan plan, string? modelId)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var syllables = new LyricSyllables();
        syllables.Follow(plan);
        var remarks = new List<PlanRemark>();
        foreach (var (index, section) in plan.Sections.Index())
        {
            // A syllable has a letter at least: most sections need no closer look.
            var most = Math.Max(0, section.DurationMs) / 1000.0 * LyricSyllables.UnhurriedPerSecond;
            if (section.Lines.Sum(line => line.Length) > most && section.Lines.Sum(syllables.Count) is var count && count > most)
            {
                remarks.Add(new PlanRemark($"sections[{index}].lines", string.Create(CultureInfo.InvariantCulture, $"{count} syllables in {section.DurationMs / 1000.0:0.#} s: {DisplayName} has to hurry.")));
            }
        }

        return remarks;
    }

    private static GeneratorOutput.Progress ProgressAt(long frame, Score score)
    {
        var section = 1 + score.Sections.TakeWhile(section => section.End < frame).Count();
        var (done, total) = (PcmFormat.MillisecondsOf(frame), PcmFormat.MillisecondsOf(score.Frames));
        return new GeneratorOutput.Progress(
            done, total, $"Section {section} of {score.Sections.Count}, {done / 1000} s of {total / 1000} s generated");
    }

    private static IReadOnlyList<WordTiming> TimingsOf(Score score) =>
        [.. score.Vocals.Words.Select(word => new WordTiming(word.Text, (int)PcmFormat.MillisecondsOf(word.Start), (int)PcmFormat.MillisecondsOf(word.End)))];

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
