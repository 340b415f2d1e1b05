using System.Diagnostics;
using Microsoft.Playwright;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.Page;

/// <summary>The first page in a browser that has never been here: what it weighs, when it can be used, and whether it moves about.</summary>
internal static class PageBench
{
    private const double BarKilobytes = 700;
    private const double BarSeconds = 2;
    private const double BarShift = 0.02;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        using var scratch = new ScratchFolder();
        var port = ChildProcess.FreePort();
        var address = MusicRenderServer.Address(port);
        await using var process = new MusicRenderServer(place.Server).Start(scratch["library"], port, inMemory: false);
        await process.AnswersAsync(address, MusicRenderServer.Patience, Pause);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MUSICRENDER_CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server"],
        });
        var table = new Table("The first page, nothing in the browser's cache", "window", "visits", "files", "KB over the wire", "first paint s", "usable s", "layout shift", "bars");
        foreach (var (width, height) in new[] { (1440, 900), (390, 844) })
        {
            var visits = new List<Visit>();
            for (var visit = 0; visit < (isSmoke ? 1 : 7); visit++)
            {
                visits.Add(await VisitAsync(browser, address, width, height, isSmoke ? 200 : 2_000));
            }

            double Median(Func<Visit, double> figure) => Quantiles.Median(visits.Select(figure));
            var (kilobytes, seconds, shift) = (Median(visit => visit.Kilobytes), Median(visit => visit.UsableSeconds), visits.Max(visit => visit.Shift));
            string[] missed = [.. kilobytes > BarKilobytes ? ["weight"] : Array.Empty<string>(), .. seconds > BarSeconds ? ["time"] : Array.Empty<string>(), .. shift > BarShift ? ["shift"] : Array.Empty<string>()];
            table.Add($"{width} × {height}", visits.Count, visits[0].Files, kilobytes, Median(visit => visit.PaintSeconds), seconds, shift, missed.Length == 0 ? "met" : $"{string.Join(", ", missed)} missed");
        }

        table.Note(FormattableString.Invariant($"Bars: {BarKilobytes:0} KB, {BarSeconds:0} s, {BarShift} (the sum of Chromium's layout shifts, two seconds after the page can be used). Usable: its pads are there, and are heard when they are pressed. Medians; of the shifts, the worst. The server has answered before; the browser runs on the same machine."));
        report.Add(table);
    }

    private static async Task<Visit> VisitAsync(IBrowser browser, Uri address, int width, int height, int lateMs)
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        await context.AddInitScriptAsync("window.shifted = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifted += entry.value; }).observe({ type: 'layout-shift', buffered: true });");
        var page = await context.NewPageAsync();
        var network = await context.NewCDPSessionAsync(page);
        var (bytes, files) = (0.0, 0);
        network.Event("Network.loadingFinished").OnEvent += (_, finished) =>
        {
            bytes += finished!.Value.GetProperty("encodedDataLength").GetDouble();
            files++;
        };
        await network.SendAsync("Network.enable");

        var since = Stopwatch.GetTimestamp();
        await page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Birthday song" }).WaitForAsync();
        var usable = Stopwatch.GetElapsedTime(since).TotalSeconds;
        // What comes late counts too.
        await page.WaitForTimeoutAsync(lateMs);
        var paint = await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0");
        return new Visit(files, bytes / 1_000, paint / 1_000, usable, await page.EvaluateAsync<double>("() => window.shifted"));
    }

    private sealed record Visit(int Files, double Kilobytes, double PaintSeconds, double UsableSeconds, double Shift);
}
