using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>Where a render can stand.</summary>
public enum RenderState
{
    /// <summary>Accepted, waiting for a slot.</summary>
    Queued,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Finished: there is a track.</summary>
    Succeeded,

    /// <summary>Ended without a track.</summary>
    Failed,

    /// <summary>Ended because somebody asked for it.</summary>
    Cancelled,
}

/// <summary>Where a render stands: the authority on it.</summary>
[GenerateSerializer, Immutable]
public sealed record RenderStatus
{
    /// <summary>The render.</summary>
    [Id(0)]
    public required RenderId Id { get; init; }

    /// <summary>Where it stands.</summary>
    [Id(1)]
    public required RenderState State { get; init; }

    /// <summary>The latest progress, or null before the first.</summary>
    [Id(2)]
    public ProgressEvent? Progress { get; init; }

    /// <summary>The number of its newest event; 0 before the first.</summary>
    [Id(3)]
    public required long Sequence { get; init; }

    /// <summary>The title asked for, or null.</summary>
    [Id(4)]
    public string? Title { get; init; }

    /// <summary>The generator's name.</summary>
    [Id(5)]
    public required string Generator { get; init; }

    /// <summary>The draft it comes from, or null.</summary>
    [Id(6)]
    public string? DraftId { get; init; }

    /// <summary>When it was accepted, UTC.</summary>
    [Id(7)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its generator began, UTC, or null.</summary>
    [Id(8)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, UTC, or null.</summary>
    [Id(9)]
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What was made, when it succeeded.</summary>
    [Id(10)]
    public RenderResult? Result { get; init; }

    /// <summary>Why it ended, when it failed or was cancelled.</summary>
    [Id(11)]
    public RenderFailure? Failure { get; init; }

    /// <summary>What arrived of a paid render that failed or was cancelled, while nobody has kept it as a track; else null.</summary>
    [Id(12)]
    public PartialTake? PartialTake { get; init; }

    /// <summary>Who asked for it; null for nobody in particular.</summary>
    [Id(13)]
    public string? Client { get; init; }

    /// <summary>Seconds until it is done, the wait included; null when it has ended or that is not known.</summary>
    [Id(14)]
    public int? EtaSeconds { get; init; }

    /// <summary>The length asked for, ms, or null.</summary>
    [Id(15)]
    public int? LengthMs { get; init; }
}
