using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace MusicRender.Engine.Library.Postgres;

/// <summary>Makes the database and its tables, or brings older ones up to date. Several processes may start at once: one does it, the others wait.</summary>
internal sealed class PostgresSetup(PostgresConnection connection, IDbContextFactory<PostgresCatalogue> catalogues, TimeProvider time)
{
    /// <summary>How long a server that is just starting is waited for.</summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    /// <summary>Any number that nobody else locks.</summary>
    private const long Lock = 7_305_811_230_519;

    /// <summary>Prepares the database, then whatever else only one process may do at a time.</summary>
    /// <exception cref="EngineStartException">The server is not there, or does not let us in.</exception>
    public async Task PrepareAsync(Func<Task> then, CancellationToken ct)
    {
        try
        {
            await MakeDatabaseAsync(ct);
            await using var catalogue = await catalogues.CreateDbContextAsync(ct);
            // Kept open: the lock is the connection's.
            await catalogue.Database.OpenConnectionAsync(ct);
            await catalogue.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Lock})", ct);
            try
            {
                // Before the migrations look for it, and log that it is not there.
                await catalogue.GetService<IHistoryRepository>().CreateIfNotExistsAsync(ct);
                await catalogue.Database.MigrateAsync(ct);
                await then();
            }
            finally
            {
                await catalogue.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
            }
        }
        catch (NpgsqlException exception)
        {
            throw new EngineStartException($"the catalogue at {connection.Name} cannot be opened: {Explain(exception)} {PostgresConnection.Setting} says where it is.");
        }
    }

    private async Task MakeDatabaseAsync(CancellationToken ct)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var own = new NpgsqlConnection(connection.With(settings => settings.Pooling = false));
                await own.OpenAsync(ct);
                return;
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                await MakeMissingDatabaseAsync(ct);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.CannotConnectNow && time.GetElapsedTime(started) < StartPatience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), time, ct);
            }
        }
    }

    private async Task MakeMissingDatabaseAsync(CancellationToken ct)
    {
        await using var maintenance = new NpgsqlConnection(connection.With(settings => (settings.Database, settings.Pooling) = ("postgres", false)));
        await maintenance.OpenAsync(ct);
        await using var create = new NpgsqlCommand($"CREATE DATABASE \"{connection.Database.Replace("\"", "\"\"", StringComparison.Ordinal)}\" ENCODING 'UTF8' TEMPLATE template0", maintenance);
        try
        {
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process was quicker.
        }
    }

    private static string Explain(NpgsqlException exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => "the server refuses user or password.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => "the user may not make databases or tables there. Make the database first, and the user its owner.",
        PostgresException postgres => $"the server says: {postgres.MessageText}.",
        { InnerException: TimeoutException } => "the server does not answer.",
        { InnerException: { } inner } => $"{inner.Message.TrimEnd('.')}.",
        _ => $"{exception.Message.TrimEnd('.')}.",
    };
}
