using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace MusicRender.Engine.Library;

/// <summary>
/// Writes to the catalogue. SQLite takes one writer at a time, and a transaction costs more than what is in it: writes
/// that wait at the same moment go to disk together. When one of them is bad, each is tried alone, so that nobody
/// suffers for another.
/// </summary>
internal sealed class CatalogueWriter : IAsyncDisposable
{
    private const int MaxTogether = 128;

    private readonly IDbContextFactory<Catalogue> _catalogues;
    private readonly Channel<Write> _writes = Channel.CreateBounded<Write>(new BoundedChannelOptions(4_096) { SingleReader = true });
    private readonly Task _loop;

    public CatalogueWriter(IDbContextFactory<Catalogue> catalogues)
    {
        _catalogues = catalogues;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Makes a change and returns when it is on disk. The change may run twice; it must only touch what it loads or adds itself.</summary>
    /// <exception cref="DbUpdateException">The change broke a rule of the catalogue, or the disk is full or gone.</exception>
    /// <exception cref="System.Data.Common.DbException">The disk is full or gone, and that showed only at the end.</exception>
    public async Task WriteAsync(Func<Catalogue, CancellationToken, Task> change, CancellationToken ct)
    {
        var write = new Write(change, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _writes.Writer.WriteAsync(write, ct);
        await write.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        var batch = new List<Write>();
        while (await _writes.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MaxTogether && _writes.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            if (await TryAsync(batch) is null)
            {
                batch.ForEach(write => write.Done.SetResult());
                continue;
            }

            foreach (var write in batch)
            {
                if (await TryAsync([write]) is { } failure)
                {
                    write.Done.SetException(failure);
                }
                else
                {
                    write.Done.SetResult();
                }
            }
        }
    }

    private async Task<Exception?> TryAsync(List<Write> batch)
    {
        try
        {
            await using var catalogue = await _catalogues.CreateDbContextAsync();
            catalogue.Database.AutoSavepointsEnabled = false;
            await using var transaction = await catalogue.Database.BeginTransactionAsync();
            foreach (var write in batch)
            {
                // Saved one by one, so that each finds what those before it did: a row that was removed is gone.
                await write.Change(catalogue, CancellationToken.None);
                await catalogue.SaveChangesAsync();
                catalogue.ChangeTracker.Clear();
            }

            await transaction.CommitAsync();
            return null;
        }
        catch (Exception exception)
        {
            // Whoever asked for the write gets it.
            return exception;
        }
    }

    private sealed record Write(Func<Catalogue, CancellationToken, Task> Change, TaskCompletionSource Done);
}
