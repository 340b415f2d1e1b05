using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>A plan is heard while it is edited, without a track being made of it.</summary>
public sealed class PreviewJourneys(Studio studio) : Journey(studio)
{
    [Fact]
    public async Task Section_IsHeardInTheEditor_AndAgainAfterAnEdit()
    {
        var visit = await VisitAsync();
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Heard while edited", 60_000, "Intro", "Verse", "Chorus"));
        await plan.SelectAsync("Verse");
        await plan.PreviewOf("Verse").ClickAsync();
        await Sound.SignalAsync(visit.Page);
        await Assertions.Expect(plan.PreviewOf("Verse")).ToHaveAttributeAsync("aria-label", new Regex("^Stop "));
        await Assertions.Expect(plan.PreviewOf("Verse")).Not.ToHaveAttributeAsync("data-stale", "");

        // The plan as it is now: four seconds instead of sixty.
        await plan.Section.Length.FillAsync("4");
        await plan.Section.Name.FocusAsync();
        await Assertions.Expect(plan.PreviewOf("Verse")).ToHaveAttributeAsync("data-stale", "");
        await plan.PreviewOf("Verse").ClickAsync();
        await Sound.SignalAsync(visit.Page);
        await Assertions.Expect(plan.PreviewOf("Verse")).ToHaveAttributeAsync("aria-label", new Regex("^Preview "));
        Assert.InRange(await visit.Page.EvaluateAsync<double>("window.playedTo"), 3.9, 4.2);

        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/plan$"));
        using var api = new StudioApi(Studio.Address);
        Assert.Equal(0, await api.CountAsync("Heard while edited"));
    }

    [Fact]
    public async Task Previews_OneSoundAtATime_StopWhereTheyWereStartedAndWithTheEditor()
    {
        var visit = await VisitAsync();
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("One at a time", 30_000, "Intro", "Verse"));
        await plan.PreviewAll.ClickAsync();
        await Sound.SignalAsync(visit.Page);
        await plan.PreviewOf("Intro").ClickAsync();
        await Sound.SignalAsync(visit.Page);
        await Assertions.Expect(plan.PreviewAll).ToHaveAttributeAsync("aria-label", new Regex("^Preview "));
        await Assertions.Expect(plan.PreviewOf("Intro")).ToHaveAttributeAsync("aria-label", new Regex("^Stop "));
        await plan.PreviewOf("Intro").ClickAsync();
        await Sound.SilenceAsync(visit.Page);

        // What was heard is what is rendered, when its seed is kept.
        await plan.KeepSound.ClickAsync();
        await Assertions.Expect(plan.KeepSound).ToHaveCountAsync(0);
        Assert.NotNull((await plan.ReadJsonAsync())["seed"]);

        await plan.PreviewAll.ClickAsync();
        await Sound.SignalAsync(visit.Page);
        await visit.Page.Named(AriaRole.Link, "Library").ClickAsync();
        await Sound.SilenceAsync(visit.Page);
    }
}
