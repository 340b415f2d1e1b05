using System.Data;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using MusicRender.Engine.Library.Postgres;
using Npgsql;

namespace MusicRender.Engine.Library;

/// <summary>
/// Writes to the catalogue. SQLite takes one writer at a time, and a transaction costs more than what is in it: writes
/// that wait at the same moment go to disk together. When one of them is bad, each is tried alone, so that nobody
/// suffers for another. What every render and every edit writes goes by prepared commands, everything else by Entity Framework.
/// On PostgreSQL other processes write too: a write sees the catalogue as it was when its transaction began, and runs again
/// when somebody else changed the same meanwhile.
/// </summary>
internal sealed class CatalogueWriter : IAsyncDisposable
{
    private const int MaxTogether = 128;

    /// <summary>How often a write that others came before is tried.</summary>
    private const int MaxTries = 5;

    private readonly IDbContextFactory<Catalogue> _catalogues;
    private readonly NpgsqlDataSource? _postgres;
    private readonly Channel<Write> _writes = Channel.CreateBounded<Write>(new BoundedChannelOptions(4_096) { SingleReader = true });
    private readonly Task _loop;

    public CatalogueWriter(IDbContextFactory<Catalogue> catalogues, NpgsqlDataSource? postgres = null)
    {
        (_catalogues, _postgres) = (catalogues, postgres);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Makes a change and returns when it is on disk. The change may run twice; it must only touch what it loads or adds itself.</summary>
    /// <exception cref="DbUpdateException">The change broke a rule of the catalogue, or the disk or the database is full or gone.</exception>
    /// <exception cref="System.Data.Common.DbException">The disk or the database is full or gone, and that showed only at the end.</exception>
    public Task WriteAsync(Func<Catalogue, CancellationToken, Task> change, CancellationToken ct) => WriteAsync(new Write(change, null), ct);

    /// <summary>Runs commands and returns when what they did is on disk. They may run twice.</summary>
    /// <exception cref="System.Data.Common.DbException">A rule of the catalogue was broken, or the disk is full or gone.</exception>
    public Task WriteAsync(Action<CatalogueCommands> commands, CancellationToken ct) => WriteAsync(new Write(null, commands), ct);

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _loop;
    }

    private async Task WriteAsync(Write write, CancellationToken ct)
    {
        using var step = LibraryTelemetry.Step("catalogue write");
        await _writes.Writer.WriteAsync(write, ct);
        await write.Done.Task;
    }

    private async Task RunAsync()
    {
        Session? session = null;
        var batch = new List<Write>();
        while (await _writes.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MaxTogether && _writes.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            (session, var failure) = await TryAsync(session, batch);
            if (failure is null)
            {
                batch.ForEach(write => write.Done.SetResult());
                continue;
            }

            var isGone = false;
            foreach (var write in batch)
            {
                if (!isGone)
                {
                    (session, failure) = await TryAloneAsync(session, write);
                }

                if (failure is null)
                {
                    write.Done.SetResult();
                }
                else
                {
                    // A database that does not answer is not waited for once for each.
                    isGone = CatalogueTrouble.Of(failure) == TroubleKind.Unavailable;
                    write.Done.SetException(failure);
                }
            }
        }

        await CloseAsync(session);
    }

    private async Task<(Session? Session, Exception? Failure)> TryAloneAsync(Session? session, Write write)
    {
        for (var tries = 1; ; tries++)
        {
            (session, var failure) = await TryAsync(session, [write]);
            if (failure is null || tries == MaxTries || CatalogueTrouble.Of(failure) != TroubleKind.Conflict)
            {
                return (session, failure);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10 * tries));
        }
    }

    /// <summary>Writes a batch in one transaction. After a failure the connection is opened anew: nothing of it reaches into the next write.</summary>
    private async Task<(Session? Session, Exception? Failure)> TryAsync(Session? session, List<Write> batch)
    {
        try
        {
            session ??= await OpenAsync();
            var catalogue = session.Catalogue;
            await using var transaction = catalogue is PostgresCatalogue
                ? await catalogue.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead)
                : await catalogue.Database.BeginTransactionAsync();
            session.Commands.Transaction = transaction.GetDbTransaction();
            foreach (var write in batch)
            {
                if (write.Commands is { } commands)
                {
                    commands(session.Commands);
                    continue;
                }

                // Saved one by one, so that each finds what those before it did: a row that was removed is gone.
                await write.Change!(catalogue, CancellationToken.None);
                await catalogue.SaveChangesAsync();
                catalogue.ChangeTracker.Clear();
            }

            await transaction.CommitAsync();
            return (session, null);
        }
        catch (Exception exception)
        {
            // Whoever asked for the write gets it.
            LibraryTelemetry.WriteFailed();
            await CloseAsync(session);
            if (CatalogueTrouble.Of(exception) == TroubleKind.ReadOnly)
            {
                // These connections may lead to a server that others took over from; new ones go to those.
                _postgres?.Clear();
            }

            return (null, exception);
        }
    }

    private async Task<Session> OpenAsync()
    {
        var catalogue = await _catalogues.CreateDbContextAsync();
        try
        {
            catalogue.Database.AutoSavepointsEnabled = false;
            await catalogue.Database.OpenConnectionAsync();
            return new Session(catalogue, new CatalogueCommands(catalogue.Database.GetDbConnection()));
        }
        catch
        {
            await catalogue.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes a connection. One that cannot even be closed must not end the loop: nobody could write any more.</summary>
    private static async Task CloseAsync(Session? session)
    {
        if (session is null)
        {
            return;
        }

        try
        {
            session.Commands.Dispose();
        }
        catch (Exception)
        {
            // Whoever asked for the write has been told what went wrong with it.
        }

        try
        {
            await session.Catalogue.DisposeAsync();
        }
        catch (Exception)
        {
            // Likewise.
        }
    }

    /// <summary>An open connection, kept from one transaction to the next.</summary>
    private sealed record Session(Catalogue Catalogue, CatalogueCommands Commands);

    /// <summary>One of the two kinds of writes.</summary>
    private sealed record Write(Func<Catalogue, CancellationToken, Task>? Change, Action<CatalogueCommands>? Commands)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
