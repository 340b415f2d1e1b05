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
    private const int DiskMegabytes = 512;
    private static readonly string[] Stages = ["validating", "validated", "generating", "processing", "saving", "extracting", "complete"];
    private static readonly TimeSpan[] Offsets = [TimeSpan.FromHours(1), TimeSpan.FromHours(-2), TimeSpan.Zero];
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DiskTrouble = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Restart = TimeSpan.FromSeconds(20);

    /// <summary>Runs everything.</summary>
    public static Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke) => RunAsync(place, report, isSmoke, isOnlyKilling: isSmoke);

    /// <summary>Only kills.</summary>
    public static Task KillAsync(BenchmarkPlace place, Report report, bool isSmoke) => RunAsync(place, report, isSmoke, isOnlyKilling: true);

    private static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke, bool isOnlyKilling)
    {
        var table = new Table(
            "Crash: what is done to nodes while clients render",
            "what", "nodes", "times", "renders", "connections lost", "refusals", "lost", "twice at once", "files without row", "rows without file", "gaps or repeats", "other bytes", "longest wait s");
        using var postgres = new PostgresServer();
        var trial = new Trial(place, report, table, postgres);
        if (!isOnlyKilling)
        {
            await trial.RunAsync("stopped for 60 s and let go on", 3, Clients, PauseAsync);
            await trial.RunAsync("database away for 60 s", 1, Clients, (_, crowd) => TakeDatabaseAwayAsync(postgres, crowd), isShared: true);
            await trial.RunAsync("database away for 60 s", 3, Clients, (_, crowd) => TakeDatabaseAwayAsync(postgres, crowd));
            await CutAsync(trial);
            await MoveClocksAsync(trial);
            await FillDiskAsync(trial);
        }

        foreach (var nodes in (int[])[1, 3])
        {
            string[] stages = isSmoke && nodes > 1 ? [] : Stages;
            await trial.RunAsync("killed", nodes, isSmoke ? Math.Min(2, nodes) : Clients, (fleet, crowd) => KillAsync(fleet, crowd, stages, isSmoke ? SmokeKills : Kills));
        }

        table.Note($"{(isSmoke ? "A quick pass" : "Kills: SIGKILL, at each stage, then at random moments")}; {(isSmoke ? "one or two" : Clients)} clients render songs of 20 to 70 s without a pause. One node on SQLite, several (and one, where the database is away) on PostgreSQL. Refusals: times that a client was told that the library takes nothing now, and asked again. All columns from \"lost\" to \"other bytes\" must be 0.");
        report.Add(table);
    }

    private static async Task<int> KillAsync(Fleet fleet, Crowd crowd, string[] stages, int kills)
    {
        var random = new Random(1);
        foreach (var stage in stages)
        {
            await crowd.HearsAsync(stage);
            await KillAsync(random.Next(fleet.Count));
        }

        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(MostPause * random.NextDouble());
            crowd.ThrowIfGone();
            await KillAsync(random.Next(fleet.Count));
        }

        return stages.Length + kills;

        async Task KillAsync(int node)
        {
            await fleet.KillAsync(node);
            await fleet.StartAsync(node);
        }
    }

    private static async Task<int> PauseAsync(Fleet fleet, Crowd crowd)
    {
        for (var node = 0; node < fleet.Count; node++)
        {
            await crowd.HearsAsync("generating");
            await fleet.PauseAsync(node, Away);
        }

        return fleet.Count;
    }

    private static async Task<int> TakeDatabaseAwayAsync(PostgresServer postgres, Crowd crowd)
    {
        await crowd.HearsAsync("generating");
        await postgres.StopAsync();
        await Task.Delay(Away);
        await postgres.StartAsync();
        return 1;
    }

    /// <summary>Each node in its turn hears and reaches none of the others, while the database and the clients reach it.</summary>
    private static async Task CutAsync(Trial trial)
    {
        await using var network = await CutNetwork.CreateAsync(3);
        await trial.RunAsync("cut off from the other nodes for 60 s", 3, Clients, async (fleet, crowd) =>
        {
            for (var node = 0; node < fleet.Count; node++)
            {
                await crowd.HearsAsync("generating");
                await network.CutAsync(node, Away);
                for (var other = 0; other < fleet.Count; other++)
                {
                    await fleet.ReviveAsync(other, Restart / fleet.Count);
                }
            }

            return fleet.Count;
        }, place: network.Place);
    }

    /// <summary>One node on SQLite: under libfaketime PostgreSQL's driver waits in vain for its first answer. What clocks do to leases is told by the unit tests.</summary>
    private static async Task MoveClocksAsync(Trial trial)
    {
        using var scratch = new ScratchFolder();
        var clocks = new MovingClocks(scratch["clocks"]);
        await trial.RunAsync("clock moved by 1 h, -2 h and back", 1, Clients, async (fleet, crowd) =>
        {
            foreach (var offset in Offsets)
            {
                await crowd.HearsAsync("generating");
                await clocks.MoveAsync(0, offset);
                await fleet.ReviveAsync(0, Restart);
            }

            return Offsets.Length;
        }, place: (node, settings) => NodePlace.Here(clocks.Of(node, settings)));
    }

    private static async Task FillDiskAsync(Trial trial)
    {
        using var scratch = new ScratchFolder();
        await using (var disk = await SmallDisk.MountAsync(scratch["full"], DiskMegabytes))
        {
            await trial.RunAsync("disk full for 20 s", 1, Clients, async (_, crowd) =>
            {
                await crowd.HearsAsync("generating");
                await disk.FillAsync(DiskTrouble);
                return 1;
            }, library: disk.Folder);
        }

        await using (var disk = await SmallDisk.MountAsync(scratch["read-only"], DiskMegabytes))
        {
            await trial.RunAsync("killed, and the disk read-only for 20 s at its start", 1, Clients, async (fleet, crowd) =>
            {
                await crowd.HearsAsync("generating");
                await fleet.KillAsync(0);
                await disk.RemountAsync(isReadOnly: true);
                var said = await fleet.TryStartAsync(0);
                await Task.Delay(DiskTrouble);
                if (said is null)
                {
                    await fleet.KillAsync(0);
                }

                await disk.RemountAsync(isReadOnly: false);
                await fleet.StartAsync(0);
                return 1;
            }, library: disk.Folder);
        }
    }
}
