using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>Somebody else's React front end, which uses the client package from an origin of its own.</summary>
[Collection(typeof(SharedFrontEnd))]
public sealed class ReactJourneys(Studio studio, FrontEnd frontEnd) : Journey(studio)
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Choices_BecomeASongToHearAndDownload(int width, int height)
    {
        var visit = await VisitAsync(frontEnd.Page, width: width, height: height);
        var pages = new ReactPages(visit.Page);
        await pages.ChooseAsync("An ad", "Bright pop", "Pebble folds in ten seconds. Be there before the bus.");
        await Assertions.Expect(pages.Prompt).ToHaveValueAsync(new Regex("30-second"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make the plan" }).ClickAsync();
        await pages.Title.FillAsync($"Before the bus {width}");
        await pages.Seconds.First.FillAsync("5");
        await pages.ShowJsonAsync();
        await Assertions.Expect(pages.Json).ToHaveValueAsync(new Regex("\"duration_ms\": 5000"));
        await pages.ShowFormAsync();
        await RecordProgressAsync(visit.Page);
        await pages.Render.ClickAsync();
        await Assertions.Expect(pages.Download).ToBeVisibleAsync(new() { Timeout = Studio.RenderPatience });
        await Assertions.Expect(pages.Heading).ToHaveTextAsync($"Before the bus {width}");

        var percents = await visit.Page.EvaluateAsync<int[]>("percents");
        Assert.Equal(percents.Order(), percents);
        Assert.True(percents.Distinct().Count() > 2, string.Join(", ", percents));
        var stages = await visit.Page.EvaluateAsync<string[]>("stages");
        // React paints the last of what comes at once: which of the words are seen is the machine's affair, that there are several is not.
        Assert.True(stages.Length > 2, string.Join(", ", stages));
        await visit.Page.EvaluateAsync("document.querySelector('audio').play()");
        await Sound.PassAsync(visit.Page, 0.3);
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => pages.Download.ClickAsync());
        Assert.Equal($"before-the-bus-{width}", download.SuggestedFilename[..^13]);
        Assert.True(new FileInfo(await download.PathAsync()).Length > 100_000);
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    [Fact]
    public async Task Render_ServerRestartedInTheMiddle_IsTakenUpAgainAndEndsWithItsSong()
    {
        var visit = await VisitAsync(frontEnd.Page);
        var pages = new ReactPages(visit.Page);
        await pages.PlanAsync(Plans.Long("Cut off in React"));
        await pages.Render.ClickAsync();
        await pages.ReachAsync("generating");
        visit.IsServerAway = true;
        await frontEnd.KillServerAsync();
        await Assertions.Expect(visit.Page.GetByText("Connection lost. Reconnecting…")).ToBeVisibleAsync();
        await frontEnd.RestartServerAsync();
        await Assertions.Expect(pages.Download).ToBeVisibleAsync(new() { Timeout = Studio.RenderPatience });
        await Assertions.Expect(pages.Heading).ToHaveTextAsync("Cut off in React");
        visit.IsServerAway = false;
    }

    [Fact]
    public async Task Server_ThatWantsItsToken_LetsInWhoHasTheRightOne()
    {
        const string Token = "the-token_of.this~journey";
        await frontEnd.RestartServerAsync(Token);
        try
        {
            var visit = await VisitAsync(frontEnd.Page);
            visit.Expect("401");
            var pages = new ReactPages(visit.Page);
            await pages.ChooseAsync("An ad", "Lo-fi", "");
            await Assertions.Expect(pages.TokenForm).ToContainTextAsync("This server wants its access token.");
            await pages.EnterTokenAsync("not-the-token-of-this");
            await Assertions.Expect(pages.TokenForm).ToContainTextAsync("That is not the access token of this server.");
            await Assertions.Expect(pages.Heading).ToHaveTextAsync("What shall it be?");
            await pages.EnterTokenAsync(Token);

            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make the plan" }).ClickAsync();
            await pages.ShowJsonAsync();
            await pages.Json.FillAsync(Plans.Text("Behind the door", 4_000, "Verse"));
            var heard = new ConcurrentQueue<string>();
            visit.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => heard.Enqueue(frame.Text ?? "");
            await pages.Render.ClickAsync();
            await Assertions.Expect(pages.Download).ToHaveAttributeAsync("href", new Regex("^blob:"), new() { Timeout = Studio.RenderPatience });
            Assert.Contains(heard, message => message.StartsWith("{\"type\":\"result\"", StringComparison.Ordinal));
            await visit.Page.EvaluateAsync("document.querySelector('audio').play()");
            await Sound.PassAsync(visit.Page, 0.3);
            var download = await visit.Page.RunAndWaitForDownloadAsync(() => pages.Download.ClickAsync());
            Assert.StartsWith("behind-the-door", download.SuggestedFilename, StringComparison.Ordinal);
            Assert.True(new FileInfo(await download.PathAsync()).Length > 50_000);
        }
        finally
        {
            await frontEnd.RestartServerAsync();
        }
    }

    [Fact]
    public async Task Plan_ThatBreaksALimit_IsShownWhereAndWhy()
    {
        var visit = await VisitAsync(frontEnd.Page);
        var pages = new ReactPages(visit.Page);
        await pages.PlanAsync(Plans.Text("Too short", 100, "Verse"));
        await pages.Render.ClickAsync();
        await Assertions.Expect(pages.Toast).ToContainTextAsync("Validation failed");
        await Assertions.Expect(pages.Toast).ToContainTextAsync("sections[0].duration_ms");
        await Assertions.Expect(pages.Seconds).ToHaveAttributeAsync("aria-invalid", "true");
        await pages.DismissAsync();
        await pages.Seconds.FillAsync("3");
        await pages.Render.ClickAsync();
        await Assertions.Expect(pages.Download).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Sections_AddedAndRemoved_KeepWhatBelongsToThem()
    {
        var visit = await VisitAsync(frontEnd.Page);
        var pages = new ReactPages(visit.Page);
        await pages.PlanAsync(Plans.Text("Three parts", 3_000, "One", "Two", "Three"));
        await pages.ShowFormAsync();
        var wanted = visit.Page.GetByLabel("Wanted here", new() { Exact = true });
        await wanted.Nth(1).FillAsync("solo, ");
        await wanted.Nth(2).PressSequentiallyAsync("brass, loud");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Two" }).ClickAsync();
        await Assertions.Expect(wanted.Nth(1)).ToHaveValueAsync("brass, loud");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add a section" }).ClickAsync();
        await Assertions.Expect(wanted.Nth(2)).ToHaveValueAsync("");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Prompt" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();
        await pages.ShowJsonAsync();
        await Assertions.Expect(pages.Json).ToHaveValueAsync(new Regex("\"brass\",\\s+\"loud\""));
        await Assertions.Expect(pages.Json).Not.ToHaveValueAsync(new Regex("solo"));
    }

    [Fact]
    public async Task Message_ThatIsNotUnderstood_IsInvalidRequest()
    {
        var visit = await VisitAsync(frontEnd.Page);
        var pages = new ReactPages(visit.Page);
        await pages.PlanAsync("[]");
        await pages.Render.ClickAsync();
        await Assertions.Expect(pages.Toast).ToContainTextAsync("Not understood");
        await Assertions.Expect(pages.Toast).ToContainTextAsync("composition_plan must be a JSON object.");
    }

    [Fact]
    public async Task Server_ThatCannotEncode_IsServerErrorUntilItCan()
    {
        var visit = await VisitAsync(frontEnd.Page);
        var pages = new ReactPages(visit.Page);
        await pages.PlanAsync(Plans.Text("No encoder", 3_000, "Verse"));
        frontEnd.BreakEncoder(true);
        try
        {
            await pages.Render.ClickAsync();
            await Assertions.Expect(pages.Toast).ToContainTextAsync("Server error. Please try again.");
        }
        finally
        {
            frontEnd.BreakEncoder(false);
        }

        await pages.DismissAsync();
        await pages.Render.ClickAsync();
        await Assertions.Expect(pages.Download).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Render_Cancelled_LeadsBackToThePlan()
    {
        var visit = await VisitAsync(frontEnd.Page);
        var pages = new ReactPages(visit.Page);
        await pages.PlanAsync(Plans.Long("Stopped in React"));
        await pages.Render.ClickAsync();
        await pages.ReachAsync("generating");
        await pages.Cancel.ClickAsync();
        await Assertions.Expect(pages.Render).ToBeVisibleAsync();
        await Assertions.Expect(pages.Toast).ToBeEmptyAsync();
        using var api = new StudioApi(frontEnd.Server);
        Assert.Equal(0, await api.CountAsync("Stopped in React"));
    }

    [Fact]
    public async Task Page_OfAForeignOrigin_GetsNothing()
    {
        var visit = await VisitAsync(frontEnd.ForeignPage);
        visit.Expect("blocked by CORS policy|Failed to load resource");
        var pages = new ReactPages(visit.Page);
        await pages.ChooseAsync("A song", "Lo-fi", "Not yours");
        await Assertions.Expect(pages.Toast).ToContainTextAsync("No connection");
        await Assertions.Expect(pages.Heading).ToHaveTextAsync("What shall it be?");
    }

    /// <summary>Notes every percent and every stage text that the page shows.</summary>
    private static async Task RecordProgressAsync(IPage page) => await page.EvaluateAsync("""
        () => {
          window.percents = [];
          window.stages = [];
          new MutationObserver(() => {
            const bar = document.querySelector("[role=progressbar]");
            if (!bar) return;
            const percent = Number(bar.ariaValueNow);
            if (percent !== window.percents.at(-1)) window.percents.push(percent);
            const stage = document.querySelector(".stage").textContent;
            if (stage !== window.stages.at(-1)) window.stages.push(stage);
          }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
        }
        """);
}
