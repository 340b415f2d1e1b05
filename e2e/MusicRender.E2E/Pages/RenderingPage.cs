using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary>The wizard's last step while the render goes on.</summary>
public sealed class RenderingPage(IPage page)
{
    /// <summary>The stages of the list, in order.</summary>
    public static IReadOnlyList<string> StageNames { get; } =
        ["Check the plan", "Plan is good", "Generate music", "Finish the sound", "Save the file", "Tags and waveform", "Done"];

    /// <summary>How far it is.</summary>
    public ILocator Progress => page.Named(AriaRole.Progressbar, "Render progress");

    /// <summary>The stages.</summary>
    public ILocator Stages => page.Named(AriaRole.List, "Render stages").GetByRole(AriaRole.Listitem);

    /// <summary>Stops it.</summary>
    public ILocator Cancel => page.Named(AriaRole.Button, "Cancel render");

    /// <summary>Starts it anew after it ended badly.</summary>
    public ILocator RenderAgain => page.Named(AriaRole.Button, "Render again");

    /// <summary>Plays what there is so far.</summary>
    public ILocator ListenNow => page.Named(AriaRole.Button, "Listen now");

    /// <summary>What is going on, as a screen reader says it.</summary>
    public ILocator Status => page.Named(AriaRole.Region, "Render").GetByRole(AriaRole.Status);

    /// <summary>The other renders under way.</summary>
    public ILocator Others => page.Named(AriaRole.Region, "Also under way");

    /// <summary>The render's id, as the page's own addresses have it.</summary>
    public async Task<string> RenderIdAsync()
    {
        return (await ListenNow.GetAttributeAsync("data-src"))!.Split('/')[^1];
    }

    /// <summary>Starts it anew, and waits until the page shows the new render.</summary>
    public async Task AgainAsync()
    {
        var panel = page.Named(AriaRole.Region, "Render");
        var before = (await panel.GetAttributeAsync("data-render"))!;
        await RenderAgain.ClickAsync();
        await Assertions.Expect(panel).Not.ToHaveAttributeAsync("data-render", before);
    }

    /// <summary>Waits until at least this much is done.</summary>
    public Task ReachAsync(int percent) => page.UntilAsync(
        "percent => Number(document.querySelector(\"[role='progressbar'][aria-label='Render progress']\")?.getAttribute('aria-valuenow') ?? -1) >= percent",
        percent,
        Studio.RenderPatience);

    /// <summary>Waits for the player.</summary>
    public async Task<ListenPage> FinishAsync()
    {
        var listen = new ListenPage(page);
        await Assertions.Expect(listen.Position).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = Studio.RenderPatience });
        return listen;
    }
}
