using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Jobs;

/// <summary>Takes finished tracks apart into stems, as jobs whose results are kept with the track.</summary>
public interface IStemJobs
{
    /// <summary>
    /// Starts taking a track apart, or, when that is under way or done already, changes nothing. Asking again after a
    /// failure starts again.
    /// </summary>
    /// <returns>Where it stands; or why it cannot be started (nobody can take tracks of this generator apart now); null for an unknown track.</returns>
    Task<StemStart?> StartAsync(string trackId, StemSet set, CancellationToken ct);

    /// <summary>Where it stands, whenever that changes (at most ten times a second), ending with done or failed. Nothing when it was never started.</summary>
    IAsyncEnumerable<StemStatus> WatchAsync(string trackId, StemSet set, CancellationToken ct);

    /// <summary>What there is of a track: the sets that were asked for.</summary>
    Task<IReadOnlyList<StemStatus>> FindAsync(string trackId, CancellationToken ct);

    /// <summary>What may be asked for, and what it costs: null when nobody can take tracks of this generator apart now.</summary>
    StemOffer? OfferOf(string generator);
}

/// <summary>The answer to the wish for stems.</summary>
[GenerateSerializer, Immutable]
public sealed record StemStart([property: Id(0)] StemStatus? Status, [property: Id(1)] RenderFailure? Failure);

/// <summary>What taking apart means for tracks of a generator.</summary>
/// <param name="IsFree">True when it runs on this machine and costs nothing.</param>
public sealed record StemOffer(bool IsFree);

/// <summary>Where a set of stems stands.</summary>
[GenerateSerializer, Immutable]
public sealed record StemStatus
{
    /// <summary>The track.</summary>
    [Id(0)]
    public required string TrackId { get; init; }

    /// <summary>Which set.</summary>
    [Id(1)]
    public required StemSet Set { get; init; }

    /// <summary>Running, succeeded or failed.</summary>
    [Id(2)]
    public required Rendering.RenderState State { get; init; }

    /// <summary>0–100.</summary>
    [Id(3)]
    public required int Percent { get; init; }

    /// <summary>What is going on, in words.</summary>
    [Id(4)]
    public required string Message { get; init; }

    /// <summary>The stems, once done; else empty.</summary>
    [Id(5)]
    public IReadOnlyList<Stem> Stems { get; init; } = [];

    /// <summary>Why it failed, or null.</summary>
    [Id(6)]
    public RenderFailure? Failure { get; init; }

    /// <summary>True when nothing more will come.</summary>
    public bool HasEnded => State is Rendering.RenderState.Succeeded or Rendering.RenderState.Failed;

    /// <summary>The end with these stems.</summary>
    internal StemStatus Succeeded(IReadOnlyList<Stem> stems) =>
        this with { State = Rendering.RenderState.Succeeded, Percent = 100, Message = "The stems are ready.", Stems = stems, Failure = null };

    /// <summary>The end without stems.</summary>
    internal StemStatus Failed(RenderFailure failure) =>
        this with { State = Rendering.RenderState.Failed, Message = failure.Message, Stems = [], Failure = failure };
}

/// <summary>One stem: an MP3 file as long as its track.</summary>
/// <param name="Name">"vocals", "drums", …: lower case, one word.</param>
/// <param name="FilePath">Below the library's root, with forward slashes.</param>
/// <param name="FileSizeBytes">Bytes.</param>
/// <param name="Peaks">The waveform: 500 peaks, 0–1.</param>
[GenerateSerializer, Immutable]
public sealed record Stem([property: Id(0)] string Name, [property: Id(1)] string FilePath, [property: Id(2)] long FileSizeBytes, [property: Id(3)] IReadOnlyList<float> Peaks);
