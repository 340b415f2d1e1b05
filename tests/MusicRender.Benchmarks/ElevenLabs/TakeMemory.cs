using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Benchmarks.Socket;

namespace MusicRender.Benchmarks.ElevenLabs;

/// <summary>The memory that a ten-minute take needs: its audio comes in events of two minutes, each one line of base64.</summary>
internal static class TakeMemory
{
    private const double BarMegabytes = 16;

    /// <summary>Runs: a server that has warmed up on short takes, then one long take at a time.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        using var scratch = new ScratchFolder();
        var (upstreamPort, port) = (ChildProcess.FreePort(), ChildProcess.FreePort());
        await using var upstream = await SimulatorServer.StartAsync(upstreamPort, TimeSpan.Zero);
        await using var process = new MusicRenderServer(place.Server).Start(scratch["library"], port, MusicRenderServer.Address(upstreamPort));
        await process.AnswersAsync(new Uri(MusicRenderServer.Address(port), "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
        var own = new MeasuredServer("MusicRender", process, port, IsNumbered: true);
        await Measurement.TakeAsync(own, new LoadShape(1, isSmoke ? 5 : 100, 10_000), report);

        var more = new List<double>();
        var before = 0.0;
        for (var round = 0; round < (isSmoke ? 1 : 5); round++)
        {
            before = process.Figures.ResidentMegabytes;
            ProcessFigures.ForgetPeak(process.Id);
            await Measurement.TakeAsync(own, new LoadShape(1, 1, isSmoke ? 60_000 : 600_000), report);
            more.Add(process.Figures.PeakMegabytes - before);
        }

        var median = Quantiles.Median(more);
        var table = new Table("ElevenLabs: memory of a ten-minute take", "takes", "resident before MB", "peak more MB (median)", "peak more MB (most)", "bar");
        table.Add(more.Count, before, median, more.Max(), median <= BarMegabytes ? "met" : "missed");
        table.Note(FormattableString.Invariant($"Peak resident memory of the process during the take less what it was before; the take's audio is 14.4 MB, 19 MB as base64. The bar is {BarMegabytes} MB."));
        report.Add(table);
    }
}
