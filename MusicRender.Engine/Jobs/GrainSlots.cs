using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>The slots of all generators, by their grains.</summary>
internal sealed class GrainSlots(IGrainFactory grains) : IRenderSlots
{
    private readonly ConcurrentDictionary<string, ISlotsGrain> _slots = new(StringComparer.Ordinal);

    public async IAsyncEnumerable<int> AcquireAsync(string generator, int capacity, RenderId id, [EnumeratorCancellation] CancellationToken ct)
    {
        var slots = SlotsOf(generator);
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

    public Task ReleaseAsync(string generator, RenderId id) => SlotsOf(generator).ReleaseAsync(id);

    /// <summary>Finding out which grain that is costs more than a call of it.</summary>
    private ISlotsGrain SlotsOf(string generator) => _slots.GetOrAdd(generator, static (name, grains) => grains.GetGrain<ISlotsGrain>(name), grains);

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
