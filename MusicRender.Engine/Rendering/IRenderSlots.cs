using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>Hands out a generator's concurrency: fair between clients, first come, first served within one.</summary>
public interface IRenderSlots
{
    /// <summary>Takes a slot or joins the line before the work is accepted.</summary>
    /// <returns>Null when that is done; else why there is no room, and when there may be.</returns>
    Task<RenderFailure?> EnterAsync(SlotRequest request, CancellationToken ct);

    /// <summary>
    /// Waits for a slot. Yields the place in line whenever it changes, and ends when the slot is given; yields nothing when
    /// one is free. Whoever has entered keeps its place. Asks again, as long as it takes, when the line cannot be reached.
    /// </summary>
    IAsyncEnumerable<QueuePlace> AcquireAsync(SlotRequest request, CancellationToken ct);

    /// <summary>Gives the slot back, or leaves the line. Soon over, and never fails: who cannot be told learns it a little later.</summary>
    Task ReleaseAsync(string generator, RenderId id);

    /// <summary>Says no more that this process holds the slot: somebody else has the render by now, and the slot with it.</summary>
    void LetBe(RenderId id);
}

/// <summary>The wish for a slot.</summary>
/// <param name="Generator">Of which generator.</param>
/// <param name="Capacity">How many it has.</param>
/// <param name="Id">For what.</param>
/// <param name="Client">For whom; null for nobody in particular.</param>
/// <param name="LengthMs">The length asked for, ms, or null.</param>
[GenerateSerializer, Immutable]
public sealed record SlotRequest(
    [property: Id(0)] string Generator,
    [property: Id(1)] int Capacity,
    [property: Id(2)] RenderId Id,
    [property: Id(3)] string? Client = null,
    [property: Id(4)] int? LengthMs = null);

/// <summary>A place in line.</summary>
/// <param name="Position">1 is next.</param>
/// <param name="EtaSeconds">Seconds until the work is done, the wait included; null while that is not known.</param>
[GenerateSerializer, Immutable]
public readonly record struct QueuePlace([property: Id(0)] int Position, [property: Id(1)] int? EtaSeconds);
