using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>Every page in its states, from an empty library on, as axe sees it, in both themes.</summary>
public sealed class AccessiblePagesJourneys(Studio studio) : SlowJourney(studio)
{
    private const string Story = "A tram at night, and one seat left by the window.";

    [Fact]
    public async Task EveryPage_InItsStates_HasNothingThatAxeFinds()
    {
        var visit = await VisitAsync(Program.Address);
        var page = visit.Page;
        var start = new StartPage(page);
        await Assertions.Expect(page.GetByText("Your finished tracks will be listed here.")).ToBeVisibleAsync();
        await page.ExpectAccessibleAsync("the start page of an empty library");
        await page.Named(AriaRole.Button, "Keys").ClickAsync();
        await Assertions.Expect(page.Named(AriaRole.Dialog, "Keys")).ToBeVisibleAsync();
        await page.ExpectAccessibleAsync("the keys");
        await page.Named(AriaRole.Button, "Close").ClickAsync();

        await visit.GoToAsync("/library");
        await Assertions.Expect(page.Named(AriaRole.Heading, "No tracks yet")).ToBeVisibleAsync();
        await page.ExpectAccessibleAsync("an empty library");
        await visit.GoToAsync("/settings");
        await Assertions.Expect(page.Named(AriaRole.List, "Parts")).ToBeVisibleAsync();
        await page.ExpectAccessibleAsync("the settings");
        await page.GetByLabel("Origin", new PageGetByLabelOptions { Exact = true }).FillAsync("nonsense");
        await page.Named(AriaRole.Button, "Allow").ClickAsync();
        await Assertions.Expect(page.GetByText("That is not an origin.")).ToBeVisibleAsync();
        await page.ExpectAccessibleAsync("the settings with something refused");
        visit.Expect("404");
        await visit.GoToAsync("/nowhere");
        await Assertions.Expect(page.Named(AriaRole.Heading, "Nothing plays here")).ToBeVisibleAsync();
        await page.ExpectAccessibleAsync("an address that leads nowhere");

        await visit.GoToAsync("/");
        var choose = await start.BeginBlankAsync();
        await page.ExpectAccessibleAsync("the choice before anything is chosen");
        await choose.Card("Mini song").CheckAsync();
        await choose.Card("Indie band").CheckAsync();
        await choose.Card("Balanced").CheckAsync();
        await Assertions.Expect(choose.Continue).ToBeEnabledAsync();
        await page.ExpectAccessibleAsync("the choice when all is chosen");
        await choose.Continue.ClickAsync();
        var story = new StoryPage(page);
        await page.GetByText("An example").ClickAsync();
        await page.ExpectAccessibleAsync("the story");

        var plan = await story.WriteAsync(Story);
        await page.ExpectAccessibleAsync("the prompt");
        await plan.MakeThePlanAsync();
        await page.ExpectAccessibleAsync("the plan's timeline");
        await plan.JsonTab.ClickAsync();
        await Assertions.Expect(plan.Json).ToBeVisibleAsync();
        await page.ExpectAccessibleAsync("the plan as JSON");
        await plan.TimelineTab.ClickAsync();

        var rendering = await plan.RenderAsync();
        await Assertions.Expect(rendering.ListenNow).ToBeVisibleAsync();
        await page.ExpectAccessibleAsync("a render under way");
        var listen = await rendering.FinishAsync();
        await listen.DrawnAsync();
        await page.ExpectAccessibleAsync("the finished track");

        await visit.GoToAsync($"/tracks/{await listen.TrackIdAsync()}");
        await listen.DrawnAsync();
        await page.ExpectAccessibleAsync("a track's own page");
        await visit.GoToAsync("/library");
        await Assertions.Expect(new LibraryPage(page).Tracks).ToHaveCountAsync(1);
        await page.ExpectAccessibleAsync("a library with a track");
        await new LibraryPage(page).Search.FillAsync("nothing of that name");
        await Assertions.Expect(page.Named(AriaRole.Heading, "Nothing matches")).ToBeVisibleAsync();
        await page.ExpectAccessibleAsync("a search that finds nothing");
        await visit.GoToAsync("/");
        await Assertions.Expect(page.Named(AriaRole.List, "Recent tracks")).ToBeVisibleAsync();
        await page.ExpectAccessibleAsync("the start page with tracks");
    }
}
