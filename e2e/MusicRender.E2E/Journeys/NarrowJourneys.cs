using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>On a telephone.</summary>
public sealed class NarrowJourneys(Studio studio, SlowStudio slow) : Journey(studio)
{
    [Fact]
    public async Task MainPath_OnANarrowWindow_FitsOnEveryPageInBothThemes()
    {
        var visit = await VisitAsync(await slow.AddressAsync(), "/", 390, 844);
        var page = visit.Page;
        var start = new StartPage(page);
        await Assertions.Expect(start.Blank).ToBeVisibleAsync();
        await Layout.CheckNarrowAsync(page);

        var choose = await start.BeginBlankAsync();
        await choose.Card("Mini song").CheckAsync();
        await choose.Card("Indie band").CheckAsync();
        await choose.Card("Balanced").CheckAsync();
        await Layout.CheckNarrowAsync(page);
        await choose.Continue.ClickAsync();

        var story = new StoryPage(page);
        await Assertions.Expect(story.Story).ToBeVisibleAsync();
        await Layout.CheckNarrowAsync(page);
        var plan = await story.WriteAsync("Two chairs, one lamp, and a radio that only gets one station.");
        await Layout.CheckNarrowAsync(page);
        await plan.MakeThePlanAsync();
        await Layout.CheckNarrowAsync(page);
        await plan.JsonTab.ClickAsync();
        await Assertions.Expect(plan.Json).ToBeVisibleAsync();
        await Layout.CheckNarrowAsync(page);

        var rendering = await plan.RenderAsync();
        await Assertions.Expect(rendering.Progress).ToBeVisibleAsync();
        await Layout.CheckNarrowAsync(page);
        var listen = await rendering.FinishAsync();
        await listen.DrawnAsync();
        await Layout.CheckNarrowAsync(page);
        await listen.Play.ClickAsync();
        await listen.PassAsync(0.2);

        await visit.GoToAsync($"/tracks/{await listen.TrackIdAsync()}");
        await Assertions.Expect(listen.Position).ToBeVisibleAsync();
        await Layout.CheckNarrowAsync(page);
        await visit.GoToAsync("/library");
        await Assertions.Expect(new LibraryPage(page).Tracks.First).ToBeVisibleAsync();
        await Layout.CheckNarrowAsync(page);
        await visit.GoToAsync("/settings");
        await Assertions.Expect(page.Named(AriaRole.List, "Parts")).ToBeVisibleAsync();
        await Layout.CheckNarrowAsync(page);
        visit.Expect("404");
        await visit.GoToAsync("/nowhere");
        await Assertions.Expect(page.Named(AriaRole.Heading, "Nothing plays here")).ToBeVisibleAsync();
        await Layout.CheckNarrowAsync(page);
    }

    [Fact]
    public async Task Theme_Changed_StaysAfterReload()
    {
        var visit = await VisitAsync();
        var root = visit.Page.Locator("html");
        await Assertions.Expect(new StartPage(visit.Page).Blank).ToBeVisibleAsync();
        await Assertions.Expect(root).ToHaveAttributeAsync("data-theme", "dark");
        await visit.Page.Named(AriaRole.Button, "Light or dark").ClickAsync();
        await Assertions.Expect(root).ToHaveAttributeAsync("data-theme", "light");
        await visit.Page.ReloadAsync();
        await Assertions.Expect(root).ToHaveAttributeAsync("data-theme", "light");
    }
}
