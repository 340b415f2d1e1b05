using System.Runtime.CompilerServices;
using MusicRender.Engine.Generators;

namespace MusicRender.Engine.Jobs;

/// <summary>Stems as grains.</summary>
internal sealed class StemJobs(IGrainFactory grains, StemRecords records, IEnumerable<IStemMaker> makers) : IStemJobs
{
    public Task<StemStart?> StartAsync(string trackId, StemSet set, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Grain(trackId, set).StartAsync();
    }

    public async IAsyncEnumerable<StemStatus> WatchAsync(string trackId, StemSet set, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            var isAborted = false;
            await using var statuses = Grain(trackId, set).WatchAsync(ct).GetAsyncEnumerator(ct);
            while (!isAborted)
            {
                try
                {
                    if (!await statuses.MoveNextAsync())
                    {
                        yield break;
                    }
                }
                catch (EnumerationAbortedException)
                {
                    // A watcher that was slow for long is forgotten by the grain; it goes on where it was.
                    isAborted = true;
                    continue;
                }

                yield return statuses.Current;
            }
        }
    }

    public async Task<IReadOnlyList<StemStatus>> FindAsync(string trackId, CancellationToken ct)
    {
        var statuses = new List<StemStatus>();
        foreach (var record in await records.FindAsync(trackId, ct))
        {
            statuses.Add(record.IsOpen ? await Grain(trackId, record.Status.Set).FindAsync() ?? record.Status : record.Status);
        }

        return statuses;
    }

    public StemOffer? OfferOf(string generator) =>
        makers.FirstOrDefault(maker => maker.Generator == generator && maker.IsReady) is { } maker ? new StemOffer(maker.IsLocal) : null;

    private IStemGrain Grain(string trackId, StemSet set) => grains.GetGrain<IStemGrain>($"{trackId}/{StemRecords.NameOf(set)}");
}
