using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Library.Backup;

/// <summary>Copies of SQLite's file, by its own means: writers go on meanwhile.</summary>
internal sealed class SqliteCopy(IOptions<LibraryOptions> options) : ICatalogueCopy
{
    public string EntryName => CatalogueSetup.FileName;

    private string Original => Path.Combine(Path.GetFullPath(options.Value.Root), CatalogueSetup.FileName);

    public async Task WriteAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(Original))
        {
            throw new BackupException($"there is no library at {Path.GetDirectoryName(Original)}. Name its folder in MusicRender:Library:Root.");
        }

        try
        {
            await using var source = await OpenAsync(Original, SqliteOpenMode.ReadWrite, ct);
            await using var target = await OpenAsync(path, SqliteOpenMode.ReadWriteCreate, ct);
            source.BackupDatabase(target);
            // One file, and none beside it.
            await RunAsync(target, "PRAGMA journal_mode = DELETE", ct);
        }
        catch (SqliteException exception)
        {
            throw new BackupException($"the catalogue cannot be copied: {exception.Message}", exception);
        }
    }

    public async Task ForgetAsync(string path, IReadOnlyCollection<string> trackIds, CancellationToken ct)
    {
        await using var copy = await OpenAsync(path, SqliteOpenMode.ReadWrite, ct);
        foreach (var id in trackIds)
        {
            foreach (var statement in new[] { """DELETE FROM "stems" WHERE "TrackId" = $id""", """DELETE FROM "tracks" WHERE "Id" = $id""" })
            {
                await using var command = copy.CreateCommand();
                command.CommandText = statement;
                command.Parameters.AddWithValue("$id", id);
                await command.ExecuteNonQueryAsync(ct);
            }
        }
    }

    public Task RequireNoneAsync(CancellationToken ct) => Task.CompletedTask;

    public Task RestoreAsync(string path, CancellationToken ct)
    {
        File.Move(path, Original, overwrite: false);
        return Task.CompletedTask;
    }

    private static async Task<SqliteConnection> OpenAsync(string path, SqliteOpenMode mode, CancellationToken ct)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        await connection.OpenAsync(ct);
        return connection;
    }

    private static async Task RunAsync(SqliteConnection connection, string statement, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(ct);
    }
}
