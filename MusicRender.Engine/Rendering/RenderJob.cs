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

    /// <summary>Called when the generator begins.</summary>
    public Action<DateTimeOffset> OnStarted { get; init; } = _ => { };
}

/// <summary>How a render ended: its last entries of the log, and the track's peaks when there is a track.</summary>
internal sealed record RenderOutcome(RenderState State, IReadOnlyList<RenderEvent> Events, Library.Track? Track, IReadOnlyList<float> Peaks);
