using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Benchmarks.Socket;

namespace MusicRender.Benchmarks.ElevenLabs;

/// <summary>What MusicRender adds to the time of a call: the whole session over the socket, to the saved and tagged file, over the same call made directly.</summary>
internal static class Overhead
{
    private const double Bar = 1.05;

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        var table = new Table("ElevenLabs: a render through MusicRender over the direct call", "upstream latency s", "plan s", "at once", "direct p50 ms", "through MusicRender p50 ms", "ratio", "ms more", "bar");
        foreach (var latency in isSmoke ? [0] : new[] { 0, 1 })
        {
            using var scratch = new ScratchFolder();
            var (upstreamPort, port) = (ChildProcess.FreePort(), ChildProcess.FreePort());
            await using var upstream = await SimulatorServer.StartAsync(upstreamPort, TimeSpan.FromSeconds(latency));
            var address = MusicRenderServer.Address(upstreamPort);
            await using var process = new MusicRenderServer(place.Server).Start(scratch["library"], port, address);
            await process.AnswersAsync(new Uri(MusicRenderServer.Address(port), "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
            var own = new MeasuredServer("MusicRender", process, port, IsNumbered: true);
            await Measurement.TakeAsync(own, isSmoke ? new(4, 10, 10_000) : new(20, latency == 0 ? 500 : 200, 10_000), report);
            foreach (var durationMs in isSmoke ? [10_000] : new[] { 10_000, 180_000 })
            {
                foreach (var atOnce in isSmoke ? [1, 20] : new[] { 1, 20, 200 })
                {
                    Report.Say($"latency {latency} s, {atOnce} at once, plans of {durationMs / 1000} s...");
                    await AddAsync(table, address, own, latency, durationMs, atOnce, isSmoke, report);
                }
            }
        }

        table.Note(FormattableString.Invariant($"{(isSmoke ? "One round" : "Medians of three rounds, direct and through MusicRender by turns")}. The bar of {Bar} is for a latency of 1 s. The upstream runs on the same machine and answers at full speed after its latency: at 200 × 180 s the machine is full in both columns."));
        report.Add(table);
    }

    private static async Task AddAsync(Table table, Uri upstream, MeasuredServer own, int latency, int durationMs, int atOnce, bool isSmoke, Report report)
    {
        var total = Math.Max(isSmoke ? 3 : latency == 0 ? 20 : 5, atOnce);
        var (direct, through) = (new List<double>(), new List<double>());
        for (var round = 0; round < (isSmoke ? 1 : 3); round++)
        {
            direct.Add((await DirectLoad.MeasureAsync(upstream, atOnce, total, durationMs)).P50);
            through.Add((await Measurement.TakeAsync(own, new LoadShape(atOnce, total, durationMs), report)).Result.P50);
        }

        var (floor, ours) = (Quantiles.Median(direct), Quantiles.Median(through));
        var bar = latency == 0 ? "none" : ours / floor <= Bar ? "met" : "missed";
        table.Add(latency, durationMs / 1000, atOnce, floor, ours, ours / floor, ours - floor, bar);
    }
}
