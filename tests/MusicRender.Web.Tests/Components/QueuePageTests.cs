using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Components.Layout;
using MusicRender.Web.Components.Pages;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class QueuePageTests : StudioContext
{
    private List<RenderStatus> _underWay = [];

    public QueuePageTests() => Jobs.OnUnderWay = () => Task.FromResult<IReadOnlyList<RenderStatus>>([.. _underWay]);

    private string Me => Services.GetRequiredService<StudioClient>().Id;

    [Fact]
    public void Nothing_SaysWhatThePageIsFor()
    {
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Equal("Nothing has been rendered yet", page.Find("h2").TextContent));
        Assert.Equal("nothing under way", page.Find(".queue-count").TextContent);
        Assert.Equal("/", page.Find(".empty-page a").GetAttribute("href"));
    }

    [Fact]
    public void Renders_UnderWay_RunBeforeTheyWait_AndSayWhoseTheyAre()
    {
        _underWay =
        [
            Waiting('3', "Third", place: 2, eta: 125) with { Client = "address:192.0.2.1" },
            Waiting('2', "Second", place: 1, eta: 61) with { Client = "browser:somebody-else" },
            Running('1', "First", 41) with { Client = Me, LengthMs = 90_000, EtaSeconds = 20 },
        ];
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Equal(["First", "Second", "Third"], page.FindAll(".row-title").Select(title => title.TextContent)));
        Assert.Equal(["you", "Sketch", "1 min 30 s", "another browser", "Sketch", "a program", "Sketch"], page.FindAll(".row-facts span").Select(fact => fact.TextContent));
        Assert.Equal(["41 %", "next in line", "place 2 in line"], page.FindAll(".row-state").Select(state => state.TextContent));
        Assert.Equal(["about 20 s left", "about 1 min 10 s left", "about 2 min 10 s left"], page.FindAll(".row-aside").Select(aside => aside.TextContent));
        Assert.Equal("1 rendering, 2 waiting", page.Find(".queue-count").TextContent);
        var bar = page.Find("[role=progressbar]");
        Assert.Equal(("Progress of First", "41"), (bar.GetAttribute("aria-label"), bar.GetAttribute("aria-valuenow")));
        Assert.Equal($"/compose/abcdefghijkl/listen?render={_underWay[2].Id}", page.Find("a.row-title").GetAttribute("href"));
    }

    [Fact]
    public async Task Cancel_AsksTheEngineOnce()
    {
        _underWay = [Waiting('2', "Second", place: 1)];
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => page.Find("button[aria-label='Cancel Second']"));
        await page.Find("button[aria-label='Cancel Second']").ClickAsync(new());
        Assert.Equal([_underWay[0].Id], Jobs.Cancelled);
        Assert.True(page.Find("button[aria-label='Cancel Second']").HasAttribute("disabled"));
    }

    [Fact]
    public void Render_ThatEnds_GoesBelow_WithTheWayToItsTrack()
    {
        _underWay = [Running('1', "First", 95)];
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => page.Find("[role=progressbar]"));

        Jobs.HaveEnded.Add(Ended('1', "First", RenderState.Succeeded) with { Result = FakeRenderJobs.Result(9).Result });
        _underWay = [];
        page.WaitForAssertion(() =>
        {
            Time.Advance(UnderWayFeed.Interval);
            Assert.Equal("Play First", page.Find("a.icon-button").GetAttribute("aria-label"));
        });
        Assert.Equal($"/tracks/{FakeRenderJobs.Id}", page.Find("a.row-title").GetAttribute("href"));
        Assert.Equal("done", page.Find(".row-state").TextContent);
        Assert.Empty(page.FindAll("[role=progressbar]"));
    }

    [Fact]
    public async Task Render_ThatFailed_SaysWhy_AndCanBeAskedForAgain()
    {
        Jobs.HaveEnded.Add(Ended('4', "Fourth", RenderState.Failed) with { Failure = RenderFailure.Server("The encoder is gone.", "encoder"), Client = Me });
        Jobs.HaveEnded.Add(Ended('5', null, RenderState.Cancelled) with { Failure = RenderFailure.Server("The render was cancelled.", "cancelled") });
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Equal(["The encoder is gone."], page.FindAll(".row-failure").Select(failure => failure.TextContent)));
        Assert.Equal(["failed", "cancelled"], page.FindAll(".row-state").Select(state => state.TextContent));

        await page.Find("button[aria-label='Render Fourth again']").ClickAsync(new());
        Assert.Equal([Jobs.HaveEnded[0].Id], Jobs.Retried);
        Assert.Contains("“Fourth” is rendered again.", page.Markup, StringComparison.Ordinal);

        Jobs.OnRetry = _ => RenderStart.Refused(RenderFailure.Server("100 renders of yours are waiting already.", QueueFull.Reason));
        await page.Find("button[aria-label='Render Untitled again']").ClickAsync(new());
        Assert.Equal("100 renders of yours are waiting already.", page.Find("[role=alert]").TextContent);
    }

    [Fact]
    public async Task Retry_ThatCostsMoney_SaysHowMuchFirst()
    {
        Jobs.AddElevenLabs();
        var dialogs = Render<MudDialogProvider>();
        Jobs.HaveEnded.Add(Ended('4', "Fourth", RenderState.Failed) with { Generator = "elevenlabs", LengthMs = 60_000, Failure = RenderFailure.Server("It broke.", "upstream_failed") });
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => page.Find("button[aria-label='Render Fourth again']"));

        var asking = page.Find("button[aria-label='Render Fourth again']").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains("About 900 credits, $0.15: an estimate. It is charged again.", dialogs.Markup, StringComparison.Ordinal));
        Assert.Empty(Jobs.Retried);
        await dialogs.FindAll("button").First(button => button.TextContent.Trim() == "Leave it").ClickAsync(new());
        await asking;
        Assert.Empty(Jobs.Retried);

        asking = page.Find("button[aria-label='Render Fourth again']").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains(dialogs.FindAll("button"), button => button.TextContent.Trim() == "Render again"));
        await dialogs.FindAll("button").First(button => button.TextContent.Trim() == "Render again").ClickAsync(new());
        await asking;
        Assert.Equal([Jobs.HaveEnded[0].Id], Jobs.Retried);
    }

    [Fact]
    public void LayoutLink_CountsWhatIsUnderWay()
    {
        var link = Render<QueueLink>();
        Assert.Empty(link.FindAll(".nav-count"));
        _underWay = [Running('1', "First", 41), Waiting('2', "Second", place: 1)];
        link.WaitForAssertion(() =>
        {
            Time.Advance(UnderWayFeed.Interval);
            Assert.Equal("2", link.Find(".nav-count").TextContent);
        });
        Assert.Contains("2 under way", link.Find(".visually-hidden").TextContent, StringComparison.Ordinal);
        _underWay = [];
        link.WaitForAssertion(() =>
        {
            Time.Advance(UnderWayFeed.Interval);
            Assert.Empty(link.FindAll(".nav-count"));
        });
        Assert.Equal(0, Jobs.UnderWayAsked);
    }

    [Fact]
    public void List_IsLookedUpOnlyWhereItIsShown_AndAtOnce()
    {
        _underWay = [Running('1', "First", 41)];
        var link = Render<QueueLink>();
        link.WaitForAssertion(() => Assert.Equal("1", link.Find(".nav-count").TextContent));
        Assert.Equal(0, Jobs.UnderWayAsked);
        // The clock stands still.
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Contains("First", page.Markup, StringComparison.Ordinal));
        Assert.True(Jobs.UnderWayAsked > 0);
    }

    private static RenderStatus Running(char id, string title, int percent) => Status(id, title, RenderState.Running) with
    {
        StartedAt = DateTimeOffset.UnixEpoch,
        Progress = FakeRenderJobs.Progress(3, RenderStage.Generating, percent),
    };

    private static RenderStatus Waiting(char id, string title, int place, int? eta = null) => Status(id, title, RenderState.Queued) with
    {
        Progress = FakeRenderJobs.Progress(3, RenderStage.Queued, 10, place: place),
        EtaSeconds = eta,
    };

    private static RenderStatus Ended(char id, string? title, RenderState state) => Status(id, title, state) with { FinishedAt = DateTimeOffset.UnixEpoch };

    private static RenderStatus Status(char id, string? title, RenderState state) => new()
    {
        Id = new RenderId(new string(id, 32)),
        State = state,
        Sequence = 3,
        Title = title,
        Generator = "sketch",
        DraftId = "abcdefghijkl",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
