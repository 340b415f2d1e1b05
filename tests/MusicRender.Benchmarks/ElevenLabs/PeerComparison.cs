using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Benchmarks.Socket;

namespace MusicRender.Benchmarks.ElevenLabs;

/// <summary>Sessions over <c>WS /render/ws</c> with the upstream in another process: MusicRender and, where it is there, the FastAPI peer, over the same upstream.</summary>
internal static class PeerComparison
{
    private const double Bar = 2;

    private static readonly LoadShape[] Shapes = [new(1, 300, 10_000), new(50, 1_000, 10_000), new(200, 1_000, 10_000), new(1_000, 2_000, 10_000), new(5_000, 5_000, 10_000), new(200, 400, 180_000)];
    private static readonly LoadShape[] SmokeShapes = [new(1, 5, 10_000), new(50, 50, 10_000)];

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        using var scratch = new ScratchFolder();
        var (upstreamPort, port) = (ChildProcess.FreePort(), ChildProcess.FreePort());
        await using var upstream = await SimulatorServer.StartAsync(upstreamPort, TimeSpan.Zero);
        var address = MusicRenderServer.Address(upstreamPort);
        await using var process = new MusicRenderServer(place.Server).Start(scratch["library"], port, address);
        await process.AnswersAsync(new Uri(MusicRenderServer.Address(port), "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
        // What the peer asks for: both move as many bytes.
        var own = new MeasuredServer("MusicRender", process, port, IsNumbered: true, OutputFormat: "mp3_44100_128");
        await Measurement.TakeAsync(own, isSmoke ? new(4, 20, 10_000) : new(20, 1_000, 10_000), report);

        await using var peer = isSmoke ? null : await FastApiPeer.TryStartAsync(place, scratch, address);
        if (peer is not null)
        {
            await Measurement.TakeAsync(peer.Server, new(20, 300, 10_000), report);
        }

        await CompareAsync(own, peer, isSmoke, report);
        if (!isSmoke)
        {
            await PeerLoad.RunAsync(place, own, peer, report);
        }
    }

    private static async Task CompareAsync(MeasuredServer own, FastApiPeer? peer, bool isSmoke, Report report)
    {
        var table = new Table("ElevenLabs: sessions over the socket, the upstream answering at once", [.. SocketBench.Columns]);
        var ratios = new List<string>();
        foreach (var shape in isSmoke ? SmokeShapes : Shapes)
        {
            Report.Say($"{shape.AtOnce} at once, plans of {shape.DurationMs / 1000} s...");
            var (ours, theirs) = (new List<Measurement>(), new List<Measurement>());
            for (var round = 0; round < (isSmoke ? 1 : 3); round++)
            {
                ours.Add(await Measurement.TakeAsync(own, shape, report));
                if (peer is not null)
                {
                    theirs.Add(await Measurement.TakeAsync(peer.Server, shape, report));
                }
            }

            var measured = Measurement.MedianOf(ours);
            SocketBench.Add(table, own, shape, measured);
            if (peer is not null)
            {
                var other = Measurement.MedianOf(theirs);
                SocketBench.Add(table, peer.Server, shape, other);
                var (cpu, connected) = (other.CpuMs / measured.CpuMs, other.Connected.P99 / measured.Connected.P99);
                ratios.Add(FormattableString.Invariant($"{shape.AtOnce} × {shape.DurationMs / 1000} s: the peer takes {cpu:0.0} × the CPU a session (bar {Bar:0}: {(cpu >= Bar ? "met" : "missed")}); its p99 is {connected:0.0} × (connected) and {other.Result.P99 / measured.Result.P99:0.0} × (result)."));
            }
        }

        table.Note(isSmoke ? "One round." : "Medians of three rounds, each round of one server back to back with the other's. Connected: connect → first message; result: request → result.");
        table.Note(peer is null ? $"FastAPI peer: {(isSmoke ? "not in a quick pass" : "not there")}." : $"{peer.Versions} It asks the same upstream for the multipart answer, MusicRender for the event stream; MusicRender keeps a catalogue, tags, peaks and flushes to disk, the peer does none of these. Both ask for 128 kbit/s (the peer's load generator below: each its own default).");
        ratios.ForEach(table.Note);
        report.Add(table);
    }
}
