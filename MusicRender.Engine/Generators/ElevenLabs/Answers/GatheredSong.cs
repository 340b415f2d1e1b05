using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>What has arrived of a song: how much sound, in how many parts, and what their events said. Knows when a song is whole.</summary>
/// <param name="asked">What was asked for.</param>
internal sealed class GatheredSong(Composition asked)
{
    /// <summary>How much shorter than planned a song may be and still be whole, ms.</summary>
    public const int Slack = 1_000;

    private readonly SortedDictionary<int, Part> _parts = [];
    private int? _announced;

    /// <summary>The plan that the upstream followed, when it said so.</summary>
    public Composition? Followed { get; set; }

    /// <summary>The upstream's name of the song, when it said so.</summary>
    public string? SongId { get; set; }

    /// <summary>Length of the sound that has arrived, ms.</summary>
    public long ArrivedMs { get; set; }

    /// <summary>True when any byte of music has arrived.</summary>
    public bool HasMusic { get; set; }

    /// <summary>True when the upstream said that this was all.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The length wanted, ms; 0 when nobody knows.</summary>
    public int PlannedMs => asked.DurationMs ?? Followed?.DurationMs ?? 0;

    /// <summary>True when the upstream said that this was all, and every part that it announced is there.</summary>
    public bool IsWhole => IsDone && _parts.Count >= (_announced ?? 0);

    /// <summary>True when nothing that may still come could be missed: the announced parts are there, or the length.</summary>
    public bool NeedsNoMore => IsDone && (_announced is { } count ? count > 0 && _parts.Count >= count : HasLength);

    /// <summary>True when the sound has the length that was wanted.</summary>
    public bool HasLength => PlannedMs > 0 && ArrivedMs >= PlannedMs - Slack;

    /// <summary>Parts that were announced, or null.</summary>
    public int? Announced => _announced;

    /// <summary>Parts that have arrived.</summary>
    public int Parts => _parts.Count;

    /// <summary>A part of the song has arrived whole. Gives its place in the song: what it says, or where it came.</summary>
    public int AddPart(int? index, IReadOnlyList<WordTiming> words, IReadOnlyList<float> waveform)
    {
        var place = index is { } known and >= 0 && !_parts.ContainsKey(known) ? known : _parts.Count == 0 ? 0 : _parts.Keys.Max() + 1;
        _parts[place] = new Part(words, waveform);
        return place;
    }

    /// <summary>The upstream says that this was all.</summary>
    /// <param name="announced">How many parts it sent, or null.</param>
    public void End(int? announced) => (IsDone, _announced) = (true, announced);

    /// <summary>The words that are sung, in order; empty for instrumental music.</summary>
    public IReadOnlyList<WordTiming> Words()
    {
        var all = _parts.Values.SelectMany(part => part.Words).OrderBy(word => word.StartMs).ToList();
        var lyrics = LyricWords.Of(asked is PromptComposition ? Followed : asked);
        return lyrics is null ? [.. LyricWords.OutsideOfDirections(all)] : lyrics.Choose(all);
    }

    /// <summary>The waveform of the whole song; empty when a part has none.</summary>
    public IReadOnlyList<float> Waveform() =>
        _parts.Values.All(part => part.Waveform.Count > 0) ? [.. _parts.Values.SelectMany(part => part.Waveform)] : [];

    /// <summary>How far it is: "Section 3 of 7, 41 s of 96 s generated".</summary>
    public GeneratorOutput.Progress Progress()
    {
        var total = PlannedMs;
        var done = total > 0 ? Math.Min(ArrivedMs, total) : ArrivedMs;
        int[] lengths = (asked is PromptComposition ? Followed : asked) switch
        {
            CompositionPlan plan => [.. plan.Sections.Select(section => section.DurationMs)],
            ChunkPlan plan => [.. plan.Chunks.Select(chunk => chunk.DurationMs)],
            _ => [],
        };
        var section = 1;
        for (long end = lengths.FirstOrDefault(); section < lengths.Length && done > end; section++)
        {
            end += lengths[section];
        }

        return new GeneratorOutput.Progress(done, total, (lengths.Length, total) switch
        {
            (_, 0) => $"{done / 1000} s generated",
            (0, _) => $"{done / 1000} s of {total / 1000} s generated",
            _ => $"Section {section} of {lengths.Length}, {done / 1000} s of {total / 1000} s generated",
        });
    }

    private sealed record Part(IReadOnlyList<WordTiming> Words, IReadOnlyList<float> Waveform);
}
