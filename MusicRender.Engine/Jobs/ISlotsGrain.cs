using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>The slots of one generator; the key is its name.</summary>
[Alias("MusicRender.Slots")]
internal interface ISlotsGrain : IGrainWithStringKey
{
    /// <summary>Takes a slot, or joins the line. True when a slot was free.</summary>
    [Alias("Take")]
    Task<bool> TakeAsync(RenderId id, int capacity);

    /// <summary>The place in line whenever it changes (1 is next), until a slot is given.</summary>
    [Alias("Positions")]
    IAsyncEnumerable<int> PositionsAsync(RenderId id, CancellationToken ct = default);

    /// <summary>Gives the slot back, or leaves the line.</summary>
    [Alias("Release")]
    Task ReleaseAsync(RenderId id);
}
