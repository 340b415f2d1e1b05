using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary>The section that is being edited.</summary>
public sealed partial class SectionPanel(IPage page)
{
    /// <summary>All of it.</summary>
    public ILocator Panel => page.Named(AriaRole.Region, "Selected section");

    /// <summary>Its name.</summary>
    public ILocator Name => Panel.Named(AriaRole.Textbox, "Section name");

    /// <summary>Its length in seconds.</summary>
    public ILocator Length => Panel.Named(AriaRole.Spinbutton, "Length");

    /// <summary>The field that adds wanted styles.</summary>
    public ILocator Wanted => Panel.GetByRole(AriaRole.Textbox, new LocatorGetByRoleOptions { NameRegex = WantedName() });

    /// <summary>The field that adds unwanted styles.</summary>
    public ILocator Unwanted => Panel.GetByRole(AriaRole.Textbox, new LocatorGetByRoleOptions { NameRegex = UnwantedName() });

    /// <summary>The words that are sung.</summary>
    public ILocator Lines => Panel.Named(AriaRole.Textbox, "Lyric lines");

    /// <summary>Moves it towards the beginning.</summary>
    public ILocator MoveEarlier => Panel.Named(AriaRole.Button, "Move earlier");

    /// <summary>Moves it towards the end.</summary>
    public ILocator MoveLater => Panel.Named(AriaRole.Button, "Move later");

    /// <summary>Takes it out of the plan.</summary>
    public ILocator Remove => Panel.Named(AriaRole.Button, "Remove section");

    /// <summary>Removes a style.</summary>
    public ILocator RemoveStyle(string style) => Panel.Named(AriaRole.Button, $"Remove {style}");

    [GeneratedRegex("^(styles )?wanted here$", RegexOptions.IgnoreCase)]
    private static partial Regex WantedName();

    [GeneratedRegex("^(styles )?unwanted here$", RegexOptions.IgnoreCase)]
    private static partial Regex UnwantedName();
}
