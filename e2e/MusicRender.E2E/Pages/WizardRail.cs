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

    /// <summary>Types something and waits until it is in the database: until the mark has said "Saved" once more.</summary>
    public async Task SaveAsync(Func<Task> typing)
    {
        const string Saves = "window.renderRecord.saves.filter((text) => text === 'Saved').length";
        var before = await page.EvaluateAsync<int>(Saves);
        await typing();
        await page.UntilAsync($"before => {Saves} > before && window.renderRecord.saves.at(-1) === 'Saved'", before);
    }
}
