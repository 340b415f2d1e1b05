using System.Runtime.CompilerServices;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>The slots of all generators, by their grains.</summary>
internal sealed class GrainSlots(IGrainFactory grains) : IRenderSlots
{
    public async IAsyncEnumerable<int> AcquireAsync(string generator, int capacity, RenderId id, [EnumeratorCancellation] CancellationToken ct)
    {
        var slots = grains.GetGrain<ISlotsGrain>(generator);
        ct.ThrowIfCancellationRequested();
        while (!await slots.TakeAsync(id, capacity))
        {
            var positions = slots.PositionsAsync(id, ct).GetAsyncEnumerator(ct);
            await using (positions.ConfigureAwait(false))
            {
                while (await NextAsync(positions))
                {
                    yield return positions.Current;
                }
            }

            // Asks once more: given a slot, that says so; after a broken enumeration it finds the place in line again.
            ct.ThrowIfCancellationRequested();
        }
    }

    public Task ReleaseAsync(string generator, RenderId id) => grains.GetGrain<ISlotsGrain>(generator).ReleaseAsync(id);

    private static async Task<bool> NextAsync(IAsyncEnumerator<int> positions)
    {
        try
        {
            return await positions.MoveNextAsync();
        }
        catch (EnumerationAbortedException)
        {
            return false;
        }
    }
}
