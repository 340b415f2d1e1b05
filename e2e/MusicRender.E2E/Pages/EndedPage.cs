using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary>The wizard's last step after a render ended without a track: what is left of it, and the next steps.</summary>
public sealed class EndedPage(IPage page)
{
    /// <summary>Starts it anew, though it may be charged again.</summary>
    public ILocator RenderAgainCharged => page.Named(AriaRole.Button, "Render again (may be charged again)");

    /// <summary>Renders the plan on this machine.</summary>
    public ILocator RenderWithSketch => page.Named(AriaRole.Button, "Render with Sketch");

    /// <summary>Leads to the settings.</summary>
    public ILocator OpenSettings => page.Named(AriaRole.Link, "Open settings");

    /// <summary>Plays what arrived.</summary>
    public ILocator PlayTake => page.Named(AriaRole.Button, "Play what arrived");

    /// <summary>Makes a track of what arrived.</summary>
    public ILocator KeepTake => page.Named(AriaRole.Button, "Keep what arrived");

    /// <summary>Takes the suggested plan.</summary>
    public ILocator UsePlan => page.Named(AriaRole.Button, "Use this plan");

    /// <summary>Keeps the plan as it is.</summary>
    public ILocator KeepMine => page.Named(AriaRole.Button, "Keep mine");

    /// <summary>What the suggestion removes.</summary>
    public ILocator Removed => page.Locator("del");

    /// <summary>What it brings.</summary>
    public ILocator Added => page.Locator("ins");

    /// <summary>How much had arrived.</summary>
    public ILocator TakeHeading => page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { NameRegex = new System.Text.RegularExpressions.Regex("had sent .* by then") });
}
