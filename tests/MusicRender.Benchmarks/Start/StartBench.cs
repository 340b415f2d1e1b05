using System.Diagnostics;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Benchmarks.Socket;

namespace MusicRender.Benchmarks.Start;

/// <summary>How long the program takes from its start to its first answers, and what it holds when nobody asks anything.</summary>
internal static class StartBench
{
    private const double BarSeconds = 2.5;
    private const double BarMegabytes = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        using var scratch = new ScratchFolder();
        var program = new MusicRenderServer(place.Server);
        var existing = scratch["existing"];
        var tracks = isSmoke ? 5 : 500;
        await FillAsync(program, existing, tracks, report);

        var table = new Table("Start: process start to first 200, and memory when idle", "library", "runs", "/alive s", "/ s", "CPU s to /", "resident idle MB", "bars");
        var runs = isSmoke ? 1 : 5;
        var idle = TimeSpan.FromSeconds(isSmoke ? 0.2 : 10);
        foreach (var isFresh in new[] { true, false })
        {
            var starts = new List<Outcome>();
            for (var run = 0; run < runs; run++)
            {
                starts.Add(await StartAsync(program, isFresh ? scratch[$"fresh-{run}"] : existing, idle));
            }

            double Median(Func<Outcome, double> figure) => Quantiles.Median(starts.Select(figure));
            var (page, resident) = (Median(start => start.PageSeconds), Median(start => start.ResidentMegabytes));
            var bars = (page <= BarSeconds, resident <= BarMegabytes) switch { (true, true) => "met", (false, true) => "time missed", (true, false) => "memory missed", _ => "both missed" };
            table.Add(isFresh ? "fresh" : "existing", runs, Median(start => start.AliveSeconds), page, Median(start => start.CpuSeconds), resident, bars);
        }

        table.Note(FormattableString.Invariant($"Bars: {BarSeconds} s, {BarMegabytes:0} MB. `/` is asked for as soon as `/alive` has answered. Resident memory {idle.TotalSeconds:0.#} s later. The existing library holds {tracks} tracks. Medians."));
        report.Add(table);
    }

    private static async Task<Outcome> StartAsync(MusicRenderServer program, string library, TimeSpan idle)
    {
        var port = ChildProcess.FreePort();
        var address = MusicRenderServer.Address(port);
        var since = Stopwatch.GetTimestamp();
        await using var process = program.Start(library, port, inMemory: false);
        await process.AnswersAsync(new Uri(address, "/alive"), MusicRenderServer.Patience, Pause);
        var alive = Stopwatch.GetElapsedTime(since).TotalSeconds;
        await process.AnswersAsync(address, MusicRenderServer.Patience, Pause);
        var page = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var cpu = process.Figures.CpuSeconds;
        await Task.Delay(idle);
        return new Outcome(alive, page, cpu, process.Figures.ResidentMegabytes);
    }

    private static async Task FillAsync(MusicRenderServer program, string library, int tracks, Report report)
    {
        var port = ChildProcess.FreePort();
        await using var process = program.Start(library, port, inMemory: true);
        await process.AnswersAsync(new Uri(MusicRenderServer.Address(port), "/alive"), MusicRenderServer.Patience, Pause);
        await Measurement.TakeAsync(new MeasuredServer("MusicRender", process, port, IsNumbered: true), new LoadShape(10, tracks, 3_000), report);
    }

    private sealed record Outcome(double AliveSeconds, double PageSeconds, double CpuSeconds, double ResidentMegabytes);
}
