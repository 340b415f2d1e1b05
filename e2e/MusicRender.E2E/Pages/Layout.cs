using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary>How a page fits its window.</summary>
public static class Layout
{
    private static readonly int[] NarrowWidths = [390, 360];

    /// <summary>Nothing makes the page wider than a narrow window, in dark and in light.</summary>
    public static async Task CheckNarrowAsync(IPage page)
    {
        var size = page.ViewportSize!;
        for (var theme = 0; theme < 2; theme++)
        {
            foreach (var width in NarrowWidths)
            {
                await page.SetViewportSizeAsync(width, size.Height);
                await CheckAsync(page);
            }

            await page.Named(AriaRole.Button, "Light or dark").ClickAsync();
        }

        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>Nothing makes the page wider than its window; names what does.</summary>
    public static async Task CheckAsync(IPage page)
    {
        var wide = await page.EvaluateAsync<string[]>(
            """
            () => document.scrollingElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("main *, header *")]
              .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
              .map((element) => `${element.tagName}.${element.className}: ${Math.round(element.getBoundingClientRect().right)} of ${innerWidth}`)
              .slice(0, 8).concat(`page: ${document.scrollingElement.scrollWidth} of ${innerWidth}`)
            """);
        Assert.True(wide.Length == 0, $"{page.Url} scrolls sideways: {string.Join("; ", wide)}");
    }
}
