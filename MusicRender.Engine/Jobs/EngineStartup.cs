using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Rendering.Accounts;

namespace MusicRender.Engine.Jobs;

/// <summary>Prepares the catalogue, takes up the key that was entered, and puts what an earlier process left in order, before the first request is taken. Stops the renders.</summary>
internal sealed partial class EngineStartup(CatalogueSetup setup, LibraryOrder order, RenderRuns runs, StemRecords stemRecords, AudioStore store, StemStore stemStore, MadeFileStore madeFiles, PaidStems paidStems, IDrafts drafts, TimeProvider time, ElevenLabsAccount account, GeneratorCatalogue generators, INodeLease lease, ILogger<EngineStartup> logger) : IHostedLifecycleService, IDisposable
{
    /// <summary>How long undo of a draft lasts that nobody touches.</summary>
    internal static readonly TimeSpan StepsKept = TimeSpan.FromDays(30);

    /// <summary>How old a copy must be to be nobody's any more: it is read for minutes at most.</summary>
    internal static readonly TimeSpan CopiesKept = TimeSpan.FromDays(1);

    /// <summary>The most drafts whose undo is kept.</summary>
    internal const int DraftsWithSteps = 200;

    private FileStream? _lock;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            // What an earlier process left is cleared away, so it must be an earlier one.
            Directory.CreateDirectory(store.Root);
            if (!setup.IsShared)
            {
                _lock = new FileStream(Path.Combine(store.Root, "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }

            await setup.PrepareAsync(cancellationToken);
            await lease.StartAsync(cancellationToken);
            await account.LoadAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DbException)
        {
            throw new EngineStartException(
                !setup.IsShared && _lock is null && exception is IOException { HResult: WouldBlock }
                    ? $"the library at {store.Root} is in use by another MusicRender. Name another folder in MusicRender:Library:Root."
                    : $"the library at {store.Root} cannot be opened: {exception.Message} Name another folder in MusicRender:Library:Root, or mend this one.",
                exception);
        }

        await ForgetOldStepsAsync(cancellationToken);
        await order.PutAsync(cancellationToken);
        // What another node is making looks just like what nobody is making any more.
        var isAlone = await lease.IsAloneAsync(cancellationToken);
        store.RemoveCopies(isAlone ? null : time.GetUtcNow() - CopiesKept);
        if (isAlone)
        {
            stemStore.RemoveUnfinished();
            madeFiles.RemoveUnfinished();
            if (await stemRecords.EndAbandonedAsync(cancellationToken) is > 0 and var stems)
            {
                Log.AbandonedStems(logger, stems);
            }
        }

        Log.Ready(logger, generators.All[0].DisplayName);
    }

    private async Task ForgetOldStepsAsync(CancellationToken ct)
    {
        try
        {
            await drafts.ForgetStepsAsync(time.GetUtcNow() - StepsKept, DraftsWithSteps, ct);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            // The disk is full, perhaps: old steps keep nobody from starting.
            Log.StepsStay(logger, exception);
        }
    }

    public void Dispose() => _lock?.Dispose();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => paidStems.TakeUpAsync(cancellationToken);

    /// <summary>While everything that renders need is still there.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => runs.StopAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Everything else has stopped by now.
    public Task StoppedAsync(CancellationToken cancellationToken) => lease.StopAsync(cancellationToken);

    // errno EWOULDBLOCK, which .NET gives as HResult on Unix.
    private const int WouldBlock = 11;

    private static partial class Log
    {
        [LoggerMessage(4, LogLevel.Warning, "What old drafts could be taken back to could not be cleared away; the next start tries again.")]
        public static partial void StepsStay(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "The library is ready; renders go to {Generator} unless they say otherwise.")]
        public static partial void Ready(ILogger logger, string generator);

        [LoggerMessage(3, LogLevel.Warning, "{Count} sets of stems were being made when the server stopped; they are marked as interrupted.")]
        public static partial void AbandonedStems(ILogger logger, int count);
    }
}
