using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MusicRender.Web.Tests.Server;

/// <summary>The program as a process of its own, at one address and on one library, that can be killed and started again.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("musicrender-process-").FullName;
    private readonly IReadOnlyList<string> _settings;
    private Process? _process;

    private ServerProcess(string? library, IReadOnlyList<string> settings) => (LibraryRoot, _settings) = (library ?? Path.Combine(_folder, "library"), settings);

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    public string LibraryRoot { get; }

    public static Task<ServerProcess> StartAsync(params IReadOnlyList<string> settings) => StartOnAsync(null, settings);

    /// <summary>The same on a library that is another's too; null for one of its own.</summary>
    public static async Task<ServerProcess> StartOnAsync(string? library, params IReadOnlyList<string> settings)
    {
        var server = new ServerProcess(library, settings);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it, and returns when it answers.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder };
        foreach (var argument in (string[])[ProgramFile.Path, $"--urls={Address}", $"--contentRoot={_folder}", "--Logging:LogLevel:Default=None", $"--MusicRender:Library:Root={LibraryRoot}", .. _settings])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("ELEVENLABS_API_KEY");
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient();
        var patience = MusicRenderApp.Patience;
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "/alive"), patience);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await Task.Delay(20, patience);
            }
        }
    }

    /// <summary>Kills it: it has no time to say anything.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await GoneAsync();
    }

    /// <summary>Asks it to stop, as a service manager does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await GoneAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task GoneAsync()
    {
        await _process!.WaitForExitAsync(MusicRenderApp.Patience);
        _process.Dispose();
        _process = null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
