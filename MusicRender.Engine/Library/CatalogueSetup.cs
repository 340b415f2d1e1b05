using System.Data.Common;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Library.Postgres;

namespace MusicRender.Engine.Library;

/// <summary>Where the catalogue's database is, and bringing it up to date.</summary>
/// <param name="catalogues">The catalogue.</param>
/// <param name="options">Where the library is.</param>
/// <param name="keys">The key ring, which lies in the catalogue when several processes share that.</param>
/// <param name="postgres">The catalogue's server; null when the catalogue is a file of the library.</param>
internal sealed class CatalogueSetup(IDbContextFactory<Catalogue> catalogues, IOptions<LibraryOptions> options, IKeyManager keys, PostgresSetup? postgres = null)
{
    /// <summary>SQLite's file below the library's root.</summary>
    public const string FileName = "musicrender.db";

    /// <summary>True when other processes may be on the same catalogue and library at the same time.</summary>
    public bool IsShared => postgres is not null;

    /// <summary>The connection to the file below a root.</summary>
    public static string ConnectionString(string root) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(Path.GetFullPath(root), FileName),
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>Makes the folder and the tables, or brings older ones up to date.</summary>
    /// <exception cref="EngineStartException">The database's server is not there, or does not let us in.</exception>
    public async Task PrepareAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetFullPath(options.Value.Root));
        if (postgres is not null)
        {
            await postgres.PrepareAsync(MakeFirstKey, ct);
            return;
        }

        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        await catalogue.Database.MigrateAsync(ct);
        // Readers go on while somebody writes. Kept in the file.
        await catalogue.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
    }

    /// <summary>Null when the catalogue answers; else what is wrong, for people.</summary>
    public async Task<string?> CheckAsync(CancellationToken ct)
    {
        try
        {
            await using var catalogue = await catalogues.CreateDbContextAsync(ct);
            return await catalogue.Database.CanConnectAsync(ct) ? null : "The catalogue does not answer.";
        }
        catch (DbException)
        {
            return "The catalogue does not answer.";
        }
    }

    /// <summary>Nodes that start at once would each make a first key, and not read for a while what the others sign with theirs.</summary>
    private Task MakeFirstKey()
    {
        if (keys.GetAllKeys().Count == 0)
        {
            keys.CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow + KeysLast);
        }

        return Task.CompletedTask;
    }

    /// <summary>As Data Protection has it.</summary>
    private static readonly TimeSpan KeysLast = TimeSpan.FromDays(90);

    /// <summary>For the migrations tool only.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<Catalogue>
    {
        public Catalogue CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<Catalogue>().UseSqlite("Data Source=design-time.db").Options);
    }
}
