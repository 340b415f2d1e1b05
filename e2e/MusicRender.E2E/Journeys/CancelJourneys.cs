using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>A render that was given up.</summary>
public sealed class CancelJourneys(Studio studio, SlowStudio slow) : Journey(studio)
{
    [Fact]
    public async Task CancelRender_InTheMiddle_LeavesNoFileAndCanBeRenderedAgain()
    {
        var visit = await VisitAsync(await slow.AddressAsync());
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Quickly given up", 60_000, "Verse", "Chorus"));
        var rendering = await plan.RenderAsync();
        await rendering.ReachAsync(17);
        var id = await rendering.RenderIdAsync();
        Assert.NotEmpty(FilesOf(id));

        await rendering.Cancel.ClickAsync();
        await Assertions.Expect(rendering.RenderAgain).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("The render was cancelled").First).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page).ToHaveTitleAsync("The render was cancelled · MusicRender");
        await Assertions.Expect(rendering.Cancel).ToHaveCountAsync(0);
        Assert.Empty(FilesOf(id));
        Assert.Empty(FilesOf("quickly-given-up"));
        using var api = new StudioApi(await slow.AddressAsync());
        Assert.Equal("cancelled", (string?)(await api.RenderAsync(id))["state"]);

        await rendering.RenderAgain.ClickAsync();
        var listen = await rendering.FinishAsync();
        Assert.NotEqual(id, await listen.TrackIdAsync());
        Assert.Single(FilesOf("quickly-given-up"));
        Assert.Equal(1, await api.CountAsync("Quickly given up"));
    }

    private string[] FilesOf(string name) => Directory.GetFiles(slow.Library, $"*{name}*", SearchOption.AllDirectories);
}
