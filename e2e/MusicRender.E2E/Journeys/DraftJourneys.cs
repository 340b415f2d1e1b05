using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>Nothing that was typed is ever lost.</summary>
public sealed class DraftJourneys(Studio studio) : Journey(studio)
{
    [Fact]
    public async Task Draft_ReloadedOnEveryStep_KeepsEverything()
    {
        var visit = await VisitAsync();
        var rail = new WizardRail(visit.Page);
        var choose = await new StartPage(visit.Page).BeginBlankAsync();
        await choose.Card("Mini song").CheckAsync();
        await choose.Card("Lo-fi").CheckAsync();
        await choose.Card("Live take").CheckAsync();
        await rail.SaveAsync(() => choose.InstrumentalOnly.CheckAsync(new LocatorCheckOptions { Force = true }));
        await visit.Page.ReloadAsync();
        await Assertions.Expect(choose.Card("Mini song")).ToBeCheckedAsync();
        await Assertions.Expect(choose.Card("Lo-fi")).ToBeCheckedAsync();
        await Assertions.Expect(choose.Card("Live take")).ToBeCheckedAsync();
        await Assertions.Expect(choose.InstrumentalOnly).ToBeCheckedAsync();

        await choose.Continue.ClickAsync();
        var story = new StoryPage(visit.Page);
        await rail.SaveAsync(() => story.Story.FillAsync("Snow on the platform.\nThe last train has left."));
        await visit.Page.ReloadAsync();
        await Assertions.Expect(story.Story).ToHaveValueAsync("Snow on the platform.\nThe last train has left.");

        await story.Write.ClickAsync();
        var plan = new PlanPage(visit.Page);
        await Assertions.Expect(plan.Prompt).Not.ToBeEmptyAsync();
        var prompt = await plan.Prompt.InputValueAsync() + " With sleigh bells.";
        await rail.SaveAsync(() => plan.Prompt.FillAsync(prompt));
        await rail.SaveAsync(() => plan.Title.FillAsync("The last train"));
        await visit.Page.ReloadAsync();
        await Assertions.Expect(plan.Prompt).ToHaveValueAsync(prompt);
        await Assertions.Expect(plan.Title).ToHaveValueAsync("The last train");

        await plan.MakeThePlanAsync();
        await rail.SaveAsync(() => plan.Section.Name.FillAsync("Platform"));
        await rail.SaveAsync(() => plan.Section.Lines.FillAsync("Snow falls\nand nobody waits"));
        var before = await plan.ReadJsonAsync();
        await visit.Page.ReloadAsync();
        await Assertions.Expect(plan.Section.Name).ToHaveValueAsync("Platform");
        await Assertions.Expect(plan.Section.Lines).ToHaveValueAsync("Snow falls\nand nobody waits");
        Assert.Equal(before.ToJsonString(), (await plan.ReadJsonAsync()).ToJsonString());
    }

    [Fact]
    public async Task Draft_AddressOpenedOnAnotherDevice_ShowsTheSameStory()
    {
        var visit = await VisitAsync();
        var story = await new StartPage(visit.Page).BeginAsync("Personal song");
        await new WizardRail(visit.Page).SaveAsync(() => story.Story.FillAsync("We moved in with two chairs and one lamp."));

        var other = await VisitAsync(visit.Page.Url[..visit.Page.Url.LastIndexOf('/')], 390, 844);
        await Assertions.Expect(new StoryPage(other.Page).Story).ToHaveValueAsync("We moved in with two chairs and one lamp.");
    }
}
