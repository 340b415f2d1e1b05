using MusicRender.Engine.Rendering;
using Orleans.Concurrency;

namespace MusicRender.Engine.Jobs;

/// <summary>The slots of one generator, for all nodes; the key is its name.</summary>
[Alias("MusicRender.Slots")]
internal interface ISlotsGrain : IGrainWithStringKey
{
    /// <summary>Takes a slot, or joins the line where it has room. Null when that is done.</summary>
    [Alias("Enter")]
    Task<LineFull?> EnterAsync(SlotRequest request);

    /// <summary>
    /// Takes a slot, or joins the line whether it has room or not: what asks has been accepted. Answers when there is a slot,
    /// when the place is another one than was told, or after a few seconds: whoever waits asks again and again.
    /// </summary>
    /// <param name="request">The wish.</param>
    /// <param name="told">The place that is known; null when it is the first time that this one asks.</param>
    [Alias("Ask"), AlwaysInterleave]
    Task<SlotTurn> AskAsync(SlotRequest request, int? told);

    /// <summary>Gives the slot back, or leaves the line.</summary>
    [Alias("Release")]
    Task ReleaseAsync(RenderId id);

    /// <summary>A node's word, now and then, that it still holds slots for these.</summary>
    [Alias("Beat")]
    Task BeatAsync(IReadOnlyList<SlotRequest> holders);
}

/// <summary>The answer to the wish for a slot.</summary>
/// <param name="IsGiven">True when it is there.</param>
/// <param name="Place">The place in line otherwise; null for one that has left it.</param>
[GenerateSerializer, Immutable]
internal readonly record struct SlotTurn([property: Id(0)] bool IsGiven, [property: Id(1)] QueuePlace? Place);

/// <summary>There is no room in line.</summary>
/// <param name="Waiting">How many wait that count: all, or those of the client.</param>
/// <param name="IsOfClient">True when it is the client's own that are too many.</param>
/// <param name="RetryAfterSeconds">When there may be room.</param>
[GenerateSerializer, Immutable]
internal sealed record LineFull([property: Id(0)] int Waiting, [property: Id(1)] bool IsOfClient, [property: Id(2)] int RetryAfterSeconds);
