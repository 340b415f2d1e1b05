using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>Finds renders that nobody runs, at the start and all the time, and has them taken up, oldest first.</summary>
internal sealed partial class RenderRecovery(RenderRecords records, RenderRuns runs, INodeLease lease, IGrainFactory grains, TimeProvider time, ILogger<RenderRecovery> logger) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);

    private const int AtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Looks once.</summary>
    /// <returns>How many were found.</returns>
    public async Task<int> TakeUpAsync(CancellationToken ct)
    {
        if (!runs.MayTakeUp)
        {
            return 0;
        }

        // While nobody can be judged, those are taken up that were let go of.
        var alive = await lease.AliveAsync(ct);
        var unfinished = await records.UnfinishedAsync(ct);
        await LoseOvertakenAsync(unfinished, ct);
        var abandoned = unfinished.Where(render => !runs.Has(render.Id) && IsAbandoned(render.Node, alive)).ToList();
        await Parallel.ForEachAsync(abandoned, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (render, token) => await TakeUpAsync(render, token));
        return abandoned.Count;
    }

    /// <summary>Ends the runs of this process whose renders somebody else has taken up since: one that waits for its generator would not notice for long.</summary>
    private async Task LoseOvertakenAsync(IReadOnlyList<UnfinishedRender> unfinished, CancellationToken ct)
    {
        var here = runs.All;
        var epochs = unfinished.ToDictionary(render => render.Id, render => render.Epoch);
        // Those have ended, here or elsewhere, or came since.
        if (here.Select(run => run.Render.Id).Where(id => !epochs.ContainsKey(id)).ToList() is { Count: > 0 } others)
        {
            foreach (var (id, epoch) in await records.EpochsAsync(others, ct))
            {
                epochs[id] = epoch;
            }
        }

        foreach (var run in here.Where(run => epochs.TryGetValue(run.Render.Id, out var epoch) && epoch > run.Epoch))
        {
            run.Lose();
        }
    }

    /// <summary>True when nobody runs it. One of this node that does not run here could not be begun.</summary>
    private bool IsAbandoned(string? node, IReadOnlySet<string>? alive) => node is null || node == lease.NodeId || alive?.Contains(node) == false;

    private async Task TakeUpAsync(UnfinishedRender render, CancellationToken ct)
    {
        try
        {
            await grains.GetGrain<IRenderGrain>(render.Id.Value).TakeUpAsync(render.Epoch).WaitAsync(Patience, time, ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            // Its activation may be on the node that has died, and nobody knows it yet.
            Log.NotTakenUp(logger, render.Id, exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        do
        {
            try
            {
                if (await TakeUpAsync(stoppingToken) is > 0 and var count)
                {
                    Log.Found(logger, count);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotLooked(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Information, "Render {RenderId}: nobody runs it, and it could not be taken up now; that is tried again.")]
        public static partial void NotTakenUp(ILogger logger, RenderId renderId, Exception exception);

        [LoggerMessage(1, LogLevel.Warning, "{Count} renders were run by nobody; they are taken up.")]
        public static partial void Found(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "It could not be found out which renders nobody runs; that is tried again.")]
        public static partial void NotLooked(ILogger logger, Exception exception);
    }
}
