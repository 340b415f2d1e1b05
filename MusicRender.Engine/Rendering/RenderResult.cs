using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>A finished render.</summary>
public sealed record RenderResult
{
    /// <summary>The render's id, and its track's.</summary>
    public required RenderId Id { get; init; }

    /// <summary><c>{slug-of-title}_{8 hex}.mp3</c>.</summary>
    public required string FileName { get; init; }

    /// <summary>The file's path below the library's root, with forward slashes.</summary>
    public required string FilePath { get; init; }

    /// <summary>For example <c>audio/mpeg</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required long FileSizeBytes { get; init; }

    /// <summary>Length, ms.</summary>
    public required int DurationMs { get; init; }

    /// <summary>The plan that was rendered (the one written, when only a prompt was given).</summary>
    public required Composition Composition { get; init; }

    /// <summary>What is known of the song.</summary>
    public required SongMetadata Song { get; init; }

    /// <summary>When the words are sung, or null when the generator did not say.</summary>
    public IReadOnlyList<WordTiming>? Words { get; init; }

    /// <summary>The generator's name.</summary>
    public required string Generator { get; init; }

    /// <summary>The seed used.</summary>
    public required int Seed { get; init; }

    /// <summary>What the upstream calls the song, or null.</summary>
    public string? SongId { get; init; }

    /// <summary>The plan that the upstream says it followed, when it said so and it is not the composition itself; else null.</summary>
    public Composition? UpstreamPlan { get; init; }

    /// <summary>True for a take that did not come to its end and was kept all the same.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The request's id.</summary>
    public required string RequestId { get; init; }

    /// <summary>When the render was finished, UTC.</summary>
    public required DateTimeOffset FinishedAt { get; init; }
}
