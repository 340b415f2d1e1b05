using Microsoft.Playwright;

namespace MusicRender.E2E;

/// <summary>Waits for what no locator can see.</summary>
internal static class Conditions
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

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
        using var patience = new CancellationTokenSource(timeout);
        while (!await IsTrueAsync(page, condition, argument))
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"{page.Url} did not come to {condition} ({argument}).");
            }

            await Task.Delay(Pause);
        }
    }

    private static async Task<bool> IsTrueAsync(IPage page, string condition, object? argument)
    {
        try
        {
            return await page.EvaluateAsync<bool>($"argument => {{ const it = {condition}; return Boolean(typeof it === 'function' ? it(argument) : it); }}", argument);
        }
        catch (PlaywrightException exception) when (exception.Message.Contains("context was destroyed", StringComparison.Ordinal))
        {
            // The page is on its way to another one.
            return false;
        }
    }
}
