using Bunit;
using MusicRender.Engine.Generators;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class SectionTimelineTests : StudioContext
{
    private readonly PlanEditor _editor;
    private readonly IRenderedComponent<SectionTimeline> _timeline;

    public SectionTimelineTests()
    {
        _editor = new PlanEditor(Samples.Plan, null, Time);
        _timeline = Render<SectionTimeline>(Parameters);
        _editor.Changed += () => _timeline.InvokeAsync(() => _timeline.Render(Parameters));
    }

    private string[] Names => [.. _timeline.FindAll("ol[aria-label=Sections] > li").Select(item => item.GetAttribute("aria-label")!)];

    private string Said
    {
        get
        {
            Time.Advance(TimelineView.Pause);
            return _timeline.Find("[role=status]").TextContent;
        }
    }

    [Fact]
    public void OneBlock_IsInTheOrderOfTabs_AndSaysWhereItStands()
    {
        Assert.Equal(["0", "-1", "-1"], _timeline.FindAll(".block").Select(block => block.GetAttribute("tabindex")));
        Assert.EndsWith(", section 2 of 3", _timeline.FindAll(".block")[1].TextContent.Trim(), StringComparison.Ordinal);

        _timeline.InvokeAsync(() => _timeline.Instance.Select(Id(2)));

        Assert.Equal(["-1", "-1", "0"], _timeline.FindAll(".block").Select(block => block.GetAttribute("tabindex")));
        Assert.Equal("true", _timeline.FindAll(".block")[2].GetAttribute("aria-pressed"));
    }

    [Fact]
    public void TheBrowser_IsToldBarsAndLimits()
    {
        var root = _timeline.Find(".timeline");

        Assert.Equal(("2000", "true", "3000", "120000"), (root.GetAttribute("data-bar-ms"), root.GetAttribute("data-snap"), root.GetAttribute("data-min-ms"), root.GetAttribute("data-max-ms")));
        Assert.Equal(["10000", "20000", "15000"], _timeline.FindAll("li.block-item").Select(item => item.GetAttribute("data-ms")));
        Assert.Equal("120 BPM, 4/4", _timeline.Find(".tempo").TextContent);
    }

    [Fact]
    public async Task Drop_MovesTheBlockInOneStep()
    {
        await _timeline.InvokeAsync(() => _timeline.Instance.Drop(Id(0), Id(2)));

        Assert.Equal(["Verse", "Chorus", "Intro"], Names);
        Assert.Equal("Intro is now section 3 of 3.", Said);
        _editor.Undo();
        Assert.Equal(["Intro", "Verse", "Chorus"], Names);
        Assert.False(_editor.CanUndo);
    }

    [Fact]
    public async Task Resize_SetsTheLengthInOneStepAndSelects()
    {
        await _timeline.InvokeAsync(() => _timeline.Instance.Resize(Id(1), 24_000));

        Assert.Equal((24_000, 1), (_editor.Section!.DurationMs, _editor.Selected));
        Assert.Equal("Verse: 24 s, 12 bars.", Said);
        await _timeline.InvokeAsync(() => _timeline.Instance.Resize(Id(1), 999_000));
        Assert.Equal(120_000, _editor.Section!.DurationMs);
    }

    [Theory]
    [InlineData("move", 1, new[] { "Verse", "Intro", "Chorus" }, 1)]
    [InlineData("move", -1, new[] { "Intro", "Verse", "Chorus" }, 0)]
    [InlineData("duplicate", 0, new[] { "Intro", "Intro 2", "Verse", "Chorus" }, 1)]
    [InlineData("remove", 0, new[] { "Verse", "Chorus" }, 0)]
    public async Task Key_OnTheSelectedBlock_ChangesThePlanAndTheFocusFollows(string command, int steps, string[] expected, int selected)
    {
        var script = JSInterop.SetupModule("./assets/timeline.js");
        script.Mode = JSRuntimeMode.Loose;

        await _timeline.InvokeAsync(() => _timeline.Instance.Press(Id(0), command, steps));

        Assert.Equal(expected, Names);
        Assert.Equal(selected, _editor.Selected);
    }

    [Fact]
    public async Task Key_ForLength_GoesByBarsOrBeats()
    {
        await _timeline.InvokeAsync(() => _timeline.Instance.Press("", "length", 1));
        Assert.Equal(12_000, _editor.Section!.DurationMs);
        await _timeline.InvokeAsync(() => _timeline.Instance.Press("", "beats", -1));
        Assert.Equal(11_500, _editor.Section!.DurationMs);

        await _timeline.FindAll("button").Single(button => button.TextContent.Trim() == "Snap to bars").ClickAsync(new());
        await _timeline.InvokeAsync(() => _timeline.Instance.Press("", "length", 1));
        Assert.Equal(12_000, _editor.Section!.DurationMs);
        await _timeline.InvokeAsync(() => _timeline.Instance.Press("", "length", 1));
        Assert.Equal(12_500, _editor.Section!.DurationMs);
        Assert.Equal("Intro: 12 s, 6.25 bars.", Said);
    }

    [Fact]
    public async Task Keys_WhileTheJsonIsNoPlan_ChangeNothing()
    {
        _editor.SetJson("{ half");

        await _timeline.InvokeAsync(() => _timeline.Instance.Press("", "remove", 0));
        await _timeline.InvokeAsync(() => _timeline.Instance.Drop(Id(0), Id(2)));
        await _timeline.InvokeAsync(() => _timeline.Instance.Resize(Id(0), 20_000));

        Assert.Equal(Samples.Plan, _editor.Plan);
        Assert.Equal("true", _timeline.Find(".timeline").GetAttribute("data-locked"));
    }

    [Fact]
    public void AHeldKey_IsSaidOnce()
    {
        for (var press = 0; press < 10; press++)
        {
            _timeline.InvokeAsync(() => _timeline.Instance.Press("", "length", 1));
            Time.Advance(TimeSpan.FromMilliseconds(80));
            Assert.Equal("", _timeline.Find("[role=status]").TextContent);
        }

        Assert.Equal("Intro: 30 s, 15 bars.", Said);
    }

    [Fact]
    public async Task AddSection_IsOfWholeBars()
    {
        await _timeline.FindAll("button").Single(button => button.TextContent.Trim() == "Add section").ClickAsync(new());

        Assert.Equal(["Intro", "Section 4", "Verse", "Chorus"], Names);
        Assert.Equal(16_000, _editor.Section!.DurationMs);
    }

    [Fact]
    public void Limits_AreReadOut_AndLineUpAsTheyAreReached()
    {
        Assert.Equal(["0:45 of 10:00", "3 of 30 sections"], _timeline.FindAll(".readout.free").Select(readout => readout.TextContent));

        _editor.Replace(Samples.Plan with { Sections = [.. Enumerable.Repeat(Samples.Plan.Sections[0] with { DurationMs = 20_000 }, 30)] });

        Assert.Equal(["10:00 of 10:00", "30 of 30 sections"], _timeline.FindAll(".readout.full").Select(readout => readout.TextContent));
        Assert.True(_timeline.FindAll("button").Single(button => button.TextContent.Trim() == "Add section").HasAttribute("disabled"));
    }

    [Fact]
    public void Remark_OfTheChosenGenerator_NamesTheSection()
    {
        Jobs.OnRemarks = (_, _, _) => [new PlanRemark("sections[1].lines", "Too fast."), new PlanRemark("sections[2].lines", "Too fast.")];

        _editor.Rename(0, "Opening");

        Assert.Equal("Verse: Too fast. And 1 more.", _timeline.Find(".remark-line").TextContent);
    }

    [Fact]
    public void Slot_OnTheSelectedBlock_ShowsWhatIsGiven()
    {
        _timeline.Render(timeline =>
        {
            Parameters(timeline);
            timeline.Add(it => it.SelectedTools, "<button>Hear it</button>");
        });

        Assert.Equal("Hear it", _timeline.Find(".block-slot button").TextContent);
        Assert.Single(_timeline.FindAll("li.block-item:first-child button"));
    }

    [Fact]
    public async Task WhatComesLate_IsForTheSectionItWasMeantFor_WhereverItStandsByNow()
    {
        var (intro, verse, chorus) = (Id(0), Id(1), Id(2));
        _editor.Move(0, 2);

        await _timeline.InvokeAsync(() => _timeline.Instance.Resize(chorus, 24_000));
        await _timeline.InvokeAsync(() => _timeline.Instance.Press(verse, "remove", 0));
        await _timeline.InvokeAsync(() => _timeline.Instance.Drop(intro, chorus));

        Assert.Equal(["Intro", "Chorus"], Names);
        Assert.Equal(24_000, _editor.Plan!.Sections[1].DurationMs);
    }

    [Fact]
    public async Task WhatComesForASectionThatIsGone_ChangesNothing()
    {
        var verse = Id(1);
        _editor.Remove(1);
        var before = _editor.Plan;

        await _timeline.InvokeAsync(() => _timeline.Instance.Resize(verse, 24_000));
        await _timeline.InvokeAsync(() => _timeline.Instance.Press(verse, "remove", 0));
        await _timeline.InvokeAsync(() => _timeline.Instance.Drop(verse, Id(0)));
        await _timeline.InvokeAsync(() => _timeline.Instance.Drop(Id(0), verse));
        await _timeline.InvokeAsync(() => _timeline.Instance.Select(verse));

        Assert.Same(before, _editor.Plan);
        Assert.Equal(0, _editor.Selected);
    }

    private string Id(int at) => _editor.SectionIds[at];

    private void Parameters(ComponentParameterCollectionBuilder<SectionTimeline> timeline) =>
        timeline.Add(it => it.Editor, _editor).Add(it => it.Plan, _editor.Plan!);
}
