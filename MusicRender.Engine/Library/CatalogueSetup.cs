using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Library;

/// <summary>Where the catalogue's database is, and bringing it up to date.</summary>
internal sealed class CatalogueSetup(IDbContextFactory<Catalogue> catalogues, IOptions<LibraryOptions> options)
{
    /// <summary>SQLite's file below the library's root.</summary>
    public const string FileName = "musicrender.db";

    /// <summary>The connection to the file below a root.</summary>
    public static string ConnectionString(string root) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(Path.GetFullPath(root), FileName),
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>Makes the folder and the tables, or brings older ones up to date.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetFullPath(options.Value.Root));
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
        catch (SqliteException)
        {
            return "The catalogue does not answer.";
        }
    }

    /// <summary>For the migrations tool only.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<Catalogue>
    {
        public Catalogue CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<Catalogue>().UseSqlite("Data Source=design-time.db").Options);
    }
}
