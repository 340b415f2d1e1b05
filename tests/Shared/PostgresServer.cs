using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace MusicRender.Tests;

/// <summary>
/// A real PostgreSQL as an ordinary process in a temporary folder, for one run of a test program: started when the first
/// test asks for a database, reached through a Unix socket. What is written does not survive the machine, which makes it quick.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string User = "musicrender";

    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly Lazy<Task> _start;
    private Process? _process;
    private int _databases;

    /// <summary>A server that is not started yet.</summary>
    public PostgresServer()
    {
        _folder = Directory.CreateTempSubdirectory("musicrender-pg-").FullName;
        _start = new Lazy<Task>(InitializeAsync);
        // Whoever ends the test program must not leave a server behind.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
    }

    private static string Binaries { get; } = Find();

    /// <summary>A connection string to a new, empty database.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await _start.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync("postgres", $"CREATE DATABASE {name} STRATEGY FILE_COPY");
        return ConnectionOf(name);
    }

    /// <summary>A connection string to a database of that name, which need not be there.</summary>
    public async Task<string> NameDatabaseAsync(string name)
    {
        await _start.Value;
        return ConnectionOf(name);
    }

    /// <summary>Everything that is in a database, as SQL.</summary>
    public async Task<string> DumpAsync(string connection)
    {
        var start = new ProcessStartInfo($"{Binaries}/pg_dump", ["-h", _folder, "-U", User, new NpgsqlConnectionStringBuilder(connection).Database!]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var dump = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? dump : throw new InvalidOperationException("pg_dump failed.");
    }

    /// <summary>Runs a statement on a database.</summary>
    public async Task ExecuteAsync(string database, string statement)
    {
        await using var connection = new NpgsqlConnection($"{ConnectionOf(database)};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stops the server as an administrator would, without waiting for anybody: everything open is broken off.</summary>
    public async Task StopAsync()
    {
        await _start.Value;
        Process process;
        lock (_lock)
        {
            process = _process!;
            _process = null;
        }

        await RunAsync("kill", "-INT", string.Create(CultureInfo.InvariantCulture, $"{process.Id}"));
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Starts it again; returns when it answers.</summary>
    public async Task StartAsync()
    {
        var process = Start(
            $"{Binaries}/postgres", "-D", $"{_folder}/data", "-k", _folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "synchronous_commit=off",
            "-c", "full_page_writes=off", "-c", "max_connections=300", "-c", "shared_buffers=32MB", "-c", "log_min_messages=panic");
        lock (_lock)
        {
            _process = process;
        }

        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ExecuteAsync("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException) when (watch.Elapsed < TimeSpan.FromSeconds(30) && !process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            await RunAsync("chown", "postgres", _folder);
        }

        using (var initialize = Start($"{Binaries}/initdb", "-D", $"{_folder}/data", "-U", User, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"))
        {
            await initialize.WaitForExitAsync();
            if (initialize.ExitCode != 0)
            {
                throw new InvalidOperationException("initdb failed.");
            }
        }

        await StartAsync();
    }

    private string ConnectionOf(string database) => $"Host={_folder};Username={User};Database={database}";

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.IsPrivilegedProcess ? "setpriv" : program) { RedirectStandardOutput = true, UseShellExecute = false };
        string[] all = Environment.IsPrivilegedProcess ? ["--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments] : arguments;
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
    }

    private static string Find()
    {
        const string installed = "/usr/lib/postgresql";
        string[] programs = ["initdb", "postgres", "pg_dump"];
        IEnumerable<string> versions = Directory.Exists(installed) ? Directory.EnumerateDirectories(installed).Select(version => $"{version}/bin").OrderDescending() : [];
        var folders = versions.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'));
        return folders.FirstOrDefault(folder => programs.All(program => File.Exists($"{folder}/{program}")))
            ?? throw new InvalidOperationException("These tests need PostgreSQL: Debian's package postgresql, or its programs on the PATH.");
    }

    private void Kill()
    {
        lock (_lock)
        {
            if (_process is { HasExited: false } process)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }

            _process = null;
        }
    }
}
