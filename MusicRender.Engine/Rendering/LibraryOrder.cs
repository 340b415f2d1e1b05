using Microsoft.Extensions.Logging;
using MusicRender.Engine.Library;

namespace MusicRender.Engine.Rendering;

/// <summary>Puts the files of the library in order at the start: removes what nobody needs, keeps what somebody paid for, sets aside what nobody knows.</summary>
internal sealed partial class LibraryOrder(RenderRecords records, PartialTakes takes, ITrackLibrary library, FileClaims claims, INodeLease lease, ILogger<LibraryOrder> logger)
{
    /// <summary>Does it. What belongs to renders that have not ended stays for whoever takes them up.</summary>
    public async Task PutAsync(CancellationToken ct)
    {
        // Files first: of those that are there now, the catalogue knows by then whose they are.
        IReadOnlyList<RenderId> all;
        IReadOnlyList<string> names;
        var leftovers = takes.Store.ListLeftovers();
        try
        {
            (all, names) = (await takes.AllAsync(ct), await takes.Store.NamesAsync(ct));
        }
        catch (IOException exception)
        {
            // What nobody can tell whether it is needed stays. The next start puts it in order.
            Log.NotListed(logger, exception);
            return;
        }

        var underWay = (await records.UnfinishedAsync(ct)).Select(render => render.Id.Value).ToHashSet(StringComparer.Ordinal);
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var isAlone = await lease.IsAloneAsync(ct);
        foreach (var id in all.Where(id => !underWay.Contains(id.Value)))
        {
            if (await IsUnknownAsync(id, ct))
            {
                // Of another catalogue, it seems. What may be paid for is not removed for that.
                kept.Add(id.Value);
            }
            else if (await MayBeKeptAsync(id, ct))
            {
                kept.Add(id.Value);
                // Another node may be keeping it at this very moment.
                if (isAlone)
                {
                    await TryLocateAsync(id, ct);
                }
            }
        }

        takes.Store.RemoveLeftovers(leftovers, kept, underWay);
        await claims.CompareAsync(names, kept.Concat(underWay), ct);
    }

    /// <summary>Finds what a killed process left under a track's name; what cannot be read must not stop the start.</summary>
    private async Task TryLocateAsync(RenderId id, CancellationToken ct)
    {
        try
        {
            await takes.LocateAsync(id, ct);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotLocated(logger, id, exception);
        }
    }

    /// <summary>True for a render that the catalogue has never heard of.</summary>
    private async Task<bool> IsUnknownAsync(RenderId id, CancellationToken ct) => await records.FindAsync(id, ct) is null;

    /// <summary>True for the take of a render that failed and of which there is no track.</summary>
    private async Task<bool> MayBeKeptAsync(RenderId id, CancellationToken ct) =>
        await records.FindAsync(id, ct) is { State: RenderState.Failed or RenderState.Cancelled } && await library.FindAsync(id.Value, ct) is null;

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Error, "The library's files could not be put in order: the storage does not say which takes there are.")]
        public static partial void NotListed(ILogger logger, Exception exception);

        [LoggerMessage(1, LogLevel.Error, "Render {RenderId}: what arrived of it could not be read; its files stay as they are.")]
        public static partial void NotLocated(ILogger logger, RenderId renderId, Exception exception);
    }
}
