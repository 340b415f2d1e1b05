using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MusicRender.E2E.Journeys;

/// <summary>The page without any package, at the same origin as the React front end.</summary>
[Collection(typeof(SharedFrontEnd))]
public sealed class PlainSocketJourneys(Studio studio, FrontEnd frontEnd) : Journey(studio)
{
    [Fact]
    public async Task PlainPage_WithAGoodPlan_PlaysTheSong()
    {
        var page = await OpenAsync(frontEnd.Page);
        await RenderAsync(page, Plans.Of("By socket", 4_000, "Verse", "Chorus"));
        await ExpectSongAsync(page, "by-socket", "WebSocket");
        Assert.Equal(100, await page.Locator("#bar").EvaluateAsync<int>("bar => bar.value"));
        await Assertions.Expect(page.Locator("#status")).ToHaveTextAsync("100% Render complete!");
        await page.Locator("#audio").EvaluateAsync("audio => audio.play()");
        await Sound.PassAsync(page, 0.3);
    }

    [Fact]
    public async Task PlainPage_WithABadPlan_SaysWhatIsWrong()
    {
        var page = await OpenAsync(frontEnd.Page);
        await RenderAsync(page, Plans.Of("Too short", 100, "Verse"));
        await ExpectErrorAsync(page, "VALIDATION_ERROR", "Validation failed: .*sections\\[0\\]\\.duration_ms");
    }

    [Fact]
    public async Task PlainPage_WithSomethingElseThanAPlan_IsNotUnderstood()
    {
        var page = await OpenAsync(frontEnd.Page);
        await RenderAsync(page, new JsonArray());
        await ExpectErrorAsync(page, "INVALID_REQUEST", "composition_plan must be a JSON object");
    }

    [Fact]
    public async Task PlainPage_WhenTheServerFails_SaysSo()
    {
        var page = await OpenAsync(frontEnd.Page);
        frontEnd.BreakEncoder(true);
        try
        {
            await RenderAsync(page, Plans.Of("No encoder", 3_000, "Verse"));
            await ExpectErrorAsync(page, "SERVER_ERROR", "Server error. Please try again.");
        }
        finally
        {
            frontEnd.BreakEncoder(false);
        }
    }

    [Fact]
    public async Task PlainPage_WithoutASocket_FallsBackToRest()
    {
        var visit = await PrepareAsync(frontEnd.Page);
        visit.Expect("WebSocket connection to .* failed");
        // A socket that leads nowhere, as behind a proxy that does not know sockets.
        await visit.Page.AddInitScriptAsync("WebSocket = class extends WebSocket { constructor() { super('ws://127.0.0.1:9/'); } };");
        await visit.GoToAsync("/plain.html");
        await RenderAsync(visit.Page, Plans.Of("By post", 3_000, "Verse"));
        await ExpectSongAsync(visit.Page, "by-post", "REST");
        using var api = new StudioApi(frontEnd.Server);
        Assert.Equal(1, await api.CountAsync("By post"));
    }

    [Fact]
    public async Task PlainPage_OfAForeignOrigin_IsRefusedByBothWays()
    {
        var visit = await PrepareAsync(frontEnd.ForeignPage);
        visit.Expect("WebSocket connection to .* failed|blocked by CORS policy|Failed to load resource");
        await visit.GoToAsync("/plain.html");
        await RenderAsync(visit.Page, Plans.Of("Not yours", 3_000, "Verse"));
        await ExpectErrorAsync(visit.Page, "", "Failed to fetch");
        using var api = new StudioApi(frontEnd.Server);
        Assert.Equal(0, await api.CountAsync("Not yours"));
    }

    private async Task<IPage> OpenAsync(Uri address) => (await VisitAsync(address, "/plain.html")).Page;

    private static async Task RenderAsync(IPage page, JsonNode plan)
    {
        await page.GetByLabel("Composition plan").FillAsync(plan.ToJsonString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Render music" }).ClickAsync();
    }

    private static async Task ExpectSongAsync(IPage page, string slug, string way)
    {
        await Assertions.Expect(page.Locator("#download")).ToHaveTextAsync(new Regex($"^Download {slug}_[0-9a-f]{{8}}\\.mp3$"));
        await Assertions.Expect(page.Locator("#way")).ToHaveTextAsync($"by {way}");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeEmptyAsync();
    }

    private static async Task ExpectErrorAsync(IPage page, string code, string text)
    {
        var error = page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(error).ToHaveTextAsync(new Regex(text));
        await Assertions.Expect(error).ToHaveAttributeAsync("data-code", code);
    }
}
