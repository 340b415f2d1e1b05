using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MusicRender.E2E;

/// <summary>Axe: what a machine can find wrong with a page for people who do not see, hear or point as others do.</summary>
internal static class Accessibility
{
    // What a theme can change; the rest is the same in both.
    private static readonly AxeRunOptions Colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };

    /// <summary>Axe finds nothing on a page as it is now, in dark and in light.</summary>
    /// <param name="page">The page.</param>
    /// <param name="state">What it shows, to name in what is found.</param>
    public static async Task ExpectAccessibleAsync(this IPage page, string state)
    {
        var chosen = await page.EvaluateAsync<string>("() => document.documentElement.dataset.theme");
        var found = Name(await page.RunAxe(), chosen);
        var other = chosen == "light" ? "dark" : "light";
        await ShowAsync(other);
        found.AddRange(Name(await page.RunAxe(Colours), other));
        await ShowAsync(chosen);
        Assert.True(found.Count == 0, $"Axe finds on {state}:\n{string.Join("\n", found)}");

        Task ShowAsync(string theme) => page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme; }", theme);
    }

    private static List<string> Name(AxeResult result, string theme) =>
    [
        .. result.Violations.SelectMany(violation => violation.Nodes.Select(node =>
            $"{violation.Id} ({violation.Impact}, {theme}): {violation.Help}: {node.Target} {node.Html}")),
    ];
}
