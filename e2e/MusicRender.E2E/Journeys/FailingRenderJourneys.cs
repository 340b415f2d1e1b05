using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>A render that fails, at each stage, says what happened and offers what to do next.</summary>
public sealed class FailingRenderJourneys(Studio studio) : Journey(studio)
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrender-e2e-");
    private BreakingMachine _machine = null!;
    private MusicRenderProcess _program = null!;

    private string Library => Path.Combine(_folder.FullName, "library");

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        _machine = new BreakingMachine(_folder.FullName);
        _program = await MusicRenderProcess.StartAsync(Library, 0, new Dictionary<string, string> { ["MusicRender__Ffmpeg__Path"] = _machine.Encoder });
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            await _program.DisposeAsync();
            _folder.Delete(recursive: true);
            GC.SuppressFinalize(this);
        }
    }

    [Fact]
    public async Task Render_ThatFailsAtAStage_OffersItsNextStep_AndRendersAfterIt()
    {
        var visit = await VisitAsync(_program.Address);
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Against all odds", 8_000, "Intro", "Verse", "Chorus"));
        var rendering = new RenderingPage(visit.Page);
        _machine.Do("start");
        await plan.RenderAsync();
        await CheckFailedAsync(visit.Page, rendering, "Generate music");
        foreach (var (mode, stage) in new[] { ("middle", "Generate music"), ("end", "Finish the sound") })
        {
            _machine.Do(mode);
            await rendering.AgainAsync();
            await CheckFailedAsync(visit.Page, rendering, stage);
        }

        // Where the tracks' folder should be there is something else.
        _machine.Do("slow");
        await rendering.AgainAsync();
        await rendering.ReachAsync(17);
        var audio = Path.Combine(Library, "audio");
        if (Directory.Exists(audio))
        {
            Directory.Delete(audio);
        }

        await File.WriteAllTextAsync(audio, "");
        await CheckFailedAsync(visit.Page, rendering, "Save the file");
        File.Delete(audio);

        await visit.Page.ReloadAsync();
        await CheckFailedAsync(visit.Page, rendering, "Save the file");
        _machine.Do("work");
        await rendering.RenderAgain.ClickAsync();
        var listen = await rendering.FinishAsync();
        await Assertions.Expect(listen.Heading).ToHaveTextAsync("Against all odds");
        using var api = new StudioApi(_program.Address);
        Assert.Equal(1, await api.CountAsync("Against all odds"));
    }

    /// <summary>It says that it failed, where and why, and what can be done; nothing is left behind.</summary>
    private async Task CheckFailedAsync(IPage page, RenderingPage rendering, string stage)
    {
        await Assertions.Expect(page).ToHaveTitleAsync("The render failed · MusicRender", new PageAssertionsToHaveTitleOptions { Timeout = Studio.RenderPatience });
        await Assertions.Expect(page.Locator("ol[aria-label='Render stages'] > .stopped")).ToContainTextAsync(stage);
        await Assertions.Expect(rendering.Status).Not.ToBeEmptyAsync();
        await Assertions.Expect(rendering.RenderAgain).ToBeEnabledAsync();
        await Assertions.Expect(page.Named(AriaRole.Button, "Edit the plan")).ToBeVisibleAsync();
        await Assertions.Expect(rendering.Cancel).ToHaveCountAsync(0);
        Assert.Empty(Directory.GetFiles(Library, "*.mp3", SearchOption.AllDirectories));
    }
}
