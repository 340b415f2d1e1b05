using Microsoft.Playwright;

[assembly: Xunit.AssemblyFixture(typeof(MusicRender.E2E.Studio))]

namespace MusicRender.E2E;

/// <summary>The program and the browser, started once for all journeys.</summary>
public sealed class Studio : IAsyncLifetime
{
    private readonly DirectoryInfo _library = Directory.CreateTempSubdirectory("musicrender-e2e-");
    private IPlaywright _playwright = null!;
    private MusicRenderProcess _program = null!;

    /// <summary>Where the studio answers.</summary>
    public Uri Address => _program.Address;

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _program = await MusicRenderProcess.StartAsync(_library.FullName);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MUSICRENDER_CHROMIUM") ?? "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
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
