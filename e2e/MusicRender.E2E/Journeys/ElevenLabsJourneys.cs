using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Contract;
using ElevenLabs.Simulator.Faults;
using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>The same wizard with ElevenLabs, as the simulator plays it.</summary>
public sealed class ElevenLabsJourneys(Studio studio, SharedElevenLabs shared) : Journey(studio), IClassFixture<SharedElevenLabs>
{
    private const string NobodysKey = "sk_this_is_nobodys_key";

    private ElevenLabsStudio? _own;

    private ElevenLabsStudio Upstream => _own ?? shared.Studio;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            await (_own?.DisposeAsync() ?? ValueTask.CompletedTask);
            GC.SuppressFinalize(this);
        }
    }

    [Fact]
    public async Task Render_IsHeardBeforeItEnds()
    {
        var visit = await OpenOwnAsync(pace: 6);
        await Upstream.Simulator.SetAccountAsync(Upstream.Key, new AccountSettings { CharacterCount = 99_900, CharacterLimit = 100_000 });
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Heard early", 20_000, "Intro", "Verse", "Chorus"));
        await Assertions.Expect(plan.Generator("ElevenLabs")).ToBeCheckedAsync();
        await Assertions.Expect(plan.Cost).ToContainTextAsync("you have only 100 left, which may not suffice");
        await Upstream.Simulator.SetAccountAsync(Upstream.Key, new AccountSettings { CharacterCount = 0 });

        var rendering = await plan.RenderAsync();
        await rendering.ListenNow.ClickAsync();
        await Sound.PassAsync(visit.Page, 0.5);
        var percent = int.Parse((await rendering.Progress.GetAttributeAsync("aria-valuenow"))!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(percent, 15, 69);

        var listen = await rendering.FinishAsync();
        await Assertions.Expect(listen.Heading).ToHaveTextAsync("Heard early");
        await listen.DrawnAsync();
        await listen.Play.ClickAsync();
        await listen.PassAsync(0.3);
        using var api = new StudioApi(Upstream.Address);
        Assert.Equal("elevenlabs", (string?)(await api.TrackAsync(await listen.TrackIdAsync()))["generator"]);
        Assert.Single(await Upstream.PaidCallsAsync());
        await Assertions.Expect(visit.Page.Named(AriaRole.Complementary, "Facts").GetByText("ElevenLabs", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Plan_Refused_TakesTheSuggestionAndCanTakeItBack()
    {
        var visit = await OpenAsync();
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("In the manner", 12_000, "Intro", "Verse").Replace("lo-fi", "like the Beatles", StringComparison.Ordinal));
        await plan.RenderAsync();
        var ended = new EndedPage(visit.Page);
        await Assertions.Expect(ended.Removed).ToHaveTextAsync(["Removed: like the Beatles"]);
        await Assertions.Expect(ended.Added).ToHaveTextAsync(["New: like a British beat group of the 1960s"]);

        await visit.Page.ReloadAsync();
        await ended.UsePlan.ClickAsync();

        await visit.Page.WaitForURLAsync("**/plan");
        await Assertions.Expect(plan.WholeTrack.GetByText("like a British beat group of the 1960s")).ToBeVisibleAsync();
        await plan.Undo.ClickAsync();
        await Assertions.Expect(plan.WholeTrack.GetByText("like the Beatles")).ToBeVisibleAsync();
        await plan.Redo.ClickAsync();
        await Assertions.Expect(plan.WholeTrack.GetByText("like a British beat group of the 1960s")).ToBeVisibleAsync();
        var listen = await (await plan.RenderAsync()).FinishAsync();
        await Assertions.Expect(listen.Heading).ToHaveTextAsync("In the manner");
        Assert.Equal([CallOutcome.Refused, CallOutcome.Answered], (await Upstream.PaidCallsAsync()).Select(call => call.Outcome));
    }

    [Fact]
    public async Task Connection_Broken_KeepsWhatArrivedAndAsksNoSecondTime()
    {
        var visit = await OpenAsync();
        await Upstream.Simulator.FailNextAsync(Upstream.Key, new Fault { Endpoint = Endpoints.Stream, Kind = FaultKind.Reset, At = 400_000 });
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Cut short", 20_000, "Intro", "Verse", "Chorus"));
        await plan.RenderAsync();
        var ended = new EndedPage(visit.Page);
        await Assertions.Expect(ended.TakeHeading).ToBeVisibleAsync();
        await Assertions.Expect(ended.RenderAgainCharged).ToBeVisibleAsync();

        var other = await VisitAsync(Upstream.Address);
        await other.Page.Named(AriaRole.Region, "Unfinished takes").Named(AriaRole.Link, "Cut short").ClickAsync();
        var elsewhere = new EndedPage(other.Page);
        await elsewhere.PlayTake.ClickAsync();
        await Sound.PassAsync(other.Page, 0.5);
        await elsewhere.KeepTake.ClickAsync();
        var kept = new ListenPage(other.Page);
        await kept.DrawnAsync();
        await Assertions.Expect(other.Page.GetByText("Partial take").First).ToBeVisibleAsync();
        await kept.Play.ClickAsync();
        await kept.PassAsync(0.3);

        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.GetByText("Partial take").First).ToBeVisibleAsync();
        await visit.GoToAsync("/");
        await Assertions.Expect(visit.Page.Named(AriaRole.Link, "Cut short (partial)")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Named(AriaRole.Region, "Unfinished takes")).ToHaveCountAsync(0);
        var call = Assert.Single(await Upstream.PaidCallsAsync());
        Assert.Equal(CallOutcome.Cut, call.Outcome);
    }

    [Fact]
    public async Task Cancel_AsksOnceAndKeepsWhatArrived()
    {
        var visit = await OpenOwnAsync(pace: 4);
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Thought better of", 30_000, "Intro", "Verse", "Chorus"));
        var rendering = await plan.RenderAsync();
        await rendering.ListenNow.WaitForAsync();
        await rendering.ReachAsync(20);

        await rendering.Cancel.ClickAsync();
        await visit.Page.GetByText("ElevenLabs may bill what it has begun. What has arrived").WaitForAsync();
        await visit.Page.Named(AriaRole.Button, "Go on").ClickAsync();
        await rendering.ReachAsync(25);
        await rendering.Cancel.ClickAsync();
        await visit.Page.Named(AriaRole.Button, "Cancel the render").ClickAsync();

        var ended = new EndedPage(visit.Page);
        await Assertions.Expect(ended.KeepTake).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page).ToHaveTitleAsync("The render was cancelled · MusicRender");
        await ended.PlayTake.ClickAsync();
        await Sound.PassAsync(visit.Page, 0.3);
    }

    [Fact]
    public async Task Studio_KilledWhileAudioArrives_StillHasTheTake()
    {
        var visit = await OpenAsync();
        await Upstream.Simulator.FailNextAsync(Upstream.Key, new Fault { Endpoint = Endpoints.Stream, Pace = 4 });
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Lights out", 30_000, "Intro", "Verse", "Chorus"));
        var rendering = await plan.RenderAsync();
        await rendering.ListenNow.WaitForAsync();
        await rendering.ReachAsync(20);

        visit.IsServerAway = true;
        await Upstream.CutAsync();
        var ended = new EndedPage(visit.Page);
        await Assertions.Expect(ended.KeepTake).ToBeVisibleAsync();
        visit.IsServerAway = false;
        await ended.KeepTake.ClickAsync();

        await new ListenPage(visit.Page).DrawnAsync();
        await Assertions.Expect(visit.Page.GetByText("Partial take").First).ToBeVisibleAsync();
        Assert.Single(await Upstream.PaidCallsAsync());
    }

    [Fact]
    public async Task Key_RefusedEnteredAndRemoved_IsNeverSeen()
    {
        var visit = await OpenOwnAsync(isConfigured: false, isVerbose: true);
        await visit.Page.Named(AriaRole.Link, "Settings").ClickAsync();
        var settings = new SettingsPage(visit.Page);
        await Assertions.Expect(settings.Generator("ElevenLabs")).ToContainTextAsync("Needs a key");

        await settings.EnterAsync(NobodysKey);
        await Assertions.Expect(settings.Refusal).ToContainTextAsync("ElevenLabs does not know this API key.");
        await settings.EnterAsync(Upstream.Key);
        await Assertions.Expect(settings.Generator("ElevenLabs")).ToContainTextAsync("Ready");
        await Assertions.Expect(settings.CreditsLeft).ToHaveAttributeAsync("aria-valuenow", "100000");
        await Upstream.Simulator.SetAccountAsync(Upstream.Key, new AccountSettings { CharacterCount = 40_000 });
        await settings.Refresh.ClickAsync();
        await Assertions.Expect(settings.CreditsLeft).ToHaveAttributeAsync("aria-valuenow", "60000");
        Assert.DoesNotContain(Upstream.Key, await visit.Page.ContentAsync(), StringComparison.Ordinal);

        await visit.Page.ReloadAsync();
        await Assertions.Expect(settings.Remove).ToBeVisibleAsync();
        Assert.DoesNotContain(Upstream.Key, await visit.Page.ContentAsync(), StringComparison.Ordinal);
        await settings.Remove.ClickAsync();
        await visit.Page.Named(AriaRole.Button, "Remove").ClickAsync();

        await Assertions.Expect(settings.Key).ToBeVisibleAsync();
        await Assertions.Expect(settings.Generator("ElevenLabs")).ToContainTextAsync("Needs a key");
        Assert.Contains("Microsoft.AspNetCore.Components.Server.Circuits", Upstream.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Upstream.Key, Upstream.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(NobodysKey, Upstream.Log, StringComparison.Ordinal);
        await Layout.CheckNarrowAsync(visit.Page);
    }

    [Fact]
    public async Task Key_NotValidAnyMore_LeadsToTheSettingsAndSketchRenders()
    {
        var visit = await OpenOwnAsync();
        await Upstream.Simulator.FailNextAsync(Upstream.Key, new Fault { Endpoint = Endpoints.Stream, Kind = FaultKind.InvalidApiKey });
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Turned away", 3_000, "Verse"));
        await plan.RenderAsync();
        var ended = new EndedPage(visit.Page);

        await ended.OpenSettings.ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("The key of the configuration is in use.")).ToBeVisibleAsync();
        await new SettingsPage(visit.Page).Back.ClickAsync();
        await ended.RenderWithSketch.ClickAsync();

        var listen = await new RenderingPage(visit.Page).FinishAsync();
        using var api = new StudioApi(Upstream.Address);
        Assert.Equal("sketch", (string?)(await api.TrackAsync(await listen.TrackIdAsync()))["generator"]);
    }

    [Fact]
    public async Task StyleModel_Chosen_GoesAlongWithTheRender()
    {
        var visit = await OpenAsync();
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("In another's style", 6_000, "Verse"));
        await plan.StyleModels.ClickAsync();
        await plan.SearchModels.FillAsync("bossa");
        var model = visit.Page.Named(AriaRole.Radiogroup, "Custom style models").GetByRole(AriaRole.Radio).Nth(1);
        await model.CheckAsync();
        await new WizardRail(visit.Page).SaveAsync(() => plan.Strength.FillAsync("0.4"));
        await visit.Page.ReloadAsync();
        await Assertions.Expect(plan.Strength).ToHaveValueAsync("0.4");
        await Assertions.Expect(plan.StyleModels).Not.ToContainTextAsync("None");

        await (await plan.RenderAsync()).FinishAsync();

        var asked = await Upstream.AskedAsync();
        Assert.StartsWith("music_v2", (string?)asked["model_id"], StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty((string?)asked["finetune_id"]));
        Assert.Equal(0.4, (double?)asked["finetune_strength"]);
    }

    [Fact]
    public async Task Plan_IsWrittenByElevenLabs_OrByUsWithAWord()
    {
        var visit = await OpenAsync();
        await new StartPage(visit.Page).BeginBlankAsync();
        await new WizardRail(visit.Page).GoToPlanAsync();
        var plan = new PlanPage(visit.Page);
        await plan.Prompt.FillAsync("A 30-second lo-fi loop");
        await plan.MakeThePlanAsync();
        await Assertions.Expect(plan.Writer).ToHaveTextAsync("Written by ElevenLabs");

        await Upstream.Simulator.FailNextAsync(Upstream.Key, new Fault { Endpoint = Endpoints.Plan, Kind = FaultKind.BadPrompt });
        await visit.Page.GetByText("Prompt", new PageGetByTextOptions { Exact = true }).First.ClickAsync();
        await plan.MakeNewPlan.ClickAsync();

        await Assertions.Expect(plan.Writer).ToHaveTextAsync("Written by MusicRender");
        await Assertions.Expect(visit.Page.GetByText("ElevenLabs could not write the plan")).ToBeVisibleAsync();
        await Layout.CheckNarrowAsync(visit.Page);
    }

    /// <summary>Opens the studio that the journeys share.</summary>
    private async Task<Visit> OpenAsync()
    {
        await shared.Studio.BeginAsync();
        return await VisitAsync(shared.Studio.Address);
    }

    /// <summary>Opens a studio of the journey's own: it has another pace or key, or leaves something behind that others would meet.</summary>
    private async Task<Visit> OpenOwnAsync(double pace = 20, bool isConfigured = true, bool isVerbose = false)
    {
        _own = await ElevenLabsStudio.StartAsync(pace, isConfigured, isVerbose);
        return await VisitAsync(_own.Address);
    }
}
