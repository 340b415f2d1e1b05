using System.Globalization;
using Microsoft.Playwright;
using MusicRender.Benchmarks.Measuring;

namespace MusicRender.Benchmarks.Studio;

/// <summary>A page in a real browser, for what only that can tell: when something is painted, and when something sounds.</summary>
internal sealed class RealPage : IAsyncDisposable
{
    private const int Patience = 60_000;

    /// <summary>
    /// Notes from each input event how long it is until the timeline that shows it is painted, and from each click until there is
    /// signal in what plays. "Painted" is the frame after the one that the change is drawn in.
    /// </summary>
    private const string Probe =
        """
        (() => {
          const probe = { paints: [], sounds: [], updates: [] };
          window.probe = probe;
          let typed = null;
          let clicked = 0;
          document.addEventListener("input", (event) => { typed = { at: event.timeStamp, name: event.target.value }; }, true);
          document.addEventListener("click", (event) => { clicked = event.timeStamp; }, true);
          const look = () => {
            if (typed !== null && [...document.querySelectorAll("ol[aria-label='Sections'] > li")].some((item) => item.getAttribute("aria-label") === typed.name)) {
              const { at } = typed;
              typed = null;
              requestAnimationFrame(() => requestAnimationFrame((now) => probe.paints.push(now - at)));
            }
            const message = document.querySelector(".render-message")?.textContent ?? "";
            if (message !== "" && message !== probe.message) {
              probe.message = message;
              probe.updates.push(performance.now());
            }
          };
          new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
          const play = HTMLMediaElement.prototype.play;
          HTMLMediaElement.prototype.play = function () {
            const begun = clicked;
            if (this.listened === undefined) {
              const context = new AudioContext();
              this.listened = context.createAnalyser();
              context.createMediaElementSource(this).connect(this.listened).connect(context.destination);
            }
            const samples = new Float32Array(2048);
            const hear = () => {
              this.listened.getFloatTimeDomainData(samples);
              if (this.currentTime > 0 && samples.some((sample) => Math.abs(sample) > 0.001)) probe.sounds.push(performance.now() - begun);
              else if (clicked === begun) setTimeout(hear, 4);
            };
            hear();
            return play.call(this);
          };
        })();
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private RealPage(IPlaywright playwright, IBrowser browser, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        Page = page;
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Opens one.</summary>
    public static async Task<RealPage> OpenAsync(Uri address)
    {
        var playwright = await Playwright.CreateAsync();
        try
        {
            var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Environment.GetEnvironmentVariable("MUSICRENDER_CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server", "--autoplay-policy=no-user-gesture-required"],
            });
            var page = await browser.NewPageAsync(new BrowserNewPageOptions { BaseURL = address.ToString(), ReducedMotion = ReducedMotion.Reduce });
            page.SetDefaultTimeout(Patience);
            await page.AddInitScriptAsync(Probe);
            return new RealPage(playwright, browser, page);
        }
        catch (PlaywrightException exception)
        {
            playwright.Dispose();
            throw new BenchmarkException($"Chromium could not be started: {exception.Message}");
        }
    }

    /// <summary>Types names of a section for a while, one letter at a time.</summary>
    /// <returns>From each letter to its paint in the timeline, ms.</returns>
    public async Task<double[]> TypeAsync(string draft, TimeSpan duration, TimeSpan pause, CancellationToken ct)
    {
        await Page.GotoAsync($"{draft}/plan");
        var field = Page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = "Section name", Exact = true });
        await field.FillAsync("First");
        await Page.EvaluateAsync("window.probe.paints.length = 0");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        over.CancelAfter(duration);
        for (var letter = 0; !over.IsCancellationRequested; letter++)
        {
            // A name stays a name: begun anew before it is too long.
            if (letter % 40 == 0)
            {
                await field.FillAsync("");
            }

            await field.PressSequentiallyAsync($"{(char)('a' + (letter % 26))}");
            await Task.Delay(pause, CancellationToken.None);
        }

        return await Page.EvaluateAsync<double[]>("window.probe.paints");
    }

    /// <summary>Watches a render for a while.</summary>
    /// <returns>When the page showed something new, ms.</returns>
    public async Task<double[]> WatchAsync(string draft, TimeSpan duration)
    {
        await Page.GotoAsync($"{draft}/listen");
        await Page.GetByRole(AriaRole.Progressbar, new PageGetByRoleOptions { Name = "Render progress", Exact = true }).WaitForAsync();
        await Page.EvaluateAsync("window.probe.updates.length = 0");
        await Task.Delay(duration);
        return await Page.EvaluateAsync<double[]>("window.probe.updates");
    }

    /// <summary>Presses the preview of a section of ten seconds so many times.</summary>
    /// <returns>From each click to the first signal, ms.</returns>
    public async Task<double[]> PreviewAsync(string draft, int times)
    {
        await Page.GotoAsync($"{draft}/plan");
        var panel = Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Selected section", Exact = true });
        await panel.GetByRole(AriaRole.Textbox, new LocatorGetByRoleOptions { Name = "Section name", Exact = true }).FillAsync("Heard");
        await panel.GetByRole(AriaRole.Spinbutton, new LocatorGetByRoleOptions { Name = "Length", Exact = true }).FillAsync("10");
        await panel.GetByRole(AriaRole.Textbox, new LocatorGetByRoleOptions { Name = "Section name", Exact = true }).FocusAsync();
        var preview = Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Preview Heard", Exact = true }).First;
        for (var time = 0; time < times; time++)
        {
            await preview.ClickAsync();
            await UntilAsync($"window.probe.sounds.length > {time.ToString(CultureInfo.InvariantCulture)}", "A preview was not heard.");
            await preview.ClickAsync();
        }

        return await Page.EvaluateAsync<double[]>("window.probe.sounds");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private async Task UntilAsync(string condition, string otherwise)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await Page.EvaluateAsync<bool>(condition))
        {
            if (patience.IsCancellationRequested)
            {
                throw new BenchmarkException(otherwise);
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }
}
