using Microsoft.Playwright;

[assembly: Xunit.AssemblyFixture(typeof(MusicRender.E2E.Studio))]

namespace MusicRender.E2E;

/// <summary>The program and the browser, started once for all journeys.</summary>
public sealed class Studio : IAsyncLifetime
{
    /// <summary>How long a page may take for one thing, ms: far more than a quiet machine needs.</summary>
    public const int Patience = 30_000;

    /// <summary>How long a render may take, ms.</summary>
    public const int RenderPatience = 120_000;

    private readonly DirectoryInfo _library = Directory.CreateTempSubdirectory("musicrender-e2e-");
    private IPlaywright _playwright = null!;
    private MusicRenderProcess _program = null!;

    /// <summary>Where the studio answers.</summary>
    public Uri Address => _program.Address;

    /// <summary>The library's root.</summary>
    public string Library => _library.FullName;

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _program = await MusicRenderProcess.StartAsync(_library.FullName);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MUSICRENDER_CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-proxy-server", "--autoplay-policy=no-user-gesture-required",
            ],
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        await _program.DisposeAsync();
        _library.Delete(recursive: true);
    }
}
