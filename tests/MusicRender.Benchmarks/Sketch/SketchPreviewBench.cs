using System.Diagnostics;
using Microsoft.Extensions.Options;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch;

namespace MusicRender.Benchmarks.Sketch;

/// <summary>How soon after a click a preview gives its first bytes.</summary>
internal static class SketchPreviewBench
{
    private const double BarMs = 500;

    /// <summary>Runs: one preview at a time, each left after its first bytes.</summary>
    public static async Task RunAsync(Report report, bool isSmoke)
    {
        var seconds = isSmoke ? 20 : 180;
        var plan = await BenchmarkPlans.OfAsync("Birthday song", seconds);
        var preview = new SketchPreview(new AudioEncoder(Options.Create(new FfmpegOptions())));
        var table = new Table("Sketch: first bytes of a preview", "what", "runs", "median ms", "most ms", "bar");
        (string Name, int First, int? Count)[] clicks = [("first section", 0, 1), ("a section in the middle", plan.Sections.Count / 2, 1), ("last section", plan.Sections.Count - 1, 1), ("whole plan", 0, null)];
        foreach (var (name, first, count) in clicks)
        {
            var request = new PreviewRequest { Plan = plan, Seed = 1, FirstSection = first, SectionCount = count };
            var waits = new List<double>();
            for (var round = 0; round < (isSmoke ? 2 : 10); round++)
            {
                var wait = await FirstBytesAsync(preview, request);
                if (round > 0)
                {
                    waits.Add(wait);
                }
            }

            table.Add(name, waits.Count, Quantiles.Median(waits), waits.Max(), Quantiles.Median(waits) <= BarMs ? "met" : "missed");
        }

        table.Note(FormattableString.Invariant($"In the engine, of a song of {seconds} s, encoder's start included. The bar is {BarMs} ms."));
        report.Add(table);
    }

    private static async Task<double> FirstBytesAsync(SketchPreview preview, PreviewRequest request)
    {
        var since = Stopwatch.GetTimestamp();
        await foreach (var bytes in preview.PlayAsync(request, CancellationToken.None))
        {
            return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        }

        throw new BenchmarkException("the preview was empty");
    }
}
