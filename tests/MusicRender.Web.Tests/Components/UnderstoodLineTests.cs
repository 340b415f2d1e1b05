using Bunit;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class UnderstoodLineTests : StudioContext
{
    [Fact]
    public async Task Line_SaysWhatSketchWillPlay_AndFollowsThePlan()
    {
        Jobs.OnUnderstand = (plan, seed) => [.. plan.PositiveGlobalStyles, seed is null ? "seed open" : $"seed {seed}"];
        await using var session = Session(Samples.Draft(Samples.Plan));
        session.Plan.SetGlobalWanted(["124 bpm", "E major"]);
        var page = Render<PlanStep>(step => step.Add(it => it.Session, session));
        session.Changed += () => page.InvokeAsync(() => page.Render());

        Assert.Equal("Sketch will play: 124 bpm · E major · seed open", Words(page));

        session.Plan.SetGlobalWanted(["90 bpm"]);
        page.WaitForAssertion(() => Assert.Equal("Sketch will play: 90 bpm · seed open", Words(page)));

        session.Update(draft => draft with { Seed = 7 });
        Assert.Equal("Sketch will play: 90 bpm · seed open", Words(page));
        Time.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Equal("Sketch will play: 90 bpm · seed 7", Words(page)));
    }

    [Fact]
    public async Task Line_IsNotThere_WhenTheGeneratorDoesNotSay()
    {
        Jobs.OnUnderstand = (_, _) => ["124 BPM"];
        Jobs.AddElevenLabs();
        await using var session = Session(Samples.Draft(Samples.Plan));
        var page = Render<PlanStep>(step => step.Add(it => it.Session, session));
        session.Changed += () => page.InvokeAsync(() => page.Render());
        Assert.Empty(page.FindAll("#understood-line"));

        session.Update(draft => draft with { Generator = "sketch" });

        page.WaitForAssertion(() => Assert.Equal("Sketch will play: 124 BPM", Words(page)));
    }

    private static string Words(IRenderedComponent<PlanStep> page) =>
        string.Join(' ', page.Find("#understood-line").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
