using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.Studio;

/// <summary>
/// The studio with many people in it: circuits that edit and watch renders, as clients of Blazor's own protocol, and beside them
/// real pages that tell when something is painted and when it sounds. All on this machine: what the clients use, the server lacks.
/// </summary>
internal static class StudioBench
{
    private const double BarPaintMs = 100;
    private const double BarMegabytes = 1.5;
    private const double BarUpdates = 10;
    private const double BarSoundMs = 500;
    private const int Renders = 5;
    private const string Prompt = "A 60-second lo-fi loop with piano, warm and slow";
    private const string LongPrompt = "A 10-minute ambient piece with piano, warm and slow";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        using var scratch = new ScratchFolder();
        var port = ChildProcess.FreePort();
        var address = MusicRenderServer.Address(port);
        await using var process = new MusicRenderServer(place.Server).Start(scratch["library"], port, generator: PacedGenerator.GeneratorName);
        await process.AnswersAsync(new Uri(address, "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
        using var http = new HttpClient { BaseAddress = address };
        var circuits = isSmoke ? 4 : 100;
        var (warmUp, duration) = isSmoke ? (TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(3)) : (TimeSpan.FromSeconds(60), place.Duration);

        var drafts = new List<string>();
        for (var at = 0; at < (circuits / 2) + 2 + Renders; at++)
        {
            drafts.Add(await StudioVisitor.MakeDraftAsync(http, at is >= 2 and < 2 + Renders ? LongPrompt : Prompt));
        }

        await PreviewAsync(address, drafts[0], report, isSmoke);
        var (mine, rendering, editing) = (drafts[1], drafts[2..(2 + Renders)], drafts[(2 + Renders)..]);
        foreach (var draft in rendering)
        {
            await StudioVisitor.RenderAsync(http, draft);
        }

        await WarmUpAsync(http, editing, rendering, isSmoke);
        await LoadAsync(address, http, process, mine, (editing, rendering), (warmUp, duration), report);
    }

    /// <summary>Everything is compiled and every pool is filled before memory is compared.</summary>
    private static async Task WarmUpAsync(HttpClient http, IReadOnlyList<string> editing, IReadOnlyList<string> rendering, bool isSmoke)
    {
        Report.Say("Warming up...");
        await using (var load = new CircuitLoad())
        {
            await load.OpenAsync(http, [.. editing.Take(10)], rendering, isSmoke ? 2 : 10);
            await Task.Delay(TimeSpan.FromSeconds(isSmoke ? 0.2 : 30));
        }

        await Task.Delay(TimeSpan.FromSeconds(isSmoke ? 0.2 : 15));
    }

    private static async Task PreviewAsync(Uri address, string draft, Report report, bool isSmoke)
    {
        Report.Say("Previews in a real page...");
        await using var page = await RealPage.OpenAsync(address);
        var sounds = (await page.PreviewAsync(draft, isSmoke ? 2 : 16)).Skip(1).ToArray();
        var table = new Table("Studio: preview of a section of 10 s, from click to signal in a page", "clicks", "median ms", "p95 ms", "most ms", "bar");
        var p95 = Quantiles.Of(sounds).P95;
        table.Add(sounds.Length, Quantiles.Median(sounds), p95, sounds.Max(), p95 < BarSoundMs ? "met" : "missed");
        table.Note(FormattableString.Invariant($"Bar: {BarSoundMs:0} ms. Chromium, nothing else going on; signal is what comes through the page's audio graph, not what the player says of itself. The first click is left out."));
        report.Add(table);
    }

    private static async Task LoadAsync(Uri address, HttpClient http, ChildProcess process, string mine, (IReadOnlyList<string> Editing, IReadOnlyList<string> Rendering) drafts, (TimeSpan WarmUp, TimeSpan Measured) times, Report report)
    {
        var before = process.Figures.ResidentMegabytes;
        var circuits = 2 * drafts.Editing.Count;
        Report.Say($"{circuits} circuits for {times.Measured.TotalMinutes:0.#} min...");
        await using var load = new CircuitLoad();
        await load.OpenAsync(http, drafts.Editing, drafts.Rendering, drafts.Editing.Count);
        await using var editor = await RealPage.OpenAsync(address);
        await using var watcher = await RealPage.OpenAsync(address);
        await Task.Delay(times.WarmUp);
        load.Forget();

        var cpu = process.Figures.CpuSeconds;
        using var stop = new CancellationTokenSource();
        var memory = SampleAsync(process, times.Measured / 20, stop.Token);
        var typing = editor.TypeAsync(mine, times.Measured, Pause, stop.Token);
        var watching = watcher.WatchAsync(drafts.Rendering[0], times.Measured);
        var (paints, updates) = (await typing, await watching);
        await stop.CancelAsync();
        var samples = await memory;
        var used = (process.Figures.CpuSeconds - cpu) / times.Measured.TotalSeconds;

        var table = new Table("Studio: circuits that edit and watch renders", "what", "figure", "bar", "");
        var paint = Quantiles.Of(paints);
        var echo = Quantiles.Of(load.Echoes);
        table.Add("circuits (half edit, half watch) beside two real pages", circuits, "100", "");
        table.Add("input to paint in a real page, p50 ms", paint.P50, "", "");
        table.Add("input to paint in a real page, p95 ms", paint.P95, $"{BarPaintMs:0}", Met(paint.P95 < BarPaintMs));
        table.Add("letters typed in it", paints.Length, "", "");
        table.Add("edit to its batch in the circuits, p95 ms", echo.P95, "", "");
        table.Add("edits a second, all circuits", load.Echoes.Count / times.Measured.TotalSeconds, "", "");
        var (first, last) = (Quantiles.Median(samples.Take(5)), Quantiles.Median(samples.TakeLast(5)));
        table.Add("resident memory a circuit, last quarter, MB", (last - before) / (circuits + 2), FormattableString.Invariant($"{BarMegabytes}"), Met((last - before) / (circuits + 2) < BarMegabytes));
        table.Add("the same in the first quarter, where the garbage of opening them still lies, MB", (first - before) / (circuits + 2), "", "");
        table.Add("server's resident memory before, MB", before, "", "");
        table.Add("the same in the first quarter of the time, MB", first, "", "");
        table.Add(FormattableString.Invariant($"{times.Measured.TotalMinutes:0.#} min later, in the last quarter, MB"), last, "flat", Met(last <= first * 1.05));
        var most = Math.Max(load.MostUpdatesASecond, MostWithinASecond(updates));
        table.Add("most progress updates of one page within a second", most, $"{BarUpdates:0}", Met(most <= BarUpdates));
        table.Add("progress updates a second, mean of the pages", load.UpdatesASecond, "", "");
        table.Add("server's CPU, cores", used, "", "");
        table.Note($"{Environment.ProcessorCount} processors for the server, the clients and Chromium together. The circuits speak Blazor's protocol themselves; they type a letter of a section's name every 300 ms, or watch one of {Renders} renders that tell of themselves twenty times a second. Memory of the {Renders} renders' logs is in the figures.");
        report.Add(table);
        if (paints.Length == 0 || load.Echoes.Count == 0)
        {
            report.Fail("studio: nothing that was typed was ever shown");
        }
    }

    private static async Task<List<double>> SampleAsync(ChildProcess process, TimeSpan every, CancellationToken ct)
    {
        var samples = new List<double>();
        while (!ct.IsCancellationRequested)
        {
            samples.Add(process.Figures.ResidentMegabytes);
            await Task.Delay(every, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return samples;
    }

    /// <summary>The most of a page's own times, ms, within any second.</summary>
    private static int MostWithinASecond(double[] times) => times.Length == 0 ? 0 : times.Max(from => times.Count(at => at >= from && at < from + 1000));

    private static string Met(bool isMet) => isMet ? "met" : "missed";
}
