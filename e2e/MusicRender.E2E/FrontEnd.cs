using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MusicRender.E2E;

/// <summary>Journeys that share one front end of somebody else; one after the other, for some of them stop its server.</summary>
[CollectionDefinition]
public sealed class SharedFrontEnd : ICollectionFixture<FrontEnd>;

/// <summary>Somebody else's front end, built and served at an origin of its own, and a server that allows that origin.</summary>
public sealed class FrontEnd : IAsyncLifetime
{
    private static readonly string Source = Path.Combine(Repository.Root, "e2e", "react-frontend");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrender-e2e-");
    private readonly List<Process> _pages = [];
    private MusicRenderProcess _program = null!;

    /// <summary>Where the front end is.</summary>
    public Uri Page { get; private set; } = null!;

    /// <summary>The same pages at an origin that the server does not allow.</summary>
    public Uri ForeignPage { get; private set; } = null!;

    /// <summary>Where the server is.</summary>
    public Uri Server => _program.Address;

    private string Built => Path.Combine(_folder.FullName, "built");

    private string Broken => Path.Combine(_folder.FullName, "broken");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await WriteEncoderAsync();
        var port = FreePort();
        Page = new Uri($"http://localhost:{port}/");
        _program = await StartServerAsync(0);
        await RunViteAsync("build", "--outDir", Built, "--emptyOutDir");
        await ServeAsync(port);
        var foreign = FreePort();
        ForeignPage = new Uri($"http://localhost:{foreign}/");
        await ServeAsync(foreign);
    }

    /// <summary>Ends the server as a power cut would.</summary>
    public Task KillServerAsync() => _program.KillAsync();

    /// <summary>Starts it again at the same address.</summary>
    /// <param name="token">The access token that it wants, or null.</param>
    public async Task RestartServerAsync(string? token = null)
    {
        var port = Server.Port;
        await _program.DisposeAsync();
        _program = await StartServerAsync(port, token);
    }

    /// <summary>Whether the server's encoder fails, as on a machine that somebody else has changed.</summary>
    public void BreakEncoder(bool isBroken)
    {
        if (isBroken)
        {
            File.WriteAllText(Broken, "");
        }
        else
        {
            File.Delete(Broken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var page in _pages)
        {
            page.Kill();
            await page.WaitForExitAsync();
            page.Dispose();
        }

        await _program.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The real encoder, unless a file says that it is broken.</summary>
    private async Task WriteEncoderAsync()
    {
        var path = Path.Combine(_folder.FullName, "ffmpeg");
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n[ -e '{Broken}' ] && exit 1\nexec ffmpeg \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private Task<MusicRenderProcess> StartServerAsync(int port, string? token = null) => MusicRenderProcess.StartAsync(
        Path.Combine(_folder.FullName, "library"),
        port,
        new Dictionary<string, string>
        {
            ["MusicRender__Cors__Origins__0"] = Page.GetLeftPart(UriPartial.Authority),
            ["MusicRender__Ffmpeg__Path"] = Path.Combine(_folder.FullName, "ffmpeg"),
            ["MusicRender__Access__Token"] = token ?? "",
        });

    private async Task ServeAsync(int port)
    {
        _pages.Add(StartVite("preview", "--outDir", Built, "--port", port.ToString(CultureInfo.InvariantCulture), "--strictPort"));
        using var http = new HttpClient();
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var response = await http.GetAsync(new Uri($"http://localhost:{port}/plain.html"), patience.Token);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (!_pages[^1].HasExited)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }

    private async Task RunViteAsync(params string[] arguments)
    {
        using var vite = StartVite(arguments);
        await vite.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(vite.ExitCode == 0, "The front end could not be built.");
    }

    private Process StartVite(params string[] arguments)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = Source,
            RedirectStandardOutput = true,
            Environment = { ["VITE_MUSICRENDER_URL"] = Server.GetLeftPart(UriPartial.Authority) },
        };
        start.ArgumentList.Add(Path.Combine(Source, "node_modules", "vite", "bin", "vite.js"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }
}
