using Microsoft.Extensions.Logging;
using MusicRender.Engine.Library;

namespace MusicRender.Engine.Rendering;

/// <summary>What an earlier process left: renders without an end, takes that somebody may still keep, files that nobody needs.</summary>
internal sealed partial class AbandonedRenders(
    RenderRecords records,
    PartialTakes takes,
    ITrackLibrary library,
    GeneratorCatalogue generators,
    TimeProvider time,
    ILogger<AbandonedRenders> logger)
{
    /// <summary>Ends the renders that did not survive their process, as they must; keeps what arrived of paid ones, removes everything else. Call before the first render.</summary>
    /// <returns>How many were ended.</returns>
    public async Task<int> EndAsync(CancellationToken ct)
    {
        var abandoned = await records.UnfinishedAsync(ct);
        foreach (var id in abandoned)
        {
            await EndAsync((await records.FindAsync(id, ct))!, ct);
        }

        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in takes.All())
        {
            if (await MayBeKeptAsync(id, ct))
            {
                await TryAsync(id, async () => await takes.LocateAsync(id, ct));
                kept.Add(id.Value);
            }
        }

        takes.Store.RemoveLeftovers(kept);
        return abandoned.Count;
    }

    private async Task EndAsync(RenderRecord render, CancellationToken ct)
    {
        var generator = generators.Known(render.Generator);
        var isThere = takes.Has(render.Id);
        PartialTake? take = null;
        // Even when nothing is there: it may have got its track's name already, and no row.
        var isRead = await TryAsync(render.Id, async () => take = isThere || generator is { Capabilities.IsLocal: false } ? await takes.RecoverAsync(render.Id, ct) : null);
        if (!isRead)
        {
            // What cannot be put in order now may be kept later.
            take = await takes.TryMeasureAsync(render.Id);
        }

        var paidName = generator is { Capabilities.IsLocal: false } ? generator.DisplayName : isThere ? render.Generator : null;
        var wasAsked = isThere || take is not null || HasMachineStartedSince(render.CreatedAt);
        var end = new ErrorEvent { Sequence = 1, Timestamp = time.GetUtcNow(), Failure = RenderEndings.Interrupted(paidName, wasAsked, take) };
        await records.FinishAsync(render.Id, new RenderOutcome(RenderState.Failed, [end], null, [], take), [end], null, ct);
        if (isRead && take is null)
        {
            takes.Forget(render.Id);
        }
    }

    /// <summary>Reads the disk; what cannot be read must not stop the start.</summary>
    private async Task<bool> TryAsync(RenderId id, Func<Task> read)
    {
        try
        {
            await read();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotRecovered(logger, id, exception);
            return false;
        }
    }

    /// <summary>True when the machine itself stopped in between: what was written last may be lost then, and nobody knows whether the generator was asked.</summary>
    private bool HasMachineStartedSince(DateTimeOffset moment) => time.GetUtcNow() - TimeSpan.FromMilliseconds(Environment.TickCount64) > moment;

    /// <summary>True for the take of a render that failed and of which there is no track.</summary>
    private async Task<bool> MayBeKeptAsync(RenderId id, CancellationToken ct) =>
        await records.FindAsync(id, ct) is { State: RenderState.Failed or RenderState.Cancelled } && await library.FindAsync(id.Value, ct) is null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Render {RenderId}: what arrived of it could not be read; its files stay as they are.")]
        public static partial void NotRecovered(ILogger logger, RenderId renderId, Exception exception);
    }
}
