using System.Diagnostics;
using System.Globalization;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Benchmarks.Socket;

namespace MusicRender.Benchmarks.ElevenLabs;

/// <summary>The FastAPI program that speaks the same protocol, when it can be had.</summary>
internal sealed class FastApiPeer : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";
    private const string Modules = "fastapi, pydantic, uvicorn, websockets, aiohttp, uvloop, httptools";

    private FastApiPeer(MeasuredServer server, string versions) => (Server, Versions) = (server, versions);

    /// <summary>The peer.</summary>
    public MeasuredServer Server { get; }

    /// <summary>What it runs on, in a sentence that belongs beside every ratio.</summary>
    public string Versions { get; }

    /// <summary>Starts it, or says why not and gives null.</summary>
    public static async Task<FastApiPeer?> TryStartAsync(BenchmarkPlace place, ScratchFolder scratch, Uri upstream)
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

        var port = ChildProcess.FreePort();
        var process = ChildProcess.Start("sh", [script], new Dictionary<string, string>
        {
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["WORKERS"] = "1",
            ["ELEVENLABS_BASE_URL"] = upstream.ToString(),
            ["ELEVENLABS_API_KEY"] = SimulatorServer.Key,
            ["OUTPUT_DIR"] = scratch["peer"],
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        });
        await process.AnswersAsync(new Uri(MusicRenderServer.Address(port), "/health"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(50));
        return new FastApiPeer(new MeasuredServer("FastAPI peer", process, port, IsNumbered: false), versions);
    }

    public ValueTask DisposeAsync() => Server.Process.DisposeAsync();

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
