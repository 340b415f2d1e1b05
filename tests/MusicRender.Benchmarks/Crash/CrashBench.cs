using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Tests;

namespace MusicRender.Benchmarks.Crash;

/// <summary>
/// Kills nodes at each stage and at random moments, pauses them, takes their database away, while clients go on rendering, and counts what must never be: renders lost, renders run twice
/// at once, files without a row, rows without a file, gaps or repeats heard by clients that resume, other bytes than an undisturbed render has.
/// </summary>
internal static class CrashBench
{
    private const int Clients = 4;
    private const int Kills = 200;
    private const int SmokeKills = 2;
    private static readonly string[] Stages = ["validating", "validated", "generating", "processing", "saving", "extracting", "complete"];
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(3);

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        var table = new Table(
            "Crash: what is done to nodes while clients render",
            "what", "nodes", "times", "renders", "connections lost", "lost", "twice at once", "files without row", "rows without file", "gaps or repeats", "other bytes", "longest wait s");
        using var postgres = new PostgresServer();
        var random = new Random(1);
        foreach (var nodes in (int[])[1, 3])
        {
            var kills = isSmoke ? SmokeKills : Kills;
            await DisturbAsync("killed", nodes, postgres, async (fleet, crowd) =>
            {
                string[] stages = isSmoke && nodes > 1 ? [] : Stages;
                foreach (var stage in stages)
                {
                    await crowd.HearsAsync(stage);
                    await KillAsync(fleet, random.Next(nodes));
                }

                for (var kill = 0; kill < kills; kill++)
                {
                    await Task.Delay(MostPause * random.NextDouble());
                    await KillAsync(fleet, random.Next(nodes));
                }

                return stages.Length + kills;
            });
        }

        if (!isSmoke)
        {
            await DisturbAsync("stopped for 60 s and let go on", 3, postgres, async (fleet, crowd) =>
            {
                for (var node = 0; node < fleet.Count; node++)
                {
                    await crowd.HearsAsync("generating");
                    await fleet.PauseAsync(node, Away);
                }

                return fleet.Count;
            });
            foreach (var nodes in (int[])[1, 3])
            {
                await DisturbAsync("database away for 60 s", nodes, postgres, async (_, crowd) =>
                {
                    await crowd.HearsAsync("generating");
                    await postgres.StopAsync();
                    await Task.Delay(Away);
                    await postgres.StartAsync();
                    return 1;
                }, isShared: true);
            }
        }

        table.Note($"{(isSmoke ? "A quick pass" : "Kills: SIGKILL, at each stage, then at random moments")}; {Clients} clients render songs of 20 to 70 s without a pause. One node on SQLite, several on PostgreSQL. All columns from \"lost\" to \"other bytes\" must be 0.");
        report.Add(table);

        async Task DisturbAsync(string what, int nodes, PostgresServer server, Func<Fleet, Crowd, Task<int>> disturb, bool isShared = false)
        {
            Report.Say($"{what}, {nodes} nodes...");
            using var scratch = new ScratchFolder();
            var settings = new Dictionary<string, string> { [WitnessGenerator.Variable] = scratch["witness"] };
            await File.WriteAllTextAsync(scratch["witness"], "");
            if (isShared || nodes > 1)
            {
                settings["ConnectionStrings__MusicRender"] = await server.NewDatabaseAsync();
            }

            await using var fleet = await Fleet.StartAsync(new MusicRenderServer(place.Server), scratch["library"], nodes, settings);
            var crowd = new Crowd(fleet);
            var expected = await crowd.UndisturbedAsync();
            var rendering = crowd.RenderAsync(Clients);
            var times = await disturb(fleet, crowd);
            crowd.Enough();
            await rendering.WaitAsync(EndPatience);
            var audit = await Audit.TakeAsync(crowd.All, fleet.Port(0), fleet.Library, scratch["witness"], expected, Report.Say);
            table.Add(
                what, nodes, times, crowd.All.Count, crowd.All.Sum(client => client.Losses), audit.Lost, audit.TwiceAtOnce, audit.FilesWithoutRow, audit.RowsWithoutFile, audit.Violations, audit.OtherBytes,
                crowd.LongestSeconds);
            if (audit.Sum > 0)
            {
                report.Fail($"crash, {what}: {audit} on {nodes} nodes");
            }
        }
    }

    private static async Task KillAsync(Fleet fleet, int node)
    {
        await fleet.KillAsync(node);
        await fleet.StartAsync(node);
    }
}
