using System.Text.Json.Serialization;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Contracts;

/// <summary>A track of the library.</summary>
public sealed record TrackBody
{
    /// <summary>The id of the render that made it.</summary>
    public required string Id { get; init; }

    /// <summary>What is shown.</summary>
    public required string Title { get; init; }

    /// <summary>The person's own tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The file's name.</summary>
    public required string Filename { get; init; }

    /// <summary>Where to play it.</summary>
    public required string StreamUrl { get; init; }

    /// <summary>Where to download it.</summary>
    public required string DownloadUrl { get; init; }

    /// <summary>"audio/mpeg".</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long FileSizeBytes { get; init; }

    /// <summary>Length, ms.</summary>
    public required int DurationMs { get; init; }

    /// <summary>The generator's name.</summary>
    public required string Generator { get; init; }

    /// <summary>The seed used.</summary>
    public required int Seed { get; init; }

    /// <summary>When it was finished, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What is known of the song.</summary>
    public required SongMetadataBody SongMetadata { get; init; }

    /// <summary>The plan.</summary>
    public required Composition CompositionPlan { get; init; }

    /// <summary>When the words are sung, or null.</summary>
    public required IReadOnlyList<WordTiming>? WordsTimestamps { get; init; }

    /// <summary>What the upstream calls the song, when it said so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SongId { get; init; }

    /// <summary>The plan that the upstream says it followed, when it said so and it is not the one above.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Composition? UpstreamPlan { get; init; }

    /// <summary>True for a take that did not come to its end and was kept all the same; else not there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsPartial { get; init; }
}

/// <summary>A page of tracks, newest first.</summary>
/// <param name="Tracks">The page.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Page">1, 2, ….</param>
/// <param name="PageSize">Tracks a page.</param>
public sealed record TrackPageBody(IReadOnlyList<TrackBody> Tracks, int Total, int Page, int PageSize);

/// <summary>Request of <c>PATCH /tracks/{id}</c>: what is null stays.</summary>
public sealed record TrackEditBody
{
    /// <summary>1–300 characters.</summary>
    public string? Title { get; init; }

    /// <summary>At most 50, each 1–100 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}

/// <summary>A track's waveform, or a window of it: <c>GET /tracks/{id}/peaks</c>.</summary>
/// <param name="Peaks">2 000 values, or as many as were asked for, 0–1, over the window.</param>
/// <param name="DurationMs">Length of the track, ms.</param>
/// <param name="FromMs">Where the window begins, ms.</param>
/// <param name="ToMs">Where it ends, ms.</param>
public sealed record PeaksBody(IReadOnlyList<float> Peaks, int DurationMs, int FromMs, int ToMs);
