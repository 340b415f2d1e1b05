using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>Two windows on one draft, one of them sometimes out of reach: whatever is typed finds its section, or stays in sight.</summary>
public sealed class TogetherJourneys(Studio studio) : Journey(studio)
{
    private const string AllSaved = "Object.keys(sessionStorage).filter(name => name.startsWith('musicrender.unsent')).length === 0";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrender-e2e-");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task TypedOutOfReach_FindsItsSectionWhereverItWent_OrStaysInSight()
    {
        var program = await MusicRenderProcess.StartAsync(_folder.FullName);
        await using var wire = new Wire(program.Address);
        try
        {
            var (away, plan) = await OpenAsync(wire.Address, "Intro", "Verse", "Outro");
            var (near, there) = await JoinAsync(program.Address, away);
            away.IsServerAway = near.IsServerAway = true;
            await plan.SelectAsync("Verse");
            await plan.Section.Wanted.PressSequentiallyAsync("dream p");
            wire.Cut();
            await Assertions.Expect(away.Page.GetByText("Connection lost; trying again.")).ToBeVisibleAsync();
            await plan.Section.Lines.FillAsync("Typed in the dark");
            await there.SelectAsync("Verse");
            await there.Section.MoveEarlier.ClickAsync();
            await there.ExpectSectionsAsync("Verse", "Intro", "Outro");
            wire.Mend();
            await plan.ExpectSectionsAsync("Verse", "Intro", "Outro");
            await Assertions.Expect(plan.Section.Lines).ToHaveValueAsync("Typed in the dark");
            await Assertions.Expect(plan.Section.Wanted).ToHaveValueAsync("dream p");
            await Assertions.Expect(there.Section.Lines).ToHaveValueAsync("Typed in the dark");

            // Half a style and a line that is still being typed, and the server is killed.
            await near.Page.UntilAsync("document.querySelector('.saved:not(.pending, .failed)') !== null");
            await plan.Section.Wanted.PressAsync("End");
            await plan.Section.Wanted.PressSequentiallyAsync("o");
            await plan.Section.Lines.PressAsync("Control+End");
            await plan.Section.Lines.PressSequentiallyAsync("\nand a second before");
            await program.KillAsync();
            await program.DisposeAsync();
            program = await MusicRenderProcess.StartAsync(_folder.FullName, program.Address.Port);
            await Assertions.Expect(plan.Section.RemoveStyle("dream po")).ToBeVisibleAsync();
            await Assertions.Expect(plan.Section.Name).ToHaveValueAsync("Verse");
            await Assertions.Expect(plan.Section.Lines).ToHaveValueAsync("Typed in the dark\nand a second before");
            await away.Page.UntilAsync(AllSaved);

            // The section goes while nobody hears what is typed in it.
            await Assertions.Expect(there.Section.Name).ToHaveValueAsync("Verse");
            wire.Cut();
            await Assertions.Expect(away.Page.GetByText("Connection lost; trying again.")).ToBeVisibleAsync();
            await plan.Section.Lines.FillAsync("Typed for nobody");
            await there.Section.Remove.ClickAsync();
            await there.ExpectSectionsAsync("Intro", "Outro");
            wire.Mend();
            var stray = away.Page.Named(AriaRole.Textbox, "Lyric lines of “Verse”: what was typed has no place there any more. Copy what you need.");
            await Assertions.Expect(stray).ToHaveValueAsync("Typed for nobody");
            await away.Page.ReloadAsync();
            await Assertions.Expect(stray).ToHaveValueAsync("Typed for nobody");
            Assert.All((await there.ReadJsonAsync())["sections"]!.AsArray(), section => Assert.Empty(section!["lines"]!.AsArray()));
            await away.Page.Named(AriaRole.Button, "I have what I need").ClickAsync();
            await Assertions.Expect(stray).ToBeHiddenAsync();
            await away.Page.UntilAsync(AllSaved);
            await away.LeaveAsync();
            await near.LeaveAsync();
        }
        finally
        {
            await program.DisposeAsync();
        }
    }

    [Fact]
    public async Task Drag_OfABlockThatGoesElsewhere_IsGivenUp()
    {
        var (visit, plan) = await OpenAsync(Studio.Address, "Intro", "Verse", "Outro");
        var (_, there) = await JoinAsync(Studio.Address, visit);
        var mouse = visit.Page.Mouse;
        var (x, y) = await plan.Timeline.MiddleAsync("Verse");
        var (end, _) = await plan.Timeline.EdgeAsync("Outro");
        await mouse.MoveAsync(x, y);
        await mouse.DownAsync();
        await mouse.MoveAsync(end, y, new MouseMoveOptions { Steps = 6 });
        await Assertions.Expect(visit.Page.Locator("li.dragged")).ToHaveCountAsync(1);

        await there.SelectAsync("Verse");
        await there.Section.Remove.ClickAsync();

        await plan.ExpectSectionsAsync("Intro", "Outro");
        await Assertions.Expect(visit.Page.Locator("li.dragged")).ToHaveCountAsync(0);
        await mouse.MoveAsync(x, y);
        await mouse.UpAsync();
        await plan.AddSection.ClickAsync();
        await there.ExpectSectionsAsync("Intro", "Section 3", "Outro");
        Assert.True(await visit.Page.EvaluateAsync<bool>("[...document.querySelectorAll('li.block-item')].every(item => item.style.transform === '')"));
    }

    [Fact]
    public async Task UndoAndRedo_InAStormOfBothWindows_LeaveBothWithTheSamePlan()
    {
        var (visit, plan) = await OpenAsync(Studio.Address, "Intro", "Verse", "Outro");
        var (other, there) = await JoinAsync(Studio.Address, visit);
        // An event of a field that the other window's undo has just taken away: Blazor has nobody left to hear it, and says so.
        visit.Expect("invoking 'DispatchEventAsync'");
        other.Expect("invoking 'DispatchEventAsync'");
        await plan.SelectAsync("Verse");
        var typing = plan.Section.Lines.PressSequentiallyAsync("Sung while everything is taken back and done again", new LocatorPressSequentiallyOptions { Delay = 25 });
        for (var round = 0; round < 12; round++)
        {
            await there.AddSection.ClickAsync();
            await there.Undo.ClickAsync();
        }

        await typing;
        for (var step = 0; step < 6; step++)
        {
            await visit.Page.Keyboard.PressAsync("Control+z");
            await visit.Page.Keyboard.PressAsync("Control+Shift+z");
        }

        await visit.Page.UntilAsync(AllSaved);
        Assert.Equal((await there.ReadJsonAsync()).ToJsonString(), (await plan.ReadJsonAsync()).ToJsonString());
    }

    private async Task<(Visit Visit, PlanPage Plan)> OpenAsync(Uri address, params string[] sections)
    {
        var visit = await VisitAsync(address);
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Together", 10_000, sections));
        await plan.ExpectSectionsAsync(sections);
        await plan.Timeline.ReadyAsync();
        await visit.Page.UntilAsync(AllSaved);
        return (visit, plan);
    }

    private async Task<(Visit Visit, PlanPage Plan)> JoinAsync(Uri address, Visit first)
    {
        var visit = await VisitAsync(address, new Uri(first.Page.Url).AbsolutePath);
        var plan = new PlanPage(visit.Page);
        await plan.Timeline.ReadyAsync();
        return (visit, plan);
    }
}
