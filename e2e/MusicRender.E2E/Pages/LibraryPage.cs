using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary><c>/library</c>.</summary>
public sealed class LibraryPage(IPage page)
{
    /// <summary>Words to find.</summary>
    public ILocator Search => page.Named(AriaRole.Textbox, "Search tracks");

    /// <summary>The tracks shown.</summary>
    public ILocator Tracks => page.Named(AriaRole.List, "Tracks").GetByRole(AriaRole.Listitem);

    /// <summary>The question before something is removed.</summary>
    public ILocator Question => page.GetByRole(AriaRole.Dialog);

    /// <summary>A track's row.</summary>
    public ILocator Track(string title) => page.Named(AriaRole.List, "Tracks").Named(AriaRole.Listitem, title);

    /// <summary>A track's file.</summary>
    public ILocator Download(string title) => page.Named(AriaRole.Link, $"Download {title}");

    /// <summary>Removes a track, after a question.</summary>
    public ILocator Delete(string title) => page.Named(AriaRole.Button, $"Delete {title}");

    /// <summary>Leads to a track's own page.</summary>
    public ILocator Open(string title) => Track(title).Named(AriaRole.Link, title);
}
