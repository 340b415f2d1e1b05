using System.Diagnostics;
using Microsoft.Playwright;

namespace MusicRender.E2E;

/// <summary>Waits for what no locator can see.</summary>
internal static class Conditions
{
    /// <summary>
    /// Waits until JavaScript is true: an expression, or a function of an argument. Not <c>WaitForFunctionAsync</c>: that makes code
    /// of text within the page, which the pages' content security policy forbids.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <param name="condition">The JavaScript.</param>
    /// <param name="argument">The function's argument, or null.</param>
    /// <param name="timeout">How long it may take, ms.</param>
    public static async Task UntilAsync(this IPage page, string condition, object? argument = null, int timeout = Studio.Patience)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var left = Math.Max(0, timeout - Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            try
            {
                if (await page.EvaluateAsync<bool>(Waiting(condition), new[] { argument, left }))
                {
                    return;
                }
            }
            catch (PlaywrightException exception) when (left > 0 && exception.Message.Contains("context was destroyed", StringComparison.Ordinal))
            {
                // The page is on its way to another one.
                continue;
            }

            throw new TimeoutException($"{page.Url} did not come to {condition} ({argument}).");
        }
    }

    // The page looks by itself: asking it fifty times a second costs three processes more than what it shows.
    private static string Waiting(string condition) =>
        $$"""
        async ([argument, patience]) => {
          const end = performance.now() + patience;
          while (true) {
            const it = {{condition}};
            if (typeof it === 'function' ? it(argument) : it) return true;
            if (performance.now() > end) return false;
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        }
        """;
}
