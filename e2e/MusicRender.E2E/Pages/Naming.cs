using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary>Finds controls as people and screen readers do: by role and whole name.</summary>
internal static class Naming
{
    /// <summary>The control of a role and exactly this name, on a page.</summary>
    public static ILocator Named(this IPage page, AriaRole role, string name) =>
        page.GetByRole(role, new PageGetByRoleOptions { Name = name, Exact = true });

    /// <summary>The control of a role and exactly this name, in a part of a page.</summary>
    public static ILocator Named(this ILocator part, AriaRole role, string name) =>
        part.GetByRole(role, new LocatorGetByRoleOptions { Name = name, Exact = true });
}
