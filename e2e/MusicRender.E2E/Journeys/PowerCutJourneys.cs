using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>The server dies in the middle of something and comes back.</summary>
public sealed class PowerCutJourneys(Studio studio) : SlowJourney(studio)
{
    [Fact]
    public async Task Edit_ServerKilledAndStartedAgain_GoesOnToASong()
    {
        var visit = await VisitAsync(Program.Address);
        var rail = new WizardRail(visit.Page);
        var story = await new StartPage(visit.Page).BeginAsync("Social media ad");
        await rail.SaveAsync(() => story.Story.FillAsync("Pebble folds in ten seconds."));
        await CutAsync(visit);
        await Assertions.Expect(story.Story).ToHaveValueAsync("Pebble folds in ten seconds.");

        await ExpectListeningAsync(visit.Page);
        var plan = await story.WriteAsync("Pebble folds in ten seconds. Be there before the bus.");
        await plan.MakeThePlanAsync();
        await rail.SaveAsync(() => plan.Section.Name.FillAsync("Kerb"));
        await rail.SaveAsync(() => plan.Title.FillAsync("Before the bus"));
        await CutAsync(visit);
        await Assertions.Expect(plan.Title).ToHaveValueAsync("Before the bus");
        await Assertions.Expect(plan.Section.Name).ToHaveValueAsync("Kerb");

        await ExpectListeningAsync(visit.Page);
        var listen = await (await plan.RenderAsync()).FinishAsync();
        await Assertions.Expect(listen.Heading).ToHaveTextAsync("Before the bus");
    }

    [Fact]
    public async Task Render_ServerKilledInTheMiddle_GoesOnToItsSong()
    {
        var visit = await VisitAsync(Program.Address);
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Cut off", 60_000, "Intro", "Verse", "Chorus"));
        var rendering = await plan.RenderAsync();
        await rendering.ReachAsync(17);
        await CutAsync(visit);

        var listen = await rendering.FinishAsync();
        await Assertions.Expect(listen.Heading).ToHaveTextAsync("Cut off");
        Assert.Single(Directory.GetFiles(Library, "*.mp3", SearchOption.AllDirectories));
    }

    /// <summary>While the server is away nothing can be pressed.</summary>
    private static Task ExpectListeningAsync(IPage page) => Assertions.Expect(page.Locator("html:not([data-connection='lost']) #studio")).ToBeVisibleAsync();

    private async Task CutAsync(Visit visit)
    {
        visit.IsServerAway = true;
        await Program.KillAsync();
        await Assertions.Expect(visit.Page.GetByText("Connection lost; trying again.")).ToBeVisibleAsync();
        await StartAgainAsync();
        await Assertions.Expect(visit.Page.GetByText("Connection lost; trying again.")).ToBeHiddenAsync();
        visit.IsServerAway = false;
    }
}
