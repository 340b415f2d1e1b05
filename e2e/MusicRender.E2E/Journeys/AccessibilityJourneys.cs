using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>What axe sees, in both themes, and that it sees.</summary>
public sealed class AccessibilityJourneys(Studio studio, SlowStudio slow) : Journey(studio)
{
    [Fact]
    public async Task Axe_OnAPageWithFaults_FindsThemInTheirThemes()
    {
        var visit = await VisitAsync();
        await Assertions.Expect(new StartPage(visit.Page).Blank).ToBeVisibleAsync();
        await visit.Page.EvaluateAsync(
            """
            () => {
              const main = document.querySelector("main");
              main.append(document.createElement("input"));
              const faint = document.createElement("p");
              faint.textContent = "Hard to read in the light";
              faint.style.color = "var(--pad-lamp)";
              main.append(faint);
            }
            """);
        var found = await Assert.ThrowsAnyAsync<Exception>(() => visit.Page.ExpectAccessibleAsync("a page with faults"));
        Assert.Contains("label (", found.Message, StringComparison.Ordinal);
        Assert.Contains("color-contrast (serious, light)", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_Cancelled_HasNothingThatAxeFinds()
    {
        var visit = await VisitAsync(await slow.AddressAsync());
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Long("Called Off"));
        var rendering = await plan.RenderAsync();
        await rendering.Cancel.ClickAsync();
        await Assertions.Expect(rendering.RenderAgain).ToBeVisibleAsync();
        await visit.Page.ExpectAccessibleAsync("a cancelled render");
    }
}
