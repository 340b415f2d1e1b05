using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>Several renders at once, on a slow machine that makes one after the other.</summary>
public sealed class SeveralRendersJourneys(Studio studio) : SlowJourney(studio)
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["MusicRender__Sketch__MaxConcurrency"] = "1" };

    [Fact]
    public async Task Renders_OfOneDraft_WaitInLineAndEachHasItsAddress()
    {
        var visit = await VisitAsync(Program.Address);
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Long("First in line"));
        var rendering = await plan.RenderAsync();
        await rendering.ReachAsync(16);
        var first = await rendering.RenderIdAsync();
        await new WizardRail(visit.Page).GoToPlanAsync();
        await plan.Title.FillAsync("Second in line");
        await plan.RenderAsync();

        await Assertions.Expect(visit.Page.GetByText("Place 1 in the queue")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("Second in line");
        await rendering.Others.Named(AriaRole.Link, "First in line").ClickAsync();
        await rendering.ReachAsync(16);
        Assert.Equal(first, await rendering.RenderIdAsync());
        await Assertions.Expect(rendering.Others.GetByText("waiting, place 1")).ToBeVisibleAsync();

        // Another device, by the address alone.
        var other = await VisitAsync(Program.Address, new Uri(visit.Page.Url).PathAndQuery);
        var elsewhere = new RenderingPage(other.Page);
        await elsewhere.ReachAsync(16);
        Assert.Equal(first, await elsewhere.RenderIdAsync());

        await elsewhere.Others.Named(AriaRole.Button, "Cancel Second in line").ClickAsync();
        await Assertions.Expect(rendering.Others).ToHaveCountAsync(0);
        await visit.Page.GoBackAsync();
        await Assertions.Expect(visit.Page.GetByText("The render was cancelled").First).ToBeVisibleAsync();
        await Assertions.Expect(rendering.RenderAgain).ToBeVisibleAsync();
        await elsewhere.Cancel.ClickAsync();
        await Assertions.Expect(elsewhere.RenderAgain).ToBeVisibleAsync();
    }
}
