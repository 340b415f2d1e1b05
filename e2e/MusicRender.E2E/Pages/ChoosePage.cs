using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary>The wizard's first step.</summary>
public sealed class ChoosePage(IPage page)
{
    /// <summary>What it is for.</summary>
    public ILocator Blueprint => page.Named(AriaRole.Radiogroup, "Project blueprint");

    /// <summary>What it sounds like.</summary>
    public ILocator Sound => page.Named(AriaRole.Radiogroup, "Sound profile");

    /// <summary>How it is made.</summary>
    public ILocator Delivery => page.Named(AriaRole.Radiogroup, "Delivery and control");

    /// <summary>No singing.</summary>
    public ILocator InstrumentalOnly => page.Named(AriaRole.Switch, "Instrumental only");

    /// <summary>Leads to the story.</summary>
    public ILocator Continue => page.Named(AriaRole.Button, "Continue");

    /// <summary>A card of any of the three groups.</summary>
    public ILocator Card(string name) => page.Named(AriaRole.Radio, name);
}
