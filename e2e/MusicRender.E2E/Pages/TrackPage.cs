using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary><c>/tracks/{id}</c>.</summary>
public sealed class TrackPage(IPage page)
{
    /// <summary>The player and what it shows.</summary>
    public ListenPage Listen { get; } = new(page);

    /// <summary>Opens the title for editing.</summary>
    public ILocator Rename => page.Named(AriaRole.Button, "Rename");

    /// <summary>The title to be.</summary>
    public ILocator NewTitle => page.Named(AriaRole.Textbox, "New title");

    /// <summary>Takes the new title.</summary>
    public ILocator SaveTitle => page.Named(AriaRole.Button, "Save the title");

    /// <summary>Makes a draft of the track's plan.</summary>
    public ILocator OpenInWizard => page.Named(AriaRole.Button, "Open in the wizard");

    /// <summary>Removes the track, after a question.</summary>
    public ILocator Delete => page.Named(AriaRole.Button, "Delete");
}
