namespace MusicRender.Engine.Plan;

/// <summary>What is known of a song beside its sound. Lists may be empty, texts null when nobody said.</summary>
public sealed record SongMetadata
{
    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>One or two sentences.</summary>
    public string? Description { get; init; }

    /// <summary>Genres, foremost first, in plain words.</summary>
    public IReadOnlyList<string> Genres { get; init; } = [];

    /// <summary>Moods.</summary>
    public IReadOnlyList<string> Moods { get; init; } = [];

    /// <summary>Free tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Languages of the lyrics, as BCP 47 tags ("en").</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>True for explicit lyrics; null when nobody judged.</summary>
    public bool? IsExplicit { get; init; }

    /// <summary>Tempo in beats a minute, or null.</summary>
    public double? Bpm { get; init; }

    /// <summary>Key in plain words ("E major"), or null.</summary>
    public string? Key { get; init; }

    /// <summary>What a generator made of the styles, a few words each ("124 BPM", "four-on-the-floor").</summary>
    public IReadOnlyList<string> Understood { get; init; } = [];
}

/// <summary>When a sung word sounds.</summary>
/// <param name="Word">The word as written in the lyrics.</param>
/// <param name="StartMs">Start from the beginning of the track, ms.</param>
/// <param name="EndMs">End, ms; not before the start.</param>
public sealed record WordTiming(string Word, int StartMs, int EndMs);
