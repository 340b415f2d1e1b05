using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>The slots of one generator, for all nodes; the key is its name.</summary>
[Alias("MusicRender.Slots")]
internal interface ISlotsGrain : IGrainWithStringKey
{
    /// <summary>Takes a slot, or joins the line where it has room. Null when that is done.</summary>
    [Alias("Enter")]
    Task<LineFull?> EnterAsync(SlotRequest request);

    /// <summary>Takes a slot, or joins the line whether it has room or not: what asks has been accepted. True when it has a slot.</summary>
    [Alias("Take")]
    Task<bool> TakeAsync(SlotRequest request);

    /// <summary>The place in line whenever it changes, until a slot is given.</summary>
    [Alias("Places")]
    IAsyncEnumerable<QueuePlace> PlacesAsync(RenderId id, CancellationToken ct = default);

    /// <summary>Gives the slot back, or leaves the line.</summary>
    [Alias("Release")]
    Task ReleaseAsync(RenderId id);

    /// <summary>A node's word, now and then, that it still has these.</summary>
    [Alias("Beat")]
    Task BeatAsync(IReadOnlyList<SlotUse> uses);
}

/// <summary>Something that a node holds a slot for, or waits with.</summary>
[GenerateSerializer, Immutable]
internal sealed record SlotUse([property: Id(0)] SlotRequest Request, [property: Id(1)] bool IsHeld);

/// <summary>There is no room in line.</summary>
/// <param name="Waiting">How many wait that count: all, or those of the client.</param>
/// <param name="IsOfClient">True when it is the client's own that are too many.</param>
/// <param name="RetryAfterSeconds">When there may be room.</param>
[GenerateSerializer, Immutable]
internal sealed record LineFull([property: Id(0)] int Waiting, [property: Id(1)] bool IsOfClient, [property: Id(2)] int RetryAfterSeconds);
