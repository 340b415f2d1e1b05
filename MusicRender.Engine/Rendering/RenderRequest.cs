using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>What somebody asks to be rendered.</summary>
public sealed record RenderRequest
{
    /// <summary>What to make.</summary>
    public required Composition Composition { get; init; }

    /// <summary>What was asked for beside it.</summary>
    public RenderOptions Options { get; init; } = new();

    /// <summary>What is known of the song already, as the plan writer or the wrapped form gave it.</summary>
    public SongMetadata? Song { get; init; }

    /// <summary>The request's id, as in <c>X-Request-ID</c>; comes back in the result.</summary>
    public required string RequestId { get; init; }

    /// <summary>The draft of the studio that it comes from, or null.</summary>
    public string? DraftId { get; init; }
}
