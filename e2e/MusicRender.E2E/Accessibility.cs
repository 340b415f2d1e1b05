using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace MusicRender.E2E;

/// <summary>Axe: what a machine can find wrong with a page for people who do not see, hear or point as others do.</summary>
internal static class Accessibility
{
    /// <summary>What a theme can change; the rest is the same in both.</summary>
    private static readonly string[] Colours = ["color-contrast", "link-in-text-block"];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Axe finds nothing on a page as it is now, in dark and in light.</summary>
    /// <param name="page">The page.</param>
    /// <param name="state">What it shows, to name in what is found.</param>
    public static async Task ExpectAccessibleAsync(this IPage page, string state)
    {
        // Once in a document is enough: it is half a megabyte to read.
        if (!await page.EvaluateAsync<bool>("() => typeof window.axe === 'object'"))
        {
            await page.EvaluateAsync(Axe);
        }

        Assert.Single(page.Frames);
        var found = await page.EvaluateAsync<string[]>(
            """
            async (colours) => {
              const root = document.documentElement;
              const chosen = root.dataset.theme;
              const other = chosen === "light" ? "dark" : "light";
              const findAsync = async (theme, rules) => {
                await Promise.all(document.getAnimations().filter((animation) => animation instanceof CSSTransition).map((transition) => transition.finished.catch(() => {})));
                const options = { resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) };
                const { violations, passes, incomplete } = await axe.run(document, options);
                if (violations.length + passes.length + incomplete.length === 0) throw new Error("Axe has looked at nothing.");
                return violations.flatMap(({ id, impact, help, nodes }) => nodes.map(({ target, html }) => `${id} (${impact}, ${theme}): ${help}: ${target} ${html}`));
              };
              const found = await findAsync(chosen);
              root.dataset.theme = other;
              try {
                return found.concat(await findAsync(other, colours));
              } finally {
                root.dataset.theme = chosen;
              }
            }
            """,
            Colours);
        Assert.True(found.Length == 0, $"Axe finds on {state}:\n{string.Join("\n", found)}");
    }
}
