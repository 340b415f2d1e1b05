using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Library;

/// <summary>A finished track of the library.</summary>
public sealed record Track
{
    /// <summary>The id of the render that made it.</summary>
    public required string Id { get; init; }

    /// <summary>The file's name, unique in the library.</summary>
    public required string FileName { get; init; }

    /// <summary>Below the library's root, with forward slashes.</summary>
    public required string FilePath { get; init; }

    /// <summary>For example <c>audio/mpeg</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long FileSizeBytes { get; init; }

    /// <summary>Length, ms.</summary>
    public required int DurationMs { get; init; }

    /// <summary>What is shown; never empty.</summary>
    public required string Title { get; init; }

    /// <summary>What is known of the song.</summary>
    public required SongMetadata Song { get; init; }

    /// <summary>The plan it was made of.</summary>
    public required Composition Composition { get; init; }

    /// <summary>When the words are sung, or null.</summary>
    public IReadOnlyList<WordTiming>? Words { get; init; }

    /// <summary>The generator's name.</summary>
    public required string Generator { get; init; }

    /// <summary>The version of the generator's sound when it made the track, for a generator that has one; else null.</summary>
    public string? GeneratorVersion { get; init; }

    /// <summary>The seed used.</summary>
    public required int Seed { get; init; }

    /// <summary>What the upstream calls the song, or null.</summary>
    public string? SongId { get; init; }

    /// <summary>The plan that the upstream says it followed, when it said so and it is not the composition itself; else null.</summary>
    public Composition? UpstreamPlan { get; init; }

    /// <summary>True for a take that did not come to its end and was kept all the same.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The person's own tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The draft it came from, or null.</summary>
    public string? DraftId { get; init; }

    /// <summary>When it was finished, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Which tracks to list.</summary>
/// <param name="Text">Words that title, description, genres or tags must all hold; null or empty for all.</param>
/// <param name="Page">1, 2, ….</param>
/// <param name="PageSize">1–100.</param>
public sealed record TrackQuery(string? Text = null, int Page = 1, int PageSize = 24);

/// <summary>One page of tracks, newest first.</summary>
/// <param name="Tracks">The page.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record TrackPage(IReadOnlyList<Track> Tracks, int Total);

/// <summary>A change of a track; null leaves a field as it is.</summary>
/// <param name="Title">1–300 characters.</param>
/// <param name="Tags">At most 50, each 1–100 characters.</param>
public sealed record TrackEdit(string? Title = null, IReadOnlyList<string>? Tags = null);

/// <summary>The library: the finished tracks and their files.</summary>
public interface ITrackLibrary
{
    /// <summary>Lists tracks, newest first.</summary>
    Task<TrackPage> SearchAsync(TrackQuery query, CancellationToken ct);

    /// <summary>A track by its id or its file name, or null.</summary>
    Task<Track?> FindAsync(string idOrFileName, CancellationToken ct);

    /// <summary>Changes a track; null when there is none.</summary>
    Task<Track?> EditAsync(string id, TrackEdit edit, CancellationToken ct);

    /// <summary>Removes a track and its file; false when there was none.</summary>
    Task<bool> DeleteAsync(string id, CancellationToken ct);

    /// <summary>The waveform: 2 000 peaks, 0–1, over the whole length; null when there is no such track.</summary>
    Task<IReadOnlyList<float>?> PeaksAsync(string id, CancellationToken ct);
}
