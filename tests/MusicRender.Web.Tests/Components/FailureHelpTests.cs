using Bunit;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

/// <summary>What the wizard offers after a render ended badly.</summary>
public sealed class FailureHelpTests : StudioContext
{
    private const string Interrupted = """{"reason":"interrupted","action":"render_again","may_be_billed":true,"partial_take":{"duration_ms":41000,"file_size_bytes":650000}}""";

    private const string Suggestion = """
        {"reason":"bad_composition_plan","action":"use_suggestion","suggestion":{"composition_plan":{"positive_global_styles":["120 bpm","warm"],"sections":[
          {"section_name":"Intro","duration_ms":10000,"lines":[]},
          {"section_name":"Verse","duration_ms":24000,"lines":["The platform hums","and somebody comes"]},
          {"section_name":"Chorus","duration_ms":15000,"positive_local_styles":["full drums"],"lines":[]}]}}}
        """;

    private bool _isEditing;

    /// <summary>The wizard's last step, with a render that ended so.</summary>
    private IRenderedComponent<ListenStep> Page(ComposeSession session, string message, string details, PartialTake? take = null)
    {
        Jobs.AddElevenLabs();
        var failure = FakeRenderJobs.Failure(message, details);
        Jobs.OnFind = () => FakeRenderJobs.Ended(failure, take);
        Jobs.Live.Writer.TryWrite(FakeRenderJobs.Error(1, failure));
        Jobs.Live.Writer.Complete();
        var page = Render<ListenStep>(step => step.Add(it => it.Session, session).Add(it => it.OnEdit, () => _isEditing = true));
        session.Changed += () => page.InvokeAsync(() => page.Render());
        page.WaitForAssertion(() => Assert.NotNull(page.Find(".failure-help")));
        return page;
    }

    private ComposeSession Rendered() => Session(Samples.Draft(Samples.Plan) with { RenderId = FakeRenderJobs.Id.Value, Generator = "elevenlabs" });

    private static AngleSharp.Dom.IElement? Button(IRenderedComponent<ListenStep> page, string name) =>
        page.FindAll("button, a.mud-button-root").SingleOrDefault(button => button.TextContent.Trim() == name);

    private static string[] Steps(IRenderedComponent<ListenStep> page) =>
        [.. page.FindAll(".failure-steps .mud-button-root").Select(button => button.TextContent.Trim())];

    [Fact]
    public async Task KeyRefused_LeadsToTheSettingsAndBack()
    {
        await using var session = Rendered();

        var page = Page(session, "ElevenLabs does not know this API key.", """{"reason":"invalid_key","action":"settings","upstream":{"request_id":"req_77"}}""");

        Assert.Equal(["Open settings", "Render with Sketch", "Render again", "Edit the plan"], Steps(page));
        Assert.Equal("/settings?back=%2Fcompose%2Fabcdefghijkl%2Flisten", Button(page, "Open settings")!.GetAttribute("href"));
        Assert.Contains("main", Button(page, "Open settings")!.ClassName, StringComparison.Ordinal);
        Assert.Equal("req_77", page.Find("code").TextContent);
    }

    [Fact]
    public async Task NoCredits_RendersWithSketchInstead()
    {
        await using var session = Rendered();
        var page = Page(session, "The account does not have enough credits.", """{"reason":"insufficient_credits","action":"render_with_sketch"}""");

        await Button(page, "Render with Sketch")!.ClickAsync(new());

        var request = Assert.Single(Jobs.Requests);
        Assert.Equal(("sketch", Samples.Plan), (request.Options.Generator, request.Composition));
        Assert.Equal("sketch", session.Draft.Generator);
    }

    [Fact]
    public async Task Step_ThatIsRefused_SaysWhy()
    {
        await using var session = Rendered();
        var page = Page(session, "Busy.", """{"reason":"busy","action":"retry"}""");
        Jobs.OnStart = _ => RenderStart.Refused(RenderFailure.Server("The disk is full.", "library"));

        await Button(page, "Render again")!.ClickAsync(new());

        Assert.Equal("The disk is full.", page.Find(".failure-steps [role=alert]").TextContent);
    }

    [Fact]
    public async Task Suggestion_IsADifferenceThatSaysWhatGoesAndComes()
    {
        await using var session = Rendered();

        var page = Page(session, "ElevenLabs offers another plan.", Suggestion);

        Assert.Equal(["Verse"], page.FindAll("ol[aria-label='Changed sections'] h3").Select(name => name.TextContent.Trim()));
        Assert.Equal(["Removed: 20 s", "Removed: and nobody comes"], page.FindAll("del").Select(text => text.TextContent));
        Assert.Equal(["New: warm", "New: 24 s", "New: and somebody comes"], page.FindAll("ins").Select(text => text.TextContent));
        Assert.Contains("The track would last 0:49 instead of 0:45.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Stays as it is: Intro, Chorus.", page.Markup, StringComparison.Ordinal);
        Assert.Equal(["Render with Sketch"], Steps(page));
    }

    [Fact]
    public async Task Suggestion_Used_IsOneEditThatUndoTakesBack()
    {
        await using var session = Rendered();
        var page = Page(session, "ElevenLabs offers another plan.", Suggestion);

        await Button(page, "Use this plan")!.ClickAsync(new());

        Assert.True(_isEditing);
        Assert.Empty(Jobs.Requests);
        Assert.Equal(("Night Train", 24_000), (session.Draft.Plan!.Title, session.Draft.Plan.Sections[1].DurationMs));
        session.Plan.Undo();
        Assert.Same(Samples.Plan, session.Draft.Plan);
    }

    [Fact]
    public async Task Suggestion_UsedAndRendered_IsWhatIsRendered()
    {
        await using var session = Rendered();
        var page = Page(session, "ElevenLabs offers another plan.", Suggestion);

        await Button(page, "Use it and render")!.ClickAsync(new());

        Assert.Equal(24_000, ((CompositionPlan)Assert.Single(Jobs.Requests).Composition).Sections[1].DurationMs);
        Assert.False(_isEditing);
    }

    [Fact]
    public async Task Suggestion_NotWanted_LeavesThePlanAsItIs()
    {
        await using var session = Rendered();
        var page = Page(session, "ElevenLabs offers another plan.", Suggestion);

        await Button(page, "Keep mine")!.ClickAsync(new());

        Assert.True(_isEditing);
        Assert.Same(Samples.Plan, session.Draft.Plan);
    }

    [Fact]
    public async Task Suggestion_TakenAlready_OffersToRender()
    {
        await using var session = Rendered();
        var page = Page(session, "ElevenLabs offers another plan.", Suggestion);

        await Button(page, "Use this plan")!.ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Your plan is as suggested now.", page.Markup, StringComparison.Ordinal));
        await Button(page, "Render again")!.ClickAsync(new());
        Assert.Single(Jobs.Requests);
    }

    [Fact]
    public async Task SuggestedPrompt_IsADifferenceAndCanBeUsed()
    {
        await using var session = Rendered();
        var page = Page(session, "ElevenLabs offers another prompt.", """{"reason":"bad_prompt","action":"use_suggestion","suggestion":{"prompt":"A song about a day train."}}""");
        Assert.Equal(["Removed: night"], page.FindAll("del").Select(text => text.TextContent));
        Assert.Equal(["New: day"], page.FindAll("ins").Select(text => text.TextContent));

        await Button(page, "Use this prompt")!.ClickAsync(new());

        Assert.Equal(("A song about a day train.", true), (session.Draft.Prompt, _isEditing));
    }

    [Fact]
    public async Task PartialTake_CanBeHeardAndKept()
    {
        await using var session = Rendered();
        var page = Page(session, "The connection broke.", Interrupted, new PartialTake(41_000, 650_000));
        Assert.Contains("ElevenLabs had sent 41 s by then", page.Find("#failure-take").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/render/live/{FakeRenderJobs.Id}", page.Find(".take-player").GetAttribute("data-src"));
        Assert.NotNull(page.Find("button[aria-label='Play what arrived']"));
        Assert.Equal(["Render again (may be charged again)", "Edit the plan"], Steps(page));
        Assert.Contains("ElevenLabs may bill what it had begun.", page.Markup, StringComparison.Ordinal);
        Jobs.OnKeep = _ => Task.FromResult(new KeptTake(Samples.Track() with { IsPartial = true, Generator = "elevenlabs", SongId = "song_9" }, null));

        await Button(page, "Keep what arrived")!.ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Partial take", page.Find(".partial").TextContent, StringComparison.Ordinal));
        Assert.Contains("song_9", page.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.NotNull(Button(page, "Another take"));
    }

    [Fact]
    public async Task PartialTake_ThatCannotBeKept_SaysWhyAndStays()
    {
        await using var session = Rendered();
        var page = Page(session, "The connection broke.", Interrupted, new PartialTake(41_000, 650_000));
        Jobs.OnKeep = _ => Task.FromResult(new KeptTake(null, RenderFailure.Server("The library's disk is full.", "library")));

        await Button(page, "Keep what arrived")!.ClickAsync(new());

        Assert.Equal("The library's disk is full.", page.Find(".failure-steps [role=alert]").TextContent);
        Assert.NotNull(Button(page, "Keep what arrived"));
    }

    [Fact]
    public async Task PartialTake_KeptElsewhereAlready_IsNotOfferedAgain()
    {
        await using var session = Rendered();

        var page = Page(session, "The connection broke.", Interrupted, take: null);

        Assert.Null(Button(page, "Keep what arrived"));
    }

    [Fact]
    public async Task Problems_LeadToTheirSections()
    {
        await using var session = Rendered();
        var page = Page(session, "ElevenLabs does not accept the request. sections[2].lines: must not be empty.", """{"reason":"bad_request","action":"edit_plan","errors":[{"path":"sections[2].lines","message":"must not be empty"}]}""");

        Assert.Equal("ElevenLabs does not accept the request.", page.Find(".render-message").TextContent);
        Assert.Equal(["Edit the plan", "Render with Sketch"], Steps(page));

        await Button(page, "Chorus: the lyric lines must not be empty.")!.ClickAsync(new());

        Assert.Equal((2, true), (session.Plan.Selected, _isEditing));
    }

    [Fact]
    public async Task Unknown_QuotesTheUpstream()
    {
        await using var session = Rendered();

        var page = Page(session, "It failed.", """{"reason":"refused","upstream":{"message":"I am a teapot.","request_id":"req_9"}}""");

        Assert.Contains("ElevenLabs says: “I am a teapot.”", page.Find(".failure-facts").TextContent, StringComparison.Ordinal);
        Assert.Equal("req_9", page.Find("code").TextContent);
    }

    [Fact]
    public async Task SketchFailed_OffersAnotherTryOnly()
    {
        await using var session = Session(Samples.Draft(Samples.Plan) with { RenderId = FakeRenderJobs.Id.Value });
        Jobs.Live.Writer.TryWrite(FakeRenderJobs.Error(1, "The disk is full.", "library"));
        Jobs.Live.Writer.Complete();

        var page = Render<ListenStep>(step => step.Add(it => it.Session, session));

        page.WaitForAssertion(() => Assert.Equal(["Render again", "Edit the plan"], Steps(page)));
    }

    [Fact]
    public async Task Failure_WithoutAWord_StillOffersAnotherTry()
    {
        await using var session = Rendered();
        Jobs.AddElevenLabs();
        Jobs.OnFind = () => FakeRenderJobs.Ended(null!);
        Jobs.Live.Writer.Complete();

        var page = Render<ListenStep>(step => step.Add(it => it.Session, session));

        page.WaitForAssertion(() => Assert.Equal(["Render again", "Render with Sketch", "Edit the plan"], Steps(page)));
    }
}
