using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.Crash;

/// <summary>
/// Kills nodes (SIGKILL) at each stage and at random moments while clients go on rendering, and counts what must never be: renders lost, renders run twice
/// at once, files without a row, rows without a file, gaps or repeats heard by clients that resume, other bytes than an undisturbed render has.
/// </summary>
internal static class CrashBench
{
    private const int Clients = 4;
    private const int Kills = 200;
    private const int SmokeKills = 2;
    private static readonly string[] Stages = ["validating", "validated", "generating", "processing", "saving", "extracting", "complete"];
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(3);

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        var table = new Table(
            "Crash: nodes killed while clients render", "nodes", "kills", "renders", "connections lost", "lost", "twice at once", "files without row", "rows without file", "gaps or repeats", "other bytes", "longest wait s");
        await KillAsync(place, table, nodes: 1, isSmoke, report);
        table.Note($"{(isSmoke ? "A quick pass" : "At each stage, then at random moments")}; {Clients} clients render songs of 20 to 70 s without a pause. All columns from \"lost\" to \"other bytes\" must be 0.");
        report.Add(table);
    }

    private static async Task KillAsync(BenchmarkPlace place, Table table, int nodes, bool isSmoke, Report report)
    {
        using var scratch = new ScratchFolder();
        var witness = scratch["witness"];
        await File.WriteAllTextAsync(witness, "");
        await using var fleet = await Fleet.StartAsync(new MusicRenderServer(place.Server), scratch["library"], nodes, new Dictionary<string, string> { [WitnessGenerator.Variable] = witness });
        var crowd = new Crowd(fleet);
        var expected = await crowd.UndisturbedAsync();
        var rendering = crowd.RenderAsync(Clients);
        var random = new Random(1);
        Func<Task>[] moments = [.. Stages.Select(stage => (Func<Task>)(() => crowd.HearsAsync(stage))), .. Enumerable.Range(0, isSmoke ? SmokeKills : Kills).Select(_ => (Func<Task>)(() => Task.Delay(MostPause * random.NextDouble())))];
        foreach (var moment in moments)
        {
            await moment();
            var node = random.Next(nodes);
            await fleet.KillAsync(node);
            await fleet.StartAsync(node);
        }

        crowd.Enough();
        await rendering.WaitAsync(EndPatience);
        var audit = await Audit.TakeAsync(crowd.All, fleet.Port(0), fleet.Library, witness, expected, Report.Say);
        table.Add(
            nodes, moments.Length, crowd.All.Count, crowd.All.Sum(client => client.Losses), audit.Lost, audit.TwiceAtOnce, audit.FilesWithoutRow, audit.RowsWithoutFile, audit.Violations, audit.OtherBytes,
            crowd.LongestSeconds);
        if (audit.Sum > 0)
        {
            report.Fail($"crash: {audit} on {nodes} nodes");
        }
    }
}
