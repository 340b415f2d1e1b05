using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Tests;

namespace MusicRender.Benchmarks.Socket;

/// <summary>What the other database, and other nodes beside it, cost a node: the same sessions on SQLite, on PostgreSQL, and on a node of three.</summary>
internal static class ClusterOverhead
{
    /// <summary>CPU a session in a cluster ÷ alone, on the same database.</summary>
    private const double Bar = 1.15;

    private static readonly string[] Names = ["one node, SQLite", "one node, PostgreSQL", "one of three nodes"];

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        var shape = isSmoke ? new LoadShape(20, 60, 10_000) : new LoadShape(50, 1_000, 10_000);
        using var postgres = new PostgresServer();
        using var scratch = new ScratchFolder();
        await using var sqlite = await StartAsync(place, scratch["sqlite"], null);
        await using var alone = await StartAsync(place, scratch["alone"], await postgres.NewDatabaseAsync());
        var shared = await postgres.NewDatabaseAsync();
        await using var first = await StartAsync(place, scratch["shared"], shared);
        await using var second = await StartAsync(place, scratch["shared"], shared);
        await using var third = await StartAsync(place, scratch["shared"], shared);

        Node[][] setups = [[sqlite], [alone], [first, second, third]];
        var rounds = setups.Select(_ => new List<(Measurement Figures, double CpuMs)>()).ToList();
        // The first round warms up.
        for (var round = 0; round <= (isSmoke ? 1 : 5); round++)
        {
            for (var setup = 0; setup < setups.Length; setup++)
            {
                var nodes = setups[setup];
                var before = nodes.Sum(node => node.Process.Figures.CpuSeconds);
                var figures = await Measurement.TakeAsync(new MeasuredServer(Names[setup], nodes[0].Process, nodes[0].Port, IsNumbered: true), shape, report);
                if (round > 0)
                {
                    rounds[setup].Add((figures, (nodes.Sum(node => node.Process.Figures.CpuSeconds) - before) * 1000 / shape.Total));
                }
            }
        }

        var table = new Table("Cluster: sessions with a generator that answers at once, all over one node", "nodes", "at once", "sessions/s", "CPU ms/session, all nodes", "result p50 ms", "result p99 ms");
        foreach (var (name, measured) in Names.Zip(rounds))
        {
            var figures = Measurement.MedianOf([.. measured.Select(round => round.Figures)]);
            table.Add(name, shape.AtOnce, figures.SessionsASecond, Quantiles.Median(measured.Select(round => round.CpuMs)), figures.Result.P50, figures.Result.P99);
        }

        var ratio = Quantiles.Median(rounds[2].Zip(rounds[1], (cluster, single) => cluster.CpuMs / single.CpuMs));
        table.Note(FormattableString.Invariant($"Medians, PostgreSQL's own CPU not counted. CPU a session in a cluster ÷ alone on the same database: {ratio:0.00}. Bar: {Bar:0.00}{(ratio > Bar && !isSmoke ? ", missed" : "")}."));
        report.Add(table);
    }

    private static async Task<Node> StartAsync(BenchmarkPlace place, string library, string? database)
    {
        var port = ChildProcess.FreePort();
        var settings = database is null ? new Dictionary<string, string>() : new() { ["ConnectionStrings__MusicRender"] = database };
        var node = new Node(new MusicRenderServer(place.Server).Start(library, port, InMemoryGenerator.GeneratorName, settings), port);
        await node.Process.AnswersAsync(new Uri(MusicRenderServer.Address(port), "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
        return node;
    }

    private sealed record Node(ChildProcess Process, int Port) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
