using Bunit;
using MusicRender.Web.Components.Controls;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

/// <summary>What becomes of texts on their way, as the page shows it; and how much of the page a letter draws.</summary>
public sealed class KeptTypingTests : StudioContext
{
    [Fact]
    public async Task TextWithoutAPlace_IsInSightUntilSomebodyIsDoneWithIt()
    {
        var script = JSInterop.SetupModule("/assets/unsent.js");
        script.Mode = JSRuntimeMode.Loose;
        await using var session = Session(Samples.Draft(Samples.Plan));
        var verse = TypedFields.LinesOf(session.Plan.SectionIds[1]);
        session.Plan.Remove(1);
        var typing = Render<KeptTyping>(it => it.Add(kept => kept.Session, session));
        Assert.Empty(typing.FindAll("[role=alert]"));

        Assert.False(typing.Instance.Take(verse, "Sung for nobody", "page", 1));
        await typing.InvokeAsync(() => typing.Instance.Show(verse, "Sung for nobody"));

        var field = typing.Find("[role=alert] textarea");
        Assert.Equal(("Sung for nobody", true), (field.GetAttribute("value"), field.HasAttribute("readonly")));
        Assert.StartsWith("Lyric lines of “Verse”", typing.Find($"label[for='{field.Id}']").TextContent, StringComparison.Ordinal);
        await typing.Find("button").ClickAsync(new());
        Assert.Empty(typing.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task ALetter_DrawsOnlyWhatLooksDifferent()
    {
        await using var session = Session(Samples.Draft(Samples.Plan));
        var page = Render<PlanStep>(step => step.Add(it => it.Session, session));
        session.Changed += () => page.InvokeAsync(() => page.Render());
        int[] Draws() => [page.FindComponent<SectionTimeline>().RenderCount, page.FindComponent<WholeTrack>().RenderCount, page.FindComponent<RenderChoice>().RenderCount, page.FindComponents<StyleChips>().Sum(chips => chips.RenderCount)];
        session.Plan.Select(1);
        var before = Draws();

        session.Plan.SetTitle("Another");
        session.Plan.SetLines(1, ["The platform hums"]);
        Assert.Equal(before, Draws());

        session.Plan.Rename(1, "Second verse");
        Assert.Equal([before[0] + 1, .. before[1..3]], Draws()[..3]);
        Assert.Contains("Second verse", page.FindComponent<SectionTimeline>().Markup, StringComparison.Ordinal);

        session.Plan.SetGlobalWanted(["140 bpm", "house"]);
        Assert.True(Draws()[1] > before[1]);
        Assert.Contains("house", page.FindComponent<WholeTrack>().Markup, StringComparison.Ordinal);
    }
}
