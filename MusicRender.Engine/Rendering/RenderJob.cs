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

    /// <summary>What it needs a slot of.</summary>
    public SlotRequest Slot => SlotOf(Generator, Id, Request);

    /// <summary>What a request needs a slot of.</summary>
    public static SlotRequest SlotOf(IMusicGenerator generator, RenderId id, RenderRequest request) =>
        new(generator.Name, generator.Capabilities.MaxConcurrency, id, request.Client, request.Composition.DurationMs);

    /// <summary>Called when the generator begins.</summary>
    public Action<DateTimeOffset> OnStarted { get; init; } = _ => { };

    /// <summary>Cancelled when the server stops: what ends then was interrupted, whatever else there is to say.</summary>
    public CancellationToken Stopping { get; init; }
}

/// <summary>How a render ended: its last entries of the log, and either its track with the track's peaks, or what arrived of a paid take.</summary>
internal sealed record RenderOutcome(RenderState State, IReadOnlyList<RenderEvent> Events, Library.Track? Track, IReadOnlyList<float> Peaks, PartialTake? Take = null);
