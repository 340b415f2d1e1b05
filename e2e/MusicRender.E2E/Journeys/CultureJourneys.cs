using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>A browser that speaks another language: its numbers and dates, the same sound.</summary>
public sealed class CultureJourneys(Studio studio) : Journey(studio)
{
    [Fact]
    public async Task Reader_WithAGermanBrowser_ReadsGermanNumbersAndMakesTheSamePlan()
    {
        await using var context = await Studio.Browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = Studio.Address.ToString(), Locale = "de-DE" });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/settings");
        await Assertions.Expect(page.Named(AriaRole.Listitem, "ElevenLabs")).ToContainTextAsync("0,15\u00a0$");

        await page.GotoAsync("/");
        var story = await new StartPage(page).BeginAsync("Personal song");
        await Assertions.Expect(page.Locator(".counter")).ToContainTextAsync("10.000");
        var plan = await story.WriteAsync("The ferry leaves at five past six, and nobody waves.");
        await plan.MakeThePlanAsync();
        // Widths are for the machine, in any language.
        var widths = await plan.Sections.EvaluateAllAsync<double[]>("items => items.map((item) => item.getBoundingClientRect().width)");
        Assert.True(widths.Distinct().Count() > 1, $"All sections are drawn alike: {string.Join(' ', widths)}");
        await Assertions.Expect(plan.Render).ToBeEnabledAsync();
    }

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Pacific/Niue")]
    public async Task Reader_FarFromGreenwich_ReadsDatesAndTimesOfTheirOwn(string zone)
    {
        using var api = new StudioApi(Studio.Address);
        var id = (string)(await api.MakeTrackAsync("Made somewhere"))["id"]!;
        var made = DateTimeOffset.Parse((string)(await api.TrackAsync(id))["created_at"]!, System.Globalization.CultureInfo.InvariantCulture);
        await using var context = await Studio.Browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = Studio.Address.ToString(), Locale = "en-GB", TimezoneId = zone });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/tracks/{id}");

        var here = TimeZoneInfo.ConvertTime(made, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var moment = here.ToString("d MMM yyyy, HH:mm", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
        await Assertions.Expect(page.Named(AriaRole.Complementary, "Facts")).ToContainTextAsync(moment);
        await Assertions.Expect(page.Locator(".track-head .eyebrow")).ToContainTextAsync(moment[..^7]);
    }

    [Fact]
    public async Task Readers_OfTwoLanguagesOnOneDraft_EachReadTheirOwnNumbers()
    {
        var visit = await VisitAsync();
        await new StartPage(visit.Page).BeginBlankAsync();
        await new WizardRail(visit.Page).GoToPlanAsync();
        await using var context = await Studio.Browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = Studio.Address.ToString(), Locale = "de-DE" });
        var page = await context.NewPageAsync();
        await page.GotoAsync(visit.Page.Url);
        var (english, german) = (visit.Page.Locator(".prompt-panel .counter"), page.Locator(".prompt-panel .counter"));
        await Assertions.Expect(german).ToContainTextAsync("4.100");

        // Told by the other's circuit, in both directions.
        await new PlanPage(visit.Page).Prompt.FillAsync(new string('a', 1_234));
        await Assertions.Expect(german).ToContainTextAsync("1.234");
        await new PlanPage(page).Prompt.FillAsync(new string('b', 2_345));
        await Assertions.Expect(english).ToContainTextAsync("2,345");
        await Assertions.Expect(german).ToContainTextAsync("2.345");
    }
}
