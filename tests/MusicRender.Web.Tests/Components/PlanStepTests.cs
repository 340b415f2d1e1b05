using Bunit;
using Microsoft.AspNetCore.Components.Web;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class PlanStepTests : StudioContext
{
    private IRenderedComponent<PlanStep> Page(ComposeSession session, Action? onStarted = null)
    {
        var page = Render<PlanStep>(step => step.Add(it => it.Session, session).Add(it => it.OnStarted, () => onStarted?.Invoke()));
        session.Changed += () => page.InvokeAsync(() => page.Render());
        return page;
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<PlanStep> page, string name) =>
        page.FindAll("button").Single(button => (button.GetAttribute("aria-label") ?? button.TextContent.Trim()) == name);

    [Fact]
    public async Task MakeThePlan_ShowsItsSectionsByName()
    {
        await using var session = Session(Samples.Draft());
        var page = Page(session);
        Assert.True(Button(page, "Render music").HasAttribute("disabled"));
        Assert.Equal("Make the plan first.", page.Find("#render-note").TextContent);

        await Button(page, "Make the plan").ClickAsync(new());

        Assert.Equal("A song about a night train.", Assert.Single(Plans.Requests).Prompt);
        Assert.Equal(["Intro", "Verse", "Chorus"], page.FindAll("ol[aria-label=Sections] > li").Select(item => item.GetAttribute("aria-label")));
        Assert.NotNull(Button(page, "Make a new plan"));
        Assert.False(Button(page, "Render music").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Json_WithAFieldThreeTimes_SaysSoTwiceAndLives()
    {
        await using var session = Session(Samples.Draft(Samples.Plan));
        var page = Page(session);
        await page.FindAll("[role=tab]").Single(tab => tab.TextContent.Trim() == "JSON").ClickAsync(new());

        await page.InvokeAsync(() => session.Plan.SetJson("{\"a\":1,\"a\":2,\"a\":3}"));
        await page.InvokeAsync(() => session.Plan.SetJson("{\"a\":1,\"a\":2,\"a\":3,\"a\":4}"));

        Assert.True(page.FindAll("#json-problems li").Count >= 3);
    }

    [Fact]
    public async Task MakeANewPlan_OverEdits_CanBeUndone()
    {
        await using var session = Session(Samples.Draft(Samples.Plan));
        var page = Page(session);
        session.Plan.Rename(0, "Mine");

        await Button(page, "Make a new plan").ClickAsync(new());
        Assert.Equal("Intro", session.Plan.Plan!.Sections[0].SectionName);
        await Button(page, "Undo").ClickAsync(new());

        Assert.Equal("Mine", session.Plan.Plan!.Sections[0].SectionName);
    }

    [Fact]
    public async Task Blocks_AreAsWideAsTheyAreLong()
    {
        await using var session = Session(Samples.Draft(Samples.Plan));

        var page = Page(session);

        Assert.Equal(["flex-grow:10000", "flex-grow:20000", "flex-grow:15000"], page.FindAll("ol[aria-label=Sections] > li").Select(item => item.GetAttribute("style")));
    }

    [Fact]
    public async Task Block_Clicked_IsInTheInspector()
    {
        await using var session = Session(Samples.Draft(Samples.Plan));
        var page = Page(session);

        await page.Find("li[aria-label=Verse] button").ClickAsync(new());

        var name = page.FindAll("label").Single(label => label.TextContent == "Section name").GetAttribute("for");
        Assert.Equal("Verse", page.Find($"#{name}").GetAttribute("value"));
        Assert.Contains("and nobody comes", page.Find(".lines-field textarea").GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Length_TooShort_ClosesRenderingAndSaysWhereAndWhy()
    {
        await using var session = Session(Samples.Draft(Samples.Plan));
        var page = Page(session);

        await page.Find("input[type=number][step]").InputAsync(new() { Value = "1" });

        Assert.True(Button(page, "Render music").HasAttribute("disabled"));
        Assert.Contains("Intro: the length must be 3 to 120 s", page.Find("#render-note").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(".seconds-field .problems li"));
        Assert.NotEmpty(page.FindAll("li[aria-label=Intro] .bad"));
    }

    [Fact]
    public async Task Json_NotAPlan_IsKeptAndTheTimelineSaysSo()
    {
        await using var session = Session(Samples.Draft(Samples.Plan));
        var page = Page(session);
        await Button(page, "JSON").ClickAsync(new());
        var editor = page.FindComponent<JsonEditor>().Instance;

        await page.InvokeAsync(() => editor.Typed("{ half"));
        Assert.Contains("line 1", page.Find(".problems li").TextContent, StringComparison.Ordinal);
        await Button(page, "Timeline").ClickAsync(new());

        Assert.NotEmpty(page.FindAll(".notice[role=alert]"));
        Assert.Equal("{ half", session.Draft.PlanText);
        await Button(page, "Give the JSON changes up").ClickAsync(new());
        Assert.Null(session.Draft.PlanText);
    }

    [Fact]
    public async Task Json_TooLong_IsRefusedAndChangesNothing()
    {
        await using var session = Session(Samples.Draft(Samples.Plan));
        var page = Page(session);
        await Button(page, "JSON").ClickAsync(new());

        await page.InvokeAsync(() => page.FindComponent<JsonEditor>().Instance.Refuse(5_000_000));

        Assert.Contains("5,000,000", page.Find(".json-view [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.False(session.Plan.CanUndo);
    }

    [Fact]
    public async Task RenderMusic_StartsThePlanOfTheDraftAndNotesTheRender()
    {
        await using var session = Session(Samples.Draft(Samples.Plan) with { Seed = 5 });
        var hasStarted = false;
        var page = Page(session, () => hasStarted = true);

        await Button(page, "Render music").ClickAsync(new());

        var request = Assert.Single(Jobs.Requests);
        Assert.Equal((Samples.Plan, 5, "abcdefghijkl"), (request.Composition, request.Options.Seed, request.DraftId));
        Assert.Equal(FakeRenderJobs.Id.Value, Drafts.Kept["abcdefghijkl"].RenderId);
        Assert.True(hasStarted);
    }

    [Fact]
    public async Task RenderMusic_Refused_StaysAndSaysWhy()
    {
        await using var session = Session(Samples.Draft(Samples.Plan));
        Jobs.OnStart = _ => RenderStart.Refused(RenderFailure.Server("The library cannot be written.", "read_only"));
        var hasStarted = false;
        var page = Page(session, () => hasStarted = true);

        await Button(page, "Render music").ClickAsync(new());

        Assert.False(hasStarted);
        Assert.Equal("The library cannot be written.", page.Find("#render-note").TextContent);
    }

    [Theory]
    [InlineData("sketch", false)]
    [InlineData("elevenlabs", true)]
    public async Task CustomStyleModels_AreOfferedWhereTheyAreTaken(string generator, bool isShown)
    {
        Jobs.AddElevenLabs();
        await using var session = Session(Samples.Draft(Samples.Plan) with { Generator = generator });

        var page = Page(session);

        Assert.Equal(isShown, page.FindAll(".finetune-button").Count > 0);
    }

    [Theory]
    [InlineData("musicrender", "ElevenLabs could not write the plan; MusicRender wrote it.", "Written by MusicRender")]
    [InlineData("elevenlabs", null, "Written by ElevenLabs")]
    public async Task MakeThePlan_SaysWhoWroteItAndWhy(string writer, string? notice, string written)
    {
        Plans.OnWrite = _ => new WrittenPlan(Samples.Plan, new SongMetadata()) { Writer = writer, Notice = notice };
        Jobs.AddElevenLabs();
        await using var session = Session(Samples.Draft() with { ModelId = "music_v2_5", Generator = "elevenlabs" });
        var page = Page(session);

        await Button(page, "Make the plan").ClickAsync(new());

        Assert.Equal(written, page.Find(".plan-writer").TextContent);
        Assert.Equal(notice, page.FindAll(".notice[role=status] p").SingleOrDefault()?.TextContent);
        var request = Assert.Single(Plans.Requests);
        Assert.Equal(("elevenlabs", "music_v2_5"), (request.Generator, request.ModelId));
        if (notice is not null)
        {
            await Button(page, "Close the notice").ClickAsync(new());
        }

        Assert.Empty(page.FindAll(".notice"));
        Assert.Equal(written, page.Find(".plan-writer").TextContent);
    }

    [Fact]
    public async Task Notice_Closed_GivesTheFocusToTheViewOfThePlan()
    {
        Plans.OnWrite = _ => new WrittenPlan(Samples.Plan, new SongMetadata()) { Writer = "musicrender", Notice = "MusicRender wrote it." };
        await using var session = Session(Samples.Draft(Samples.Plan));
        var page = Page(session);
        var reference = ReferenceOf(Button(page, "Timeline"));

        await Button(page, "Make a new plan").ClickAsync(new());
        await Button(page, "Close the notice").ClickAsync(new());

        Assert.Equal(reference, Focused);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ExportMenu_Closed_GivesTheFocusBackToItsButton(bool byEscape)
    {
        await using var session = Session(Samples.Draft(Samples.Plan));
        var page = Page(session);
        var reference = ReferenceOf(Button(page, "Export the plan"));
        await Button(page, "Export the plan").ClickAsync(new());

        var choice = page.Find(".export-choice");
        await (byEscape ? choice.KeyDownAsync(new KeyboardEventArgs { Key = "Escape" }) : choice.ClickAsync(new()));

        Assert.Empty(page.FindAll(".export-menu"));
        Assert.Equal(reference, Focused);
    }

    [Fact]
    public async Task RenderMusic_SaysWhatItCosts()
    {
        Jobs.AddElevenLabs();
        await using var session = Session(Samples.Draft(Samples.Plan));

        var page = Page(session);

        Assert.Contains("render-cost", Button(page, "Render music").GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Equal("About 675 credits, $0.12: an estimate.", page.Find("#render-cost").TextContent.Trim());
        Assert.False(Button(page, "Render music").HasAttribute("disabled"));
    }
}
