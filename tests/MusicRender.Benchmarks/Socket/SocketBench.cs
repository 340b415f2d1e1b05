using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.Socket;

/// <summary>
/// What a session over <c>WS /render/ws</c> costs by itself: the real server with a generator that answers at once.
/// </summary>
internal static class SocketBench
{
    private static readonly LoadShape[] Shapes = [new(1, 200, 10_000), new(50, 1_000, 10_000), new(200, 1_000, 10_000), new(1_000, 2_000, 10_000), new(5_000, 5_000, 10_000), new(200, 400, 180_000)];
    private static readonly LoadShape[] SmokeShapes = [new(1, 5, 10_000), new(100, 100, 10_000)];

    /// <summary>The columns of a table of sessions.</summary>
    internal static readonly string[] Columns =
    [
        "server", "plan s", "at once", "sessions/s", "CPU ms/session", "client CPU ms", "connected p50 ms", "connected p95", "connected p99",
        "result p50 ms", "result p95", "result p99", "violations", "resident MB",
    ];

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        await IdleSockets.RunAsync(place, report, isSmoke);

        using var scratch = new ScratchFolder();
        var port = ChildProcess.FreePort();
        await using var process = new MusicRenderServer(place.Server).Start(scratch["library"], port, inMemory: true);
        await process.AnswersAsync(new Uri(MusicRenderServer.Address(port), "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
        var own = new MeasuredServer("MusicRender", process, port, IsNumbered: true);
        await Measurement.TakeAsync(own, isSmoke ? new(4, 20, 10_000) : new(20, 1_000, 10_000), report);

        var table = new Table("Socket: sessions with a generator that answers at once", Columns);
        foreach (var shape in isSmoke ? SmokeShapes : Shapes)
        {
            Report.Say($"{shape.AtOnce} at once, plans of {shape.DurationMs / 1000} s...");
            var rounds = new List<Measurement>();
            for (var round = 0; round < (isSmoke ? 1 : 3); round++)
            {
                rounds.Add(await Measurement.TakeAsync(own, shape, report));
            }

            Add(table, own, shape, Measurement.MedianOf(rounds));
        }

        table.Note($"{(isSmoke ? "One round" : "Medians of three rounds")}. Connected: connect → first message; result: request → result.");
        report.Add(table);
    }

    /// <summary>Adds a row of figures.</summary>
    internal static void Add(Table table, MeasuredServer server, LoadShape shape, Measurement figures) => table.Add(
        server.Name, shape.DurationMs / 1000, shape.AtOnce, figures.SessionsASecond, figures.CpuMs, figures.ClientCpuMs,
        figures.Connected.P50, figures.Connected.P95, figures.Connected.P99, figures.Result.P50, figures.Result.P95, figures.Result.P99,
        figures.Violations, figures.ResidentMegabytes);
}
