using System.Net;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.Socket;

/// <summary>
/// What a session over <c>WS /render/ws</c> costs: the real server with a generator that answers at once, and, where it
/// is there, the FastAPI peer in the same run.
/// </summary>
internal static class SocketBench
{
    private const int IdleSockets = 1_000;

    private static readonly LoadShape[] Shapes = [new(1, 300, 10_000), new(50, 2_000, 10_000), new(200, 2_000, 10_000), new(1_000, 3_000, 10_000), new(200, 1_000, 180_000)];
    private static readonly LoadShape[] SmokeShapes = [new(1, 20, 10_000), new(50, 200, 10_000), new(200, 400, 10_000)];

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        using var scratch = new ScratchFolder();
        var port = ChildProcess.FreePort();
        await using var process = new MusicRenderServer(place.Server).Start(scratch["library"], port, inMemory: true);
        await process.AnswersAsync(new Uri(MusicRenderServer.Address(port), "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
        var own = new MeasuredServer("MusicRender", process, port, IsNumbered: true);
        await Measurement.TakeAsync(own, isSmoke ? new(4, 20, 10_000) : new(20, 1_000, 10_000), report);
        report.Add(await IdleAsync(own, isSmoke ? 100 : IdleSockets));

        await using var peer = isSmoke ? null : await FastApiPeer.TryStartAsync(place, scratch);
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
        var table = new Table(
            "Socket: sessions with a generator that answers at once",
            "server", "plan s", "at once", "sessions/s", "CPU ms/session", "client CPU ms", "connected p50 ms", "connected p95", "connected p99", "result p50 ms", "result p95", "result p99", "violations", "resident MB");
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
            Add(table, own, shape, measured);
            if (peer is not null)
            {
                var other = Measurement.MedianOf(theirs);
                Add(table, peer.Server, shape, other);
                ratios.Add(FormattableString.Invariant($"{shape.AtOnce} × {shape.DurationMs / 1000} s: the peer takes {other.CpuMs / measured.CpuMs:0.0} × the CPU a session; its p99 is {other.Connected.P99 / measured.Connected.P99:0.0} × (connected) and {other.Result.P99 / measured.Result.P99:0.0} × (result)."));
            }
        }

        table.Note(isSmoke ? "One round." : "Medians of three rounds, each round of one server back to back with the other's. Connected: connect → first message; result: request → result.");
        table.Note(peer is null ? $"FastAPI peer: {(isSmoke ? "not in a quick pass" : "not there")}." : $"{peer.Versions} It fetches its audio from an upstream in another process, MusicRender's generator has it in memory; MusicRender keeps a catalogue, tags, peaks and flushes to disk, the peer does none of these.");
        ratios.ForEach(table.Note);
        report.Add(table);
    }

    private static void Add(Table table, MeasuredServer server, LoadShape shape, Measurement figures) => table.Add(
        server.Name, shape.DurationMs / 1000, shape.AtOnce, figures.SessionsASecond, figures.CpuMs, figures.ClientCpuMs,
        figures.Connected.P50, figures.Connected.P95, figures.Connected.P99, figures.Result.P50, figures.Result.P95, figures.Result.P99,
        figures.Violations, figures.ResidentMegabytes);

    /// <summary>Memory of sockets that are connected and send nothing.</summary>
    private static async Task<Table> IdleAsync(MeasuredServer server, int sockets)
    {
        var before = server.Process.Figures.ResidentMegabytes;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        var address = new IPEndPoint(IPAddress.Loopback, server.Port);
        var clients = await Task.WhenAll(Enumerable.Range(0, sockets).Select(async _ =>
        {
            var client = await SocketClient.ConnectAsync(address, patience.Token);
            return await client.ReceiveAsync(patience.Token) is null ? throw new BenchmarkException("an idle socket was closed at once") : client;
        }));
        await Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None);
        var held = server.Process.Figures.ResidentMegabytes;
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        var table = new Table("Socket: memory of idle sockets", "sockets", "resident before MB", "resident with them MB", "KB/socket");
        table.Add(sockets, before, held, (held - before) * 1024 / sockets);
        return table;
    }
}
