using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>Prepares the catalogue, and ends what an earlier process left, before the first request is taken.</summary>
internal sealed partial class EngineStartup(CatalogueSetup setup, RenderRecords records, AudioStore store, ILogger<EngineStartup> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await setup.PrepareAsync(cancellationToken);
        store.RemovePartials();
        if (await records.EndAbandonedAsync(cancellationToken) is > 0 and var count)
        {
            Log.Abandoned(logger, count);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} renders were under way when the server stopped; they are marked as interrupted.")]
        public static partial void Abandoned(ILogger logger, int count);
    }
}
