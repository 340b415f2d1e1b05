using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class PlanEditorTests
{
    private readonly FakeTimeProvider _time = new();

    private PlanEditor Editor() => new(Samples.Plan, null, _time);

    private static string[] Names(PlanEditor editor) => [.. editor.Plan!.Sections.Select(section => section.SectionName)];

    [Fact]
    public void Add_AfterSelectedSection_IsSelectedAndUndone()
    {
        var editor = Editor();
        editor.Select(1);

        editor.Add();

        Assert.Equal(["Intro", "Verse", "Section 4", "Chorus"], Names(editor));
        Assert.Equal(2, editor.Selected);
        editor.Undo();
        Assert.Equal(["Intro", "Verse", "Chorus"], Names(editor));
        Assert.Equal(1, editor.Selected);
    }

    [Fact]
    public void Move_LaterAndBack_KeepsEverySectionWhole()
    {
        var editor = Editor();

        editor.Move(0, 2);

        Assert.Equal(["Verse", "Chorus", "Intro"], Names(editor));
        Assert.Equal(2, editor.Selected);
        editor.Move(2, 0);
        Assert.Equal(Samples.Plan.Sections, editor.Plan!.Sections);
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(2, 3)]
    [InlineData(1, 1)]
    public void Move_OutOfTheList_ChangesNothing(int from, int to)
    {
        var editor = Editor();

        editor.Move(from, to);

        Assert.Same(Samples.Plan, editor.Plan);
        Assert.False(editor.CanUndo);
    }

    [Fact]
    public void Remove_BeforeSelected_KeepsTheSameSectionSelected()
    {
        var editor = Editor();
        editor.Select(2);

        editor.Remove(0);

        Assert.Equal(["Verse", "Chorus"], Names(editor));
        Assert.Equal("Chorus", editor.Section!.SectionName);
    }

    [Fact]
    public void Remove_LastSection_LeavesAPlanWithAProblem()
    {
        var editor = new PlanEditor(Samples.Plan with { Sections = [Samples.Plan.Sections[0]] }, null, _time);

        editor.Remove(0);

        Assert.Null(editor.Section);
        Assert.Contains(editor.Problems, problem => problem.Path == "sections");
        editor.Undo();
        Assert.Empty(editor.Problems);
    }

    [Fact]
    public void Rename_TypedInOneGo_IsOneStep()
    {
        var editor = Editor();
        foreach (var name in new[] { "I", "In", "Inn" })
        {
            _time.Advance(TimeSpan.FromMilliseconds(200));
            editor.Rename(0, name);
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        editor.Rename(0, "Inner");
        editor.Undo();
        Assert.Equal("Inn", Names(editor)[0]);
        editor.Undo();

        Assert.Equal("Intro", Names(editor)[0]);
        Assert.False(editor.CanUndo);
    }

    [Fact]
    public void Rename_OfTwoSections_IsTwoSteps()
    {
        var editor = Editor();

        editor.Rename(0, "A");
        editor.Rename(1, "B");
        editor.Undo();

        Assert.Equal(["A", "Verse", "Chorus"], Names(editor));
    }

    [Fact]
    public void Redo_AfterUndo_IsBackUntilTheNextEdit()
    {
        var editor = Editor();
        editor.SetLength(0, 12_000);
        editor.Undo();
        editor.Redo();
        Assert.Equal(12_000, editor.Plan!.Sections[0].DurationMs);

        editor.Undo();
        editor.SetLength(0, 14_000);

        Assert.False(editor.CanRedo);
    }

    [Fact]
    public void Undo_AfterMoreThanTheDepth_GoesBackExactlySoFar()
    {
        var editor = Editor();
        for (var edit = 0; edit <= EditHistory<PlanSnapshot>.Depth; edit++)
        {
            editor.SetWanted(0, [$"style {edit}"]);
        }

        var steps = 0;
        while (editor.CanUndo)
        {
            editor.Undo();
            steps++;
        }

        Assert.Equal(EditHistory<PlanSnapshot>.Depth, steps);
        Assert.Equal(["style 0"], editor.Plan!.Sections[0].PositiveLocalStyles);
    }

    [Fact]
    public void SetJson_ValidPlan_IsOnTheTimelineAndKeptAsTyped()
    {
        var editor = Editor();
        const string Typed = """{ "sections": [ {"section_name":"Solo","duration_ms":9000, "mood":"blue"} ] }""";

        editor.SetJson(Typed);

        Assert.Equal(["Solo"], Names(editor));
        Assert.Equal(Typed, editor.Json);
        Assert.Null(editor.UnreadableText);
        Assert.Equal(0, editor.Selected);
    }

    [Fact]
    public void Json_AfterTimelineEdit_HoldsTheEditAndUnknownFields()
    {
        var editor = Editor();
        editor.SetJson("""{"sections":[{"section_name":"Solo","duration_ms":9000,"mood":"blue"}]}""");

        editor.Rename(0, "Duo");

        var read = Assert.IsType<CompositionPlan>(PlanReader.Read(editor.Json).Composition);
        Assert.Equal("Duo", read.Sections[0].SectionName);
        Assert.Equal("blue", read.Sections[0].Extra["mood"]!.Value.GetString());
    }

    [Theory]
    [InlineData("{ not json", "")]
    [InlineData("""{"sections":[{"section_name":"A","duration_ms":1}]}""", "sections[0].duration_ms")]
    [InlineData("""{"prompt":"a waltz"}""", "prompt")]
    public void SetJson_NotAPlan_KeepsTextAndShowsTheLastPlan(string text, string path)
    {
        var editor = Editor();

        editor.SetJson(text);

        Assert.Equal(text, editor.Json);
        Assert.Equal(text, editor.UnreadableText);
        Assert.Equal(path, editor.Problems[0].Path);
        Assert.Same(Samples.Plan, editor.Plan);
    }

    [Fact]
    public void TimelineEdit_WhileTextIsUnreadable_WaitsForTheText()
    {
        var editor = Editor();
        editor.SetJson("{");

        editor.Rename(0, "Lost");
        Assert.Equal("{", editor.Json);
        Assert.Equal("Intro", Names(editor)[0]);

        editor.DropText();
        Assert.Null(editor.UnreadableText);
        Assert.Empty(editor.Problems);
        editor.Undo();
        Assert.Equal("{", editor.Json);
    }

    [Fact]
    public void Start_WithUnreadableText_ShowsItWithItsProblems()
    {
        var editor = new PlanEditor(Samples.Plan, "{", _time);

        Assert.True(editor.IsUnreadable);
        Assert.Equal("{", editor.Json);
        Assert.Same(Samples.Plan, editor.Plan);
    }

    [Fact]
    public void ProblemsAt_Path_TakesWhatIsBelowAndNothingElse()
    {
        var sections = Enumerable.Range(0, 12).Select(_ => Samples.Plan.Sections[0]).ToArray();
        sections[1] = sections[1] with { DurationMs = 1 };
        sections[11] = sections[11] with { SectionName = "" };
        var editor = new PlanEditor(Samples.Plan with { Sections = sections }, null, _time);

        Assert.Equal("sections[1].duration_ms", Assert.Single(editor.ProblemsAt("sections[1]")).Path);
        Assert.Equal("sections[11].section_name", Assert.Single(editor.ProblemsAt("sections[11]")).Path);
    }
}
