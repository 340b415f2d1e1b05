using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>Without a mouse.</summary>
public sealed class KeyboardJourneys(Studio studio) : Journey(studio)
{
    private const int MostTabs = 80;

    [Fact]
    public async Task MainPath_ByKeysAlone_EndsInThePlayer()
    {
        var visit = await VisitAsync();
        var keys = visit.Page.Keyboard;
        await TabToAsync(visit.Page, new StartPage(visit.Page).QuickStart("Social media ad"));
        await keys.PressAsync("Enter");

        var story = new StoryPage(visit.Page);
        await Assertions.Expect(story.Story).ToBeVisibleAsync();
        await TabToAsync(visit.Page, story.Story);
        await keys.TypeAsync("A bicycle that folds.");
        await Assertions.Expect(story.Story).ToHaveValueAsync("A bicycle that folds.");
        await keys.PressAsync("Control+Enter");

        var plan = new PlanPage(visit.Page);
        await Assertions.Expect(plan.MakePlan).ToBeEnabledAsync();
        await TabToAsync(visit.Page, plan.MakePlan);
        await keys.PressAsync("Space");

        await Assertions.Expect(plan.Sections.First).ToBeVisibleAsync();
        await TabToAsync(visit.Page, plan.TimelineTab);
        await keys.PressAsync("ArrowRight");
        await Assertions.Expect(plan.JsonTab).ToBeFocusedAsync();
        await Assertions.Expect(plan.Json).ToBeVisibleAsync();
        await keys.PressAsync("ArrowLeft");
        await Assertions.Expect(plan.Sections.First).ToBeVisibleAsync();
        await TabToAsync(visit.Page, plan.Section.Length);
        await keys.PressAsync("Control+Enter");

        await visit.Page.WaitForURLAsync("**/listen");
        await new RenderingPage(visit.Page).FinishAsync();
    }

    [Fact]
    public async Task Choose_ByKeysAlone_LeadsToTheStory()
    {
        var visit = await VisitAsync();
        await TabToAsync(visit.Page, new StartPage(visit.Page).Blank);
        await visit.Page.Keyboard.PressAsync("Enter");
        var choose = new ChoosePage(visit.Page);
        await Assertions.Expect(choose.Continue).ToBeDisabledAsync();
        await TabToAsync(visit.Page, choose.Card("Ad / brand spot"));
        await visit.Page.Keyboard.PressAsync("Space");
        await Assertions.Expect(choose.Card("Ad / brand spot")).ToBeCheckedAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(choose.Card("Podcast bed")).ToBeCheckedAsync();
        await TabToAsync(visit.Page, choose.Card("Pop / electro"));
        await visit.Page.Keyboard.PressAsync("Space");
        await TabToAsync(visit.Page, choose.Card("Exploratory"));
        await visit.Page.Keyboard.PressAsync("Space");
        await Assertions.Expect(choose.Continue).ToBeEnabledAsync();
        await visit.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(new StoryPage(visit.Page).Story).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Player_Keys_PlaySeekAndJumpBetweenSections()
    {
        using var api = new StudioApi(Studio.Address);
        var made = await api.MakeTrackAsync("Six short rooms", 4_000, sections: 6);
        var visit = await VisitAsync($"/tracks/{made["id"]}");
        var listen = new ListenPage(visit.Page);
        var keys = visit.Page.Keyboard;
        await Assertions.Expect(listen.Play).ToBeVisibleAsync();
        await listen.DrawnAsync();

        await keys.PressAsync("]");
        await listen.StandAtAsync(4);
        await keys.PressAsync("]");
        await listen.StandAtAsync(8);
        await keys.PressAsync("[");
        await listen.StandAtAsync(4);
        await keys.PressAsync("ArrowRight");
        await listen.StandAtAsync(9);
        await keys.PressAsync("ArrowLeft");
        await listen.StandAtAsync(4);

        await keys.PressAsync("Space");
        await Assertions.Expect(listen.Pause).ToBeVisibleAsync();
        await listen.PassAsync(4.2);
        await keys.PressAsync("Space");
        await Assertions.Expect(listen.Play).ToBeVisibleAsync();

        await listen.Position.FocusAsync();
        await keys.PressAsync("End");
        await listen.StandAtAsync(24);
        await keys.PressAsync("Home");
        await listen.StandAtAsync(0);
        await Assertions.Expect(listen.Position).ToHaveAttributeAsync("aria-valuetext", "0:00 of 0:24");
    }

    [Fact]
    public async Task QuestionMark_Anywhere_ShowsTheKeys()
    {
        var visit = await VisitAsync();
        await Assertions.Expect(new StartPage(visit.Page).Blank).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("?");
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Play and pause");
        await visit.Page.UntilAsync("document.activeElement.closest('[role=dialog]') !== null");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    /// <summary>Presses Tab until a control has the focus.</summary>
    private static async Task TabToAsync(IPage page, ILocator control)
    {
        await Assertions.Expect(control).ToBeVisibleAsync();
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            if (await control.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{MostTabs} tabs do not lead to {control}.");
    }
}
