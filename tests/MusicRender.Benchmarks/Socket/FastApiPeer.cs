using System.Diagnostics;
using System.Globalization;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.Socket;

/// <summary>The FastAPI program that speaks the same protocol, with its upstream, when both can be had.</summary>
internal sealed class FastApiPeer : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";
    private const string Modules = "fastapi, pydantic, uvicorn, websockets, aiohttp, uvloop, httptools";

    private readonly ChildProcess _upstream;

    private FastApiPeer(MeasuredServer server, ChildProcess upstream, string versions) => (Server, _upstream, Versions) = (server, upstream, versions);

    /// <summary>The peer.</summary>
    public MeasuredServer Server { get; }

    /// <summary>What it runs on, in a sentence that belongs beside every ratio.</summary>
    public string Versions { get; }

    /// <summary>Starts it, or says why not and gives null.</summary>
    public static async Task<FastApiPeer?> TryStartAsync(BenchmarkPlace place, ScratchFolder scratch)
    {
        var script = Path.Combine(place.Peers, "fastapi_ws", "start.sh");
        if (!File.Exists(script))
        {
            Report.Say("FastAPI peer: peer not there.");
            return null;
        }

        if (await VersionsAsync() is not { } versions)
        {
            Report.Say($"FastAPI peer: peer not there (its program is, but {Python} lacks some of {Modules}).");
            return null;
        }

        var (upstreamPort, port) = (ChildProcess.FreePort(), ChildProcess.FreePort());
        var upstream = ChildProcess.StartOwn("upstream", "--urls", MusicRenderServer.Address(upstreamPort).ToString());
        await upstream.AnswersAsync(new Uri(MusicRenderServer.Address(upstreamPort), "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(50));
        var process = ChildProcess.Start("sh", [script], new Dictionary<string, string>
        {
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["WORKERS"] = "1",
            ["ELEVENLABS_BASE_URL"] = $"http://127.0.0.1:{upstreamPort}",
            ["ELEVENLABS_API_KEY"] = "bench",
            ["OUTPUT_DIR"] = scratch["peer"],
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        });
        await process.AnswersAsync(new Uri(MusicRenderServer.Address(port), "/health"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(50));
        return new FastApiPeer(new MeasuredServer("FastAPI peer", process, port, IsNumbered: false), upstream, versions);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.Process.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    private static async Task<string?> VersionsAsync()
    {
        if (!File.Exists(Python))
        {
            return null;
        }

        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", $"import {Modules}; print(f'Peer: FastAPI {{fastapi.__version__}}, pydantic {{pydantic.VERSION}}, uvicorn {{uvicorn.__version__}} (one worker), Python of this system.')"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var versions = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? versions.Trim() : null;
    }
}
