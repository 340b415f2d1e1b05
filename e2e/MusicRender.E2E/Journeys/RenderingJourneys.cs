using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>A render is not bound to the page that started it.</summary>
public sealed class RenderingJourneys(Studio studio, SlowStudio slow) : Journey(studio)
{
    [Fact]
    public async Task Render_ReloadedLeftAndOpenedElsewhere_IsTheSameRenderEverywhere()
    {
        var visit = await VisitAsync(await slow.AddressAsync());
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Long("Long way home"));
        var rendering = await plan.RenderAsync();
        await rendering.ReachAsync(16);
        var id = await rendering.RenderIdAsync();

        var beforeReload = await PercentAsync(rendering);
        await visit.Page.ReloadAsync();
        await CheckAttachedAsync(visit.Page, rendering, id, beforeReload);

        var other = await VisitAsync(await slow.AddressAsync(), new Uri(visit.Page.Url).PathAndQuery);
        await CheckAttachedAsync(other.Page, new RenderingPage(other.Page), id, beforeReload);

        var beforeLeaving = await PercentAsync(rendering);
        await visit.Page.Named(AriaRole.Link, "Library").ClickAsync();
        await Assertions.Expect(new LibraryPage(visit.Page).Search).ToBeVisibleAsync();
        await visit.Page.GoBackAsync();
        await CheckAttachedAsync(visit.Page, rendering, id, beforeLeaving);

        var listen = await rendering.FinishAsync();
        Assert.Equal(id, await listen.TrackIdAsync());
        Assert.Equal(id, await (await new RenderingPage(other.Page).FinishAsync()).TrackIdAsync());
        var titles = (await RenderRecord.OfAsync(other.Page)).Titles;
        Assert.True(titles.Count(title => title.Contains(" % · Long way home", StringComparison.Ordinal)) > 3, string.Join("; ", titles));
        Assert.Equal("Long way home · MusicRender", titles[^1]);
    }

    [Fact]
    public async Task Start_WhileSomethingRenders_LeadsToIt()
    {
        var visit = await VisitAsync(await slow.AddressAsync());
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Long("Under way and away"));
        var rendering = await plan.RenderAsync();
        await rendering.ReachAsync(15);
        await visit.Page.Named(AriaRole.Link, "Start").ClickAsync();
        await visit.Page.Named(AriaRole.Region, "Under way").Named(AriaRole.Link, "Under way and away").ClickAsync();
        await rendering.Cancel.ClickAsync();
        await Assertions.Expect(rendering.RenderAgain).ToBeVisibleAsync();
    }

    private static async Task<int> PercentAsync(RenderingPage rendering) =>
        int.Parse((await rendering.Progress.GetAttributeAsync("aria-valuenow"))!, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task CheckAttachedAsync(IPage page, RenderingPage rendering, string id, int before)
    {
        await rendering.ReachAsync(before);
        Assert.Equal(id, await rendering.RenderIdAsync());
        Assert.InRange(await PercentAsync(rendering), before, 70);
        await Assertions.Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex(@"^\d+ % · Long way home · MusicRender$"));
    }
}
