using System.ComponentModel;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MusicRender.Engine.Library.Backup;

/// <summary>Copies of a PostgreSQL catalogue, by PostgreSQL's own programs: <c>pg_dump</c> and <c>psql</c>.</summary>
/// <param name="connection">A connection string: <c>Host=…;Username=…;Password=…;Database=…</c>.</param>
internal sealed class PostgresCopy(string connection) : ICatalogueCopy
{
    /// <summary>What belongs to the nodes that run now, and to none that is restored.</summary>
    private static readonly string[] OfTheNodes = ["nodes", "cluster_members", "clusters"];

    /// <summary>Names of settings, as connection strings have them, by the variable that PostgreSQL's programs read.</summary>
    private static readonly (string Variable, string[] Names)[] Variables =
    [
        ("PGHOST", ["Host", "Server"]),
        ("PGPORT", ["Port"]),
        ("PGUSER", ["Username", "User Id", "User Name", "User"]),
        ("PGPASSWORD", ["Password", "PWD", "PSW"]),
        ("PGDATABASE", ["Database", "DB"]),
        ("PGSSLMODE", ["SSL Mode", "SslMode"]),
    ];

    public string EntryName => "catalogue.sql";

    public Task WriteAsync(string path, CancellationToken ct) =>
        RunAsync("pg_dump", ["--no-owner", "--no-privileges", "--encoding=UTF8", .. OfTheNodes.Select(table => $"--exclude-table-data=public.{table}"), $"--file={path}"], ct);

    public async Task ForgetAsync(string path, IReadOnlyCollection<string> trackIds, CancellationToken ct)
    {
        // Ids are hexadecimal; anything else is not put into a statement.
        var statements = trackIds.Where(id => id.All(char.IsAsciiHexDigit))
            .Select(id => $"DELETE FROM public.\"stems\" WHERE \"TrackId\" = '{id}';\nDELETE FROM public.\"tracks\" WHERE \"Id\" = '{id}';");
        await File.AppendAllLinesAsync(path, statements, ct);
    }

    public async Task RequireNoneAsync(CancellationToken ct)
    {
        var tables = await RunAsync("psql", ["-X", "-q", "-t", "-A", "-c", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"], ct);
        if (int.Parse(tables, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) > 0)
        {
            throw new BackupException("the database is not empty. Name a new one in ConnectionStrings:MusicRender.");
        }
    }

    public Task RestoreAsync(string path, CancellationToken ct) =>
        RunAsync("psql", ["-X", "-q", "-o", "/dev/null", "-v", "ON_ERROR_STOP=1", "--single-transaction", $"--file={path}"], ct);

    private async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, StandardErrorEncoding = Encoding.UTF8 };
        var settings = new DbConnectionStringBuilder { ConnectionString = connection };
        foreach (var (variable, names) in Variables)
        {
            if (names.Select(name => settings.TryGetValue(name, out var value) ? $"{value}" : null).FirstOrDefault(value => value is { Length: > 0 }) is { } value)
            {
                // The password is seen by nobody: arguments would be.
                start.Environment[variable] = variable == "PGSSLMODE" ? SslModeOf(value) : value;
            }
        }

        try
        {
            using var process = Process.Start(start)!;
            await using var killed = ct.Register(process.Kill);
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
            await process.WaitForExitAsync(CancellationToken.None);
            ct.ThrowIfCancellationRequested();
            return process.ExitCode == 0 ? await output : throw new BackupException($"{program} failed: {(await errors).Trim()}");
        }
        catch (Win32Exception exception)
        {
            throw new BackupException($"{program} is not on this machine. Install PostgreSQL's client programs (Debian: postgresql-client), of the server's version or newer.", exception);
        }
    }

    /// <summary>"VerifyFull" → "verify-full".</summary>
    private static string SslModeOf(string mode) =>
        mode.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch { "VERIFYCA" => "verify-ca", "VERIFYFULL" => "verify-full", _ => mode.ToLowerInvariant() };
}
