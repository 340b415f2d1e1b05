using Bunit;
using MusicRender.Engine.Generators;
using MusicRender.Web.Components.Controls;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class SectionInspectorTests : StudioContext
{
    private readonly PlanEditor _editor;
    private readonly IRenderedComponent<SectionInspector> _inspector;

    public SectionInspectorTests()
    {
        _editor = new PlanEditor(Samples.Plan, null, Time);
        _inspector = Render<SectionInspector>(inspector => inspector.Add(it => it.Editor, _editor));
        _editor.Changed += () => _inspector.InvokeAsync(() => _inspector.Render());
        _editor.Select(1);
    }

    private string[] Names => [.. _editor.Plan!.Sections.Select(section => section.SectionName)];

    private AngleSharp.Dom.IElement Button(string name) =>
        _inspector.FindAll("button").Single(button => (button.GetAttribute("aria-label") ?? button.TextContent.Trim()) == name);

    private AngleSharp.Dom.IElement Field(string label) =>
        _inspector.Find($"#{_inspector.FindAll("label").Single(candidate => candidate.TextContent == label).GetAttribute("for")}");

    [Fact]
    public async Task Duplicate_AddsACopyAndSelectsIt()
    {
        await Button("Duplicate section").ClickAsync(new());

        Assert.Equal(["Intro", "Verse", "Verse 2", "Chorus"], Names);
        Assert.Equal("Verse 2", Field("Section name").GetAttribute("value"));
    }

    [Fact]
    public async Task Duplicate_OfTheLastSection_NeedsNoParentThatHasHeardOfIt()
    {
        var editor = new PlanEditor(Samples.Plan, null, Time);
        editor.Select(Samples.Plan.Sections.Count - 1);
        var tools = Render<SectionTools>(it => it.Add(tool => tool.Editor, editor));

        await tools.Find("[aria-label='Duplicate section']").ClickAsync(new());

        Assert.Equal(Samples.Plan.Sections.Count + 1, editor.Plan!.Sections.Count);
        Assert.False(tools.Find("[aria-label='Split section']").HasAttribute("disabled"));
    }

    [Theory]
    [InlineData("Remove section")]
    [InlineData("Duplicate section")]
    [InlineData("Merge with the next section")]
    [InlineData("Move later")]
    public async Task Button_PressedForASectionThatSomebodyElseJustRemoved_ChangesNothing(string name)
    {
        var history = new EditHistory<PlanSnapshot>(PlanSnapshot.Of(Samples.Draft(Samples.Plan)), Time);
        using var editor = new PlanEditor(history);
        using var other = new PlanEditor(history);
        editor.Select(1);
        var tools = Render<SectionTools>(it => it.Add(tool => tool.Editor, editor));
        other.Remove(1);
        var before = editor.Plan;

        await tools.Find($"[aria-label='{name}']").ClickAsync(new());

        Assert.Same(before, editor.Plan);
    }

    [Fact]
    public async Task Typing_WhileSomebodyElseMovesTheSection_StaysInIt()
    {
        _editor.Move(1, 0);

        await Field("Lyric lines").InputAsync(new() { Value = "Typed for the verse" });

        Assert.Equal(["Typed for the verse", "", ""], _editor.Plan!.Sections.Select(section => string.Join('|', section.Lines)));
    }

    [Fact]
    public async Task Split_WhileTheSectionBecomesTooShort_IsOfferedNoLonger()
    {
        await Button("Split section").ClickAsync(new());

        _editor.SetLength(1, 4_000);

        Assert.Empty(_inspector.FindAll("#split-where"));
    }

    [Fact]
    public async Task Length_Cleared_StaysClearedUntilANumberIsTyped()
    {
        await Field("Length").InputAsync(new() { Value = "" });
        _inspector.Render();
        Assert.True(string.IsNullOrEmpty(Field("Length").GetAttribute("value")));

        await Field("Length").InputAsync(new() { Value = "8" });

        Assert.Equal(8_000, _editor.Plan!.Sections[1].DurationMs);
    }

    [Fact]
    public async Task Split_OffersBarsAndLines_AndCutsWhereIsChosen()
    {
        await Button("Split section").ClickAsync(new());

        // 20 s at 120 bpm, two lines: the bar in the middle is offered first.
        var options = _inspector.FindAll("#split-where option");
        Assert.Equal("Bar 5: 0:10 and 0:10, 1 and 1 lines", options.Single(option => option.HasAttribute("selected")).TextContent);
        Assert.Equal("1. The platform hums", options[^1].TextContent);

        await _inspector.Find("#split-where").ChangeAsync(new() { Value = "0" });
        await Button("Split").ClickAsync(new());

        Assert.Equal(["Intro", "Verse", "Verse, part 2", "Chorus"], Names);
        Assert.Equal((4_000, 16_000), (_editor.Plan!.Sections[1].DurationMs, _editor.Plan.Sections[2].DurationMs));
        Assert.Empty(_inspector.FindAll("#split-where"));
        _editor.Undo();
        Assert.Equal(Samples.Plan.Sections, _editor.Plan.Sections);
    }

    [Theory]
    [InlineData("button[aria-label='Split section']", ".split-panel .link-button", "3")]
    [InlineData("button[aria-label='Split section']", ".split-panel .soft-button", "3")]
    // Four seconds cannot be split again, so that the button is closed.
    [InlineData("h2", ".split-panel .soft-button", "0")]
    public async Task SplitPanel_Gone_GivesTheFocusBack(string heir, string button, string choice)
    {
        var inspector = Render<SectionInspector>(it => it.Add(one => one.Editor, _editor));
        var reference = ReferenceOf(inspector.Find(heir));
        await inspector.Find("button[aria-label='Split section']").ClickAsync(new());
        await inspector.Find("#split-where").ChangeAsync(new() { Value = choice });

        await inspector.Find(button).ClickAsync(new());

        Assert.Empty(inspector.FindAll(".split-panel"));
        Assert.False(inspector.Find(heir).HasAttribute("disabled"));
        Assert.Equal(reference, Focused);
    }

    [Fact]
    public async Task Split_LeftForAnotherSection_IsGivenUp()
    {
        await Button("Split section").ClickAsync(new());

        _editor.Select(0);
        _editor.Select(1);

        Assert.Empty(_inspector.FindAll("#split-where"));
    }

    [Fact]
    public async Task Merge_PutsItTogetherWithTheNext()
    {
        await Button("Merge with the next section").ClickAsync(new());

        Assert.Equal(["Intro", "Verse"], Names);
        Assert.Equal(35_000, _editor.Plan!.Sections[1].DurationMs);
        Assert.True(Button("Merge with the next section").HasAttribute("disabled"));
    }

    [Fact]
    public void Merge_TooLong_IsClosedAndSaysWhy()
    {
        _editor.SetLength(1, 110_000);

        Assert.True(Button("Merge with the next section").HasAttribute("disabled"));
        Assert.Equal("Together with the next section it would be longer than 2:00.", Button("Merge with the next section").GetAttribute("title"));
    }

    [Fact]
    public async Task ShorterAndLonger_GoByBars()
    {
        await Button("Longer").ClickAsync(new());
        Assert.Equal(22_000, _editor.Section!.DurationMs);
        Assert.Equal("0:22 · 11 bars", _inspector.Find(".seconds-field .counter").TextContent);

        await Button("Shorter").ClickAsync(new());
        await Button("Shorter").ClickAsync(new());
        Assert.Equal(18_000, _editor.Section!.DurationMs);
    }

    [Fact]
    public async Task Lines_HaveTheirSyllablesBesideThem_EmptyOnesToo()
    {
        Assert.Equal(["4", "5"], _inspector.FindAll(".syllables li").Select(line => line.TextContent));

        await _inspector.Find(".lines-field textarea").InputAsync(new() { Value = "The platform hums\n\n[solo]\nover the lake" });

        Assert.Equal(["4", "", "", "4"], _inspector.FindAll(".syllables li").Select(line => line.TextContent));
        Assert.Equal("3 of 30 lines · 8 syllables", _inspector.Find(".lines-field .counter").TextContent);
        var described = _inspector.Find(".lines-field textarea").GetAttribute("aria-describedby")!.Trim();
        Assert.Contains("Syllables by line: 4, 0, 4.", _inspector.Find($"#{described}").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggestion_Taken_IsAStyleAndGivesWayToTheNext()
    {
        var first = _inspector.FindAll(".suggestion")[0].GetAttribute("aria-label")!;

        await Button(first).ClickAsync(new());

        Assert.Equal([first["Add ".Length..]], _editor.Section!.PositiveLocalStyles);
        Assert.DoesNotContain(_inspector.FindAll(".suggestion"), button => button.GetAttribute("aria-label") == first);
        Assert.Equal(5, _inspector.FindComponents<StyleChips>()[0].FindAll(".suggestion").Count);
    }

    [Fact]
    public async Task Suggestions_FollowWhatIsTyped()
    {
        await Field("Styles unwanted here").InputAsync(new() { Value = "dru" });

        var suggestion = Assert.Single(_inspector.FindComponents<StyleChips>()[1].FindAll(".suggestion"));
        await suggestion.ClickAsync(new());

        Assert.Equal(["drums"], _editor.Section!.NegativeLocalStyles);
        Assert.Equal("", Field("Styles unwanted here").GetAttribute("value"));
    }

    [Fact]
    public void Remarks_OfTheGenerator_StandAtTheirFields()
    {
        Jobs.OnRemarks = (_, _, model) => [new PlanRemark("sections[1].lines", $"Hurries on {model ?? "any model"}."), new PlanRemark("sections[0].lines", "Elsewhere.")];

        _editor.Rename(1, "Verse 1");

        Assert.Equal("Hurries on any model.", Assert.Single(_inspector.FindAll(".remark")).TextContent);
    }

    [Fact]
    public void Preview_HasItsPlaceInTheHead()
    {
        _inspector.Render(inspector => inspector.Add(it => it.Editor, _editor).Add(it => it.Preview, "<button>Hear it</button>"));

        Assert.NotNull(_inspector.Find(".inspector-head > button"));
    }
}
