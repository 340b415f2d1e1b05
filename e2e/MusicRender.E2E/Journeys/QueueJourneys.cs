using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>The queue of a slow machine that makes one render after the other.</summary>
public sealed class QueueJourneys(Studio studio) : SlowJourney(studio)
{
    private const string LongTitle = "A title that somebody wrote without ever asking how wide the window is in which it will be read one day";

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["MusicRender__Sketch__MaxConcurrency"] = "1" };

    [Fact]
    public async Task Queue_ShowsWhatWaitsAndRuns_CancelsAndAsksAgain_ByKeysAlone()
    {
        var visit = await VisitAsync(Program.Address, "/queue");
        var page = visit.Page;
        await Assertions.Expect(page.Named(AriaRole.Heading, "Nothing has been rendered yet")).ToBeVisibleAsync();
        await page.ExpectAccessibleAsync("an empty queue");

        await visit.GoToAsync("/");
        var plan = await PlanPage.WithPlanAsync(page, Plans.Long("First in line"));
        var rendering = await plan.RenderAsync();
        await rendering.ReachAsync(16);
        await new WizardRail(page).GoToPlanAsync();
        await plan.Title.FillAsync(LongTitle);
        await plan.RenderAsync();
        await page.Named(AriaRole.Link, "Queue 2 under way").ClickAsync();

        var underWay = page.Named(AriaRole.List, "Under way").Locator("li");
        await Assertions.Expect(underWay).ToHaveCountAsync(2);
        await Assertions.Expect(underWay.First).ToContainTextAsync("First in line");
        await Assertions.Expect(underWay.Last).ToContainTextAsync("next in line");
        await Assertions.Expect(underWay.Last).ToContainTextAsync("you");
        await page.ExpectAccessibleAsync("a queue");
        await page.SetViewportSizeAsync(390, 844);
        await Layout.CheckNarrowAsync(page);

        // Another browser sees the same, and that it is not its own.
        var other = await VisitAsync(Program.Address, "/queue");
        await Assertions.Expect(other.Page.GetByText("another browser")).ToHaveCountAsync(2);

        var cancel = underWay.Last.GetByRole(AriaRole.Button);
        await cancel.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var ended = page.Named(AriaRole.List, "Ended lately").Locator("li");
        await Assertions.Expect(ended).ToHaveCountAsync(1);
        await Assertions.Expect(ended).ToContainTextAsync("cancelled");
        await Layout.CheckNarrowAsync(page);
        await page.ExpectAccessibleAsync("a queue with an ended render");

        await ended.GetByRole(AriaRole.Button).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(underWay).ToHaveCountAsync(2);
        await Assertions.Expect(underWay.Last).ToContainTextAsync(LongTitle);
        await Assertions.Expect(other.Page.Named(AriaRole.List, "Under way").Locator("li")).ToHaveCountAsync(2);
        await underWay.First.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(underWay).ToHaveCountAsync(1);
        await underWay.First.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.Named(AriaRole.Heading, LongTitle)).ToBeVisibleAsync();
    }
}
