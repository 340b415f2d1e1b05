using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MusicRender.Web.Components.Pages;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class LibraryPageTests : StudioContext
{
    [Fact]
    public void Library_Empty_SaysSoAndLeadsToTheStart()
    {
        var page = Render<LibraryPage>();

        Assert.Contains("No tracks yet", page.Markup, StringComparison.Ordinal);
        Assert.Equal("/", page.Find("a.main").GetAttribute("href"));
        Assert.Empty(page.FindAll("[aria-label=Tracks]"));
    }

    [Fact]
    public void Tracks_MoreThanAPage_CanBePagedThrough()
    {
        for (var number = 1; number <= LibraryView.PageSize + 3; number++)
        {
            Library.Tracks.Add(Samples.Track($"Track {number}", number));
        }

        var page = Render<LibraryPage>();
        Assert.Equal(LibraryView.PageSize, page.FindAll("ul[aria-label=Tracks] > li").Count);
        page.FindAll(".pages button")[1].Click();

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("ul[aria-label=Tracks] > li").Count));
        Assert.Contains("Page 2 of 2", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-3")]
    [InlineData("99999999999")]
    public void Page_NotANumber_IsTheFirst(string page)
    {
        Library.Tracks.Add(Samples.Track());
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/library?page={page}");

        var library = Render<LibraryPage>();

        Assert.Equal("Night Train", library.Find("a.row-title").TextContent);
    }

    [Fact]
    public void Search_Words_NarrowTheList()
    {
        Library.Tracks.AddRange([Samples.Track("Night Train", 1), Samples.Track("Bees", 2)]);
        var page = Render<LibraryPage>();

        page.Find("input[aria-label='Search tracks']").Input("bee");

        page.WaitForAssertion(() => Assert.Equal("Bees", page.Find("a.row-title").TextContent));
        page.Find("input[aria-label='Search tracks']").Input("zebra");
        Time.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Contains("Nothing matches", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delete_IsAskedForFirst()
    {
        Library.Tracks.Add(Samples.Track());
        var dialogs = Render<MudDialogProvider>();
        var page = Render<LibraryPage>();

        var deleting = page.Find("button[aria-label='Delete Night Train']").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains("removed for good", dialogs.Markup, StringComparison.Ordinal));
        Assert.Single(Library.Tracks);
        await dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Delete").ClickAsync(new());
        await deleting;

        Assert.Empty(Library.Tracks);
    }

    [Theory]
    [InlineData("First", "Second")]
    [InlineData("Third", "Second")]
    public async Task Delete_LeavesTheFocusOnTheNextTrack(string title, string next)
    {
        Library.Tracks.AddRange([Samples.Track("First", 1), Samples.Track("Second", 2), Samples.Track("Third", 3)]);
        var dialogs = Render<MudDialogProvider>();
        var page = Render<LibraryPage>();
        var button = ReferenceOf(page.Find($"button[aria-label='Delete {next}']"));

        var deleting = page.Find($"button[aria-label='Delete {title}']").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains("removed for good", dialogs.Markup, StringComparison.Ordinal));
        await dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Delete").ClickAsync(new());
        await deleting;

        page.WaitForAssertion(() => Assert.Equal(button, Focused));
    }
}
