using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;

namespace MusicRender.Engine.Rendering;

/// <summary>A render that was accepted, with everything about it decided.</summary>
internal sealed record RenderJob
{
    public required RenderId Id { get; init; }

    public required RenderRequest Request { get; init; }

    public required IMusicGenerator Generator { get; init; }

    public required AudioFormat Format { get; init; }

    public required int Seed { get; init; }

    /// <summary>The right to work on it.</summary>
    public required RenderHold Hold { get; init; }

    /// <summary>What it needs a slot of.</summary>
    public SlotRequest Slot => SlotOf(Generator, Id, Request);

    /// <summary>What a request needs a slot of.</summary>
    public static SlotRequest SlotOf(IMusicGenerator generator, RenderId id, RenderRequest request) =>
        new(generator.Name, generator.Capabilities.MaxConcurrency, id, request.Client, request.Composition.DurationMs);

    /// <summary>Called when the generator begins.</summary>
    public Action<DateTimeOffset> OnStarted { get; init; } = _ => { };

    /// <summary>Cancelled when somebody asks for it.</summary>
    public CancellationToken Cancelled { get; init; }

    /// <summary>Cancelled when the server begins to stop: what costs nothing is let go of, to be taken up again later.</summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>Cancelled when the server waits no longer for what may cost something.</summary>
    public CancellationToken Interrupted { get; init; }
}

/// <summary>How a render ended.</summary>
/// <param name="State">Succeeded, failed or cancelled.</param>
/// <param name="Events">Its last entries of the log; their numbers are given when they are entered.</param>
/// <param name="Track">The track, or null.</param>
/// <param name="Peaks">The track's peaks.</param>
/// <param name="Take">What arrived of a paid take that became no track, or null.</param>
/// <param name="IsUnread">True when there may be more of a take than could be read now: its files stay.</param>
internal sealed record RenderOutcome(RenderState State, IReadOnlyList<RenderEvent> Events, Library.Track? Track, IReadOnlyList<float> Peaks, PartialTake? Take = null, bool IsUnread = false)
{
    /// <summary>An end without a track.</summary>
    public static RenderOutcome Failed(Plan.RenderFailure failure, DateTimeOffset now, PartialTake? take = null, bool isUnread = false) =>
        new(RenderState.Failed, [new ErrorEvent { Sequence = 0, Timestamp = now, Failure = failure }], null, [], take, isUnread);
}
