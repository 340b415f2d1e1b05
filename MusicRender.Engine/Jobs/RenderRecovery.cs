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

    /// <summary>Looks once.</summary>
    /// <returns>How many were found.</returns>
    public async Task<int> TakeUpAsync(CancellationToken ct)
    {
        if (runs.IsStopping || await lease.AliveAsync(ct) is not { } alive)
        {
            return 0;
        }

        var found = 0;
        foreach (var render in await records.UnfinishedAsync(ct))
        {
            // One of this node that does not run here: it could not be begun.
            if (!runs.Has(render.Id) && (render.Node is null || render.Node == lease.NodeId || !alive.Contains(render.Node)))
            {
                found++;
                await grains.GetGrain<IRenderGrain>(render.Id.Value).TakeUpAsync(render.Epoch);
            }
        }

        return found;
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
        [LoggerMessage(1, LogLevel.Warning, "{Count} renders were run by nobody; they are taken up.")]
        public static partial void Found(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "It could not be found out which renders nobody runs; that is tried again.")]
        public static partial void NotLooked(ILogger logger, Exception exception);
    }
}
