using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>What somebody asks to be rendered.</summary>
[GenerateSerializer, Immutable]
public sealed record RenderRequest
{
    /// <summary>What to make.</summary>
    [Id(0)]
    public required Composition Composition { get; init; }

    /// <summary>What was asked for beside it.</summary>
    [Id(1)]
    public RenderOptions Options { get; init; } = new();

    /// <summary>What is known of the song already, as the plan writer or the wrapped form gave it.</summary>
    [Id(2)]
    public SongMetadata? Song { get; init; }

    /// <summary>The request's id, as in <c>X-Request-ID</c>; comes back in the result.</summary>
    [Id(3)]
    public required string RequestId { get; init; }

    /// <summary>The draft of the studio that it comes from, or null.</summary>
    [Id(4)]
    public string? DraftId { get; init; }

    /// <summary>Who asks, for fairness between clients; null for nobody in particular.</summary>
    [Id(5)]
    public string? Client { get; init; }

    /// <summary>What makes the same request the same render when it comes again within a day, or null.</summary>
    [Id(6)]
    public string? IdempotencyKey { get; init; }
}
