using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Tests;

namespace MusicRender.Benchmarks.Crash;

/// <summary>A crowd that renders on a fleet of its own, somebody who disturbs it, and the audit afterwards: a row of the table.</summary>
internal sealed class Trial(BenchmarkPlace benchmark, Report report, Table table, PostgresServer postgres)
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(6);

    /// <summary>Runs one.</summary>
    /// <param name="what">What is done to the nodes.</param>
    /// <param name="nodes">How many: one on SQLite, several on PostgreSQL.</param>
    /// <param name="clients">How many render at the same time.</param>
    /// <param name="disturb">Does it; returns how many times.</param>
    /// <param name="isShared">True to have one node too on PostgreSQL.</param>
    /// <param name="library">The library's root; null for a folder of its own.</param>
    /// <param name="place">Where a node runs, given its number and its settings; null for this machine.</param>
    public async Task RunAsync(
        string what, int nodes, int clients, Func<Fleet, Crowd, Task<int>> disturb, bool isShared = false, string? library = null, Func<int, IReadOnlyDictionary<string, string>, NodePlace>? place = null)
    {
        Report.Say($"{what}, {nodes} nodes...");
        using var scratch = new ScratchFolder();
        var settings = new Dictionary<string, string> { [WitnessGenerator.Variable] = scratch["witness"] };
        Directory.CreateDirectory(scratch["witness"]);
        if (isShared || nodes > 1)
        {
            settings["ConnectionStrings__MusicRender"] = await postgres.NewDatabaseAsync();
        }

        var places = Enumerable.Range(0, nodes).Select(node => place?.Invoke(node, settings) ?? NodePlace.Here(settings)).ToArray();
        await using var fleet = await Fleet.StartAsync(new MusicRenderServer(benchmark.Server), library ?? scratch["library"], places);
        var crowd = new Crowd(fleet);
        var expected = await crowd.UndisturbedAsync();
        var rendering = crowd.RenderAsync(clients);
        var times = await disturb(fleet, crowd);
        crowd.Enough();
        await rendering.WaitAsync(EndPatience);
        var audit = await Audit.TakeAsync(crowd.All, fleet.Port(0), fleet.Library, scratch["witness"], expected, Report.Say);
        table.Add(
            what, nodes, times, crowd.All.Count, crowd.All.Sum(client => client.Losses), crowd.All.Sum(client => client.Refusals),
            audit.Lost, audit.TwiceAtOnce, audit.FilesWithoutRow, audit.RowsWithoutFile, audit.Violations, audit.OtherBytes, crowd.LongestSeconds);
        Report.Say($"{what}, {nodes} nodes, {times} times, {crowd.All.Count} renders: {audit}");
        if (audit.Sum > 0)
        {
            report.Fail($"crash, {what}: {audit} on {nodes} nodes");
        }
    }
}
