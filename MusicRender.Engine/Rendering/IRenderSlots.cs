namespace MusicRender.Engine.Rendering;

/// <summary>Hands out a generator's concurrency, first come, first served.</summary>
public interface IRenderSlots
{
    /// <summary>
    /// Waits for a slot. Yields the place in line (1 is next) whenever it changes, and ends when the slot is given; yields
    /// nothing when one is free. Cancelling leaves the line.
    /// </summary>
    IAsyncEnumerable<int> AcquireAsync(string generator, int capacity, RenderId id, CancellationToken ct);

    /// <summary>Gives the slot back, or leaves the line.</summary>
    Task ReleaseAsync(string generator, RenderId id);
}
