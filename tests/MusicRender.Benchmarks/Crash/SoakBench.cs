using System.Diagnostics;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Tests;

namespace MusicRender.Benchmarks.Crash;

/// <summary>
/// Three nodes under mixed load for twenty minutes, two of which are killed again and again; the third one is watched. What it holds at the
/// end it must have held early on: memory and descriptors that grow would end it some day.
/// </summary>
internal static class SoakBench
{
    private const int Nodes = 3;
    private const int Clients = 2;
    private const int Passers = 4;
    private const int Slices = 10;

    /// <summary>What the last tenth may hold, by what the second one held.</summary>
    private const double Bar = 1.15;

    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan SmokeDuration = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostBetweenKills = TimeSpan.FromSeconds(60);

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        var duration = isSmoke ? SmokeDuration : Duration;
        var trials = new Table(
            "Soak: what came of the renders",
            "what", "nodes", "times", "renders", "connections lost", "refusals", "lost", "twice at once", "files without row", "rows without file", "gaps or repeats", "other bytes", "longest wait s");
        using var postgres = new PostgresServer();
        var looks = new List<(double Seconds, double Megabytes, double Descriptors)>();
        await new Trial(place, report, trials, postgres).RunAsync("killed at random", Nodes, Clients, async (fleet, crowd) =>
        {
            using var stop = new CancellationTokenSource(duration);
            var passers = Enumerable.Range(0, Passers).Select(number => new PasserBy(fleet.Port, Nodes, number).RunAsync(stop.Token)).ToList();
            var watching = WatchAsync(fleet.ProcessId(0), looks, stop.Token);
            var kills = await KillAsync(fleet, isSmoke ? SmokeDuration / 2 : MostBetweenKills, stop.Token);
            await watching;
            await Task.WhenAll(passers);
            return kills;
        });
        trials.Note($"Beside {Clients} clients that render without a pause, {Passers} that open pages, begin renders and cancel them, listen for a moment, and hold sockets that they drop.");
        report.Add(trials);

        var table = new Table("Soak: what the node holds that nobody killed, medians", "until minute", "resident MB", "descriptors");
        var slices = looks.GroupBy(look => Math.Min(Slices - 1, (int)(look.Seconds / duration.TotalSeconds * Slices)))
            .Select(slice => (Resident: Quantiles.Median(slice.Select(look => look.Megabytes)), Descriptors: Quantiles.Median(slice.Select(look => look.Descriptors))))
            .ToList();
        for (var slice = 0; slice < slices.Count; slice++)
        {
            table.Add((slice + 1) * duration.TotalMinutes / Slices, slices[slice].Resident, slices[slice].Descriptors);
        }

        var (memory, descriptors) = (slices[^1].Resident / slices[1].Resident, slices[^1].Descriptors / slices[1].Descriptors);
        table.Note(FormattableString.Invariant($"The last ÷ the second: memory {memory:0.00}, descriptors {descriptors:0.00}. Bar: {Bar:0.00}{(!isSmoke && (memory > Bar || descriptors > Bar) ? ", missed" : "")}."));
        report.Add(table);
    }

    private static async Task WatchAsync(int process, List<(double, double, double)> looks, CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        while (!ct.IsCancellationRequested)
        {
            looks.Add((Stopwatch.GetElapsedTime(since).TotalSeconds, ProcessFigures.Of(process).ResidentMegabytes, ProcessFigures.OpenDescriptors(process)));
            await Task.Delay(BetweenLooks, ct).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private static async Task<int> KillAsync(Fleet fleet, TimeSpan mostPause, CancellationToken ct)
    {
        var random = new Random(1);
        for (var kills = 0; ; kills++)
        {
            await Task.Delay(mostPause * random.NextDouble(), ct).ContinueWith(_ => { }, TaskScheduler.Default);
            if (ct.IsCancellationRequested)
            {
                return kills;
            }

            var node = random.Next(1, Nodes);
            await fleet.KillAsync(node);
            await fleet.StartAsync(node);
        }
    }
}
