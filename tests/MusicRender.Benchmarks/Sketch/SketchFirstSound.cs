using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Engine.Plan;

namespace MusicRender.Benchmarks.Sketch;

/// <summary>How soon after the request the first byte of a song can be heard at <c>/render/live/{id}</c>, and how much memory a long one takes.</summary>
internal static class SketchFirstSound
{
    private const double BarMs = 300;
    private const double BarMegabytes = 64;

    /// <summary>The wait for the first byte: one render at a time.</summary>
    public static async Task ListenAsync(HttpClient http, Report report, bool isSmoke)
    {
        var seconds = isSmoke ? 20 : 180;
        var plan = await BenchmarkPlans.OfAsync("Birthday song", seconds);
        var waits = new List<double>();
        for (var round = 0; round < (isSmoke ? 2 : 10); round++)
        {
            var wait = await FirstByteAsync(http, plan);
            if (round > 0)
            {
                waits.Add(wait);
            }
        }

        var table = new Table("Sketch: first playable byte", "runs", "median ms", "most ms", "bar");
        table.Add(waits.Count, Quantiles.Median(waits), waits.Max(), Quantiles.Median(waits) <= BarMs ? "met" : "missed");
        table.Note(FormattableString.Invariant($"From `POST /renders` to the first byte at `/render/live`, of a song of {seconds} s. The bar is {BarMs} ms, the aim 100."));
        report.Add(table);
    }

    /// <summary>The memory of the longest song.</summary>
    public static async Task WeighAsync(HttpClient http, ChildProcess process, Report report, bool isSmoke)
    {
        var plan = await BenchmarkPlans.OfAsync("Personal song", isSmoke ? 20 : 600);
        var more = new List<double>();
        for (var round = 0; round < (isSmoke ? 1 : 3); round++)
        {
            var before = process.Figures.ResidentMegabytes;
            ProcessFigures.ForgetPeak(process.Id);
            await FirstByteAsync(http, plan);
            more.Add(process.Figures.PeakMegabytes - before);
        }

        var table = new Table("Sketch: memory of a ten-minute render", "renders", "peak more MB (median)", "peak more MB (most)", "bar");
        table.Add(more.Count, Quantiles.Median(more), more.Max(), more.Max() <= BarMegabytes ? "met" : "missed");
        table.Note(FormattableString.Invariant($"Peak resident memory of the server during the render less what it was before. The bar is {BarMegabytes} MB."));
        report.Add(table);
    }

    private static async Task<double> FirstByteAsync(HttpClient http, CompositionPlan plan)
    {
        var since = Stopwatch.GetTimestamp();
        using var body = new StringContent(PlanJson.ToCompactText(plan), Encoding.UTF8, "application/json");
        using var accepted = await http.PostAsync(new Uri("/renders", UriKind.Relative), body);
        accepted.EnsureSuccessStatusCode();
        using var answer = await JsonDocument.ParseAsync(await accepted.Content.ReadAsStreamAsync());
        using var live = await http.GetAsync(answer.RootElement.GetProperty("live_url").GetString(), HttpCompletionOption.ResponseHeadersRead);
        live.EnsureSuccessStatusCode();
        await using var audio = await live.Content.ReadAsStreamAsync();
        var buffer = new byte[16 * 1024];
        if (await audio.ReadAsync(buffer) == 0)
        {
            throw new BenchmarkException("the live audio was empty");
        }

        var first = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        while (await audio.ReadAsync(buffer) > 0)
        {
            // To its end: the next round finds the server idle.
        }

        return first;
    }
}
