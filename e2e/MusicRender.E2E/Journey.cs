using Microsoft.Playwright;

namespace MusicRender.E2E;

/// <summary>
/// One person's visit: a browser context of its own. It fails on any error in the browser's console, and keeps a
/// screenshot and a trace of a journey that failed.
/// </summary>
public sealed class Journey : IAsyncDisposable
{
    private readonly List<string> _errors = [];
    private readonly IBrowserContext _context;

    private Journey(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Messages of the console that are expected while the server is away.</summary>
    public bool IsServerAway { get; set; }

    /// <summary>Opens the studio at an address.</summary>
    public static async Task<Journey> BeginAsync(Studio studio, string path = "/", int width = 1440, int height = 900) =>
        await BeginAsync(studio.Browser, studio.Address, path, width, height);

    /// <summary>Opens a studio at an address.</summary>
    public static async Task<Journey> BeginAsync(IBrowser browser, Uri address, string path = "/", int width = 1440, int height = 900)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(30_000);
        await context.Tracing.StartAsync(new TracingStartOptions { Screenshots = true, Snapshots = true });
        var page = await context.NewPageAsync();
        var journey = new Journey(context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !journey.IsServerAway)
            {
                journey._errors.Add($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => journey._errors.Add(error);
        await page.GotoAsync(path);
        return journey;
    }

    /// <summary>Ends the visit: what the console complained of fails the test.</summary>
    public async ValueTask DisposeAsync()
    {
        var hasFailed = _errors.Count > 0 || TestContext.Current.TestState?.Result == TestResult.Failed;
        if (hasFailed)
        {
            var folder = Path.Combine(Repository.Root, "artifacts", "e2e");
            Directory.CreateDirectory(folder);
            var name = string.Concat((TestContext.Current.Test?.TestDisplayName ?? "journey").Select(c => char.IsLetterOrDigit(c) ? c : '_'));
            name = name.Length > 100 ? name[..100] : name;
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
            await _context.Tracing.StopAsync(new TracingStopOptions { Path = Path.Combine(folder, $"{name}.zip") });
        }

        await _context.DisposeAsync();
        Assert.Empty(_errors);
    }
}
