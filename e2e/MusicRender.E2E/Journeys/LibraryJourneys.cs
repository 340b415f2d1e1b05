using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>What has been made: found, taken along, renamed, removed.</summary>
public sealed class LibraryJourneys(Studio studio) : Journey(studio)
{
    [Fact]
    public async Task Search_ByTitle_FindsOnlyThatAndSaysWhenNothingMatches()
    {
        await MakeAsync("Kingfisher on the weir");
        await MakeAsync("Barges at noon");
        var visit = await VisitAsync("/library");
        var library = new LibraryPage(visit.Page);
        await Assertions.Expect(library.Track("Barges at noon")).ToBeVisibleAsync();

        await library.Search.FillAsync("kingfisher WEIR");
        await Assertions.Expect(library.Tracks).ToHaveCountAsync(1);
        await Assertions.Expect(library.Track("Kingfisher on the weir")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"\?q=kingfisher(%20|\+)WEIR$"));
        await visit.Page.ReloadAsync();
        await Assertions.Expect(library.Tracks).ToHaveCountAsync(1);

        await library.Search.FillAsync("zeppelin");
        await Assertions.Expect(visit.Page.Named(AriaRole.Heading, "Nothing matches")).ToBeVisibleAsync();
        await visit.Page.Named(AriaRole.Button, "Show all tracks").ClickAsync();
        await Assertions.Expect(library.Track("Barges at noon")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Download_FromTheList_GivesTheFile()
    {
        await MakeAsync("Tin roof");
        var visit = await VisitAsync("/library?q=Tin%20roof");
        var library = new LibraryPage(visit.Page);
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => library.Download("Tin roof").ClickAsync());
        Assert.Matches(@"^tin-roof_[0-9a-f]{8}\.mp3$", download.SuggestedFilename);
        var file = await AudioFile.ReadAsync(await download.PathAsync());
        Assert.Equal("Tin roof", file.Tag("title"));
    }

    [Fact]
    public async Task Delete_Confirmed_RemovesTrackAndFile()
    {
        var track = await MakeAsync("Not for keeps");
        var file = Path.Combine(Studio.Library, (string)track["file_path"]!);
        Assert.True(File.Exists(file));
        var visit = await VisitAsync("/library?q=Not%20for%20keeps");
        var library = new LibraryPage(visit.Page);

        await library.Delete("Not for keeps").ClickAsync();
        await library.Question.Named(AriaRole.Button, "Keep").ClickAsync();
        await Assertions.Expect(library.Question).ToBeHiddenAsync();
        await Assertions.Expect(library.Track("Not for keeps")).ToBeVisibleAsync();

        await library.Delete("Not for keeps").ClickAsync();
        await library.Question.Named(AriaRole.Button, "Delete").ClickAsync();
        await Assertions.Expect(library.Track("Not for keeps")).ToHaveCountAsync(0);
        Assert.False(File.Exists(file));

        visit.Expect("404");
        await visit.GoToAsync($"/tracks/{track["id"]}");
        await Assertions.Expect(visit.Page.Named(AriaRole.Heading, "Nothing plays here")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Track_Renamed_IsFoundUnderItsNewTitle()
    {
        var made = await MakeAsync("Working title");
        var visit = await VisitAsync($"/tracks/{made["id"]}");
        var track = new TrackPage(visit.Page);
        await track.Rename.ClickAsync();
        await track.NewTitle.FillAsync("Heron, standing");
        await track.SaveTitle.ClickAsync();
        await Assertions.Expect(track.Listen.Heading).ToHaveTextAsync("Heron, standing");
        await visit.Page.Named(AriaRole.Link, "Library").ClickAsync();
        var library = new LibraryPage(visit.Page);
        await library.Search.FillAsync("heron");
        await library.Open("Heron, standing").ClickAsync();
        await Assertions.Expect(track.Listen.Heading).ToHaveTextAsync("Heron, standing");
    }

    [Fact]
    public async Task OpenInTheWizard_FromATrack_GivesADraftWithItsPlan()
    {
        var made = await MakeAsync("Once more from the top");
        var visit = await VisitAsync($"/tracks/{made["id"]}");
        await new TrackPage(visit.Page).OpenInWizard.ClickAsync();
        var plan = new PlanPage(visit.Page);
        await Assertions.Expect(plan.Title).ToHaveValueAsync("Once more from the top");
        await plan.ExpectSectionsAsync("Verse");
        await Assertions.Expect(plan.Render).ToBeEnabledAsync();
    }

    [Fact]
    public async Task AnotherTake_FromATrack_GivesASecondTrack()
    {
        var made = await MakeAsync("Two takes");
        var visit = await VisitAsync($"/tracks/{made["id"]}");
        await new ListenPage(visit.Page).AnotherTake.ClickAsync();
        await visit.Page.WaitForURLAsync("**/listen");
        var listen = await new RenderingPage(visit.Page).FinishAsync();
        // The address changes before the page does: until then the player is still the first take's.
        await visit.Page.UntilAsync("id => !document.querySelector('[aria-label=Player]')?.dataset.peaks.includes(id)", (string?)made["id"]);
        Assert.NotEqual((string?)made["id"], await listen.TrackIdAsync());
        using var api = new StudioApi(Studio.Address);
        Assert.Equal(2, await api.CountAsync("Two takes"));
    }

    [Fact]
    public async Task Library_Fresh_SaysWhatToDo()
    {
        var folder = Directory.CreateTempSubdirectory("musicrender-e2e-");
        await using (var program = await MusicRenderProcess.StartAsync(folder.FullName))
        {
            var visit = await VisitAsync(program.Address, "/library");
            await Assertions.Expect(visit.Page.Named(AriaRole.Heading, "No tracks yet")).ToBeVisibleAsync();
            await visit.Page.Named(AriaRole.Link, "Make the first").ClickAsync();
            await Assertions.Expect(new StartPage(visit.Page).QuickStart("Study music")).ToBeVisibleAsync();
            await visit.LeaveAsync();
        }

        folder.Delete(recursive: true);
    }

    private async Task<System.Text.Json.Nodes.JsonObject> MakeAsync(string title)
    {
        using var api = new StudioApi(Studio.Address);
        return await api.MakeTrackAsync(title);
    }
}
