using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary>The four steps above the wizard, and whether what was typed is saved.</summary>
public sealed class WizardRail(IPage page)
{
    private ILocator Steps => page.Named(AriaRole.Navigation, "Steps");

    /// <summary>Goes to the plan.</summary>
    public async Task GoToPlanAsync()
    {
        await Steps.Named(AriaRole.Link, "Plan").ClickAsync();
        await page.WaitForURLAsync("**/plan");
    }

    /// <summary>Waits until all that was typed is in the database.</summary>
    public Task SavedAsync() => Assertions.Expect(page.GetByText("Saved", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();
}
