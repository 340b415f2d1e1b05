using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MusicRender.Engine.Library;
using MusicRender.Web.Components.Pages;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class StartTests : StudioContext
{
    [Fact]
    public void QuickStarts_AreEightButtonsWithTheirNames()
    {
        var page = Render<Start>();

        Assert.Equal(
            ["Social media ad", "Podcast background", "Gaming video", "Meditation track", "Personal song", "Epic trailer", "Study music", "Birthday song"],
            page.FindAll("ul[aria-label='Quick starts'] button").Select(pad => pad.TextContent));
    }

    [Fact]
    public void QuickStarts_HaveTheKeysOneToEight()
    {
        var page = Render<Start>();

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8"], page.FindAll("button.pad-name").Select(pad => pad.GetAttribute("data-shortcut")));
    }

    [Fact]
    public async Task QuickStart_OneClick_LeadsToTheStoryOfANewDraft()
    {
        var page = Render<Start>();

        await page.FindAll("button.pad-name").Single(pad => pad.TextContent == "Birthday song").ClickAsync(new());

        var draft = Assert.Single(Drafts.Kept.Values);
        Assert.Equal("bright_pop_electro", draft.Sound);
        Assert.EndsWith($"/compose/{draft.Id}/story", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Tracks_None_SaysWhereTheyWillBe()
    {
        var page = Render<Start>();

        Assert.Contains("Your finished tracks will be listed here.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Drafts_NobodyHasTouched_AreNotListed()
    {
        Drafts.Kept["empty"] = new Draft { Id = "empty" };
        Drafts.Kept["told"] = new Draft { Id = "told", Story = "Snow on the platform." };
        Drafts.Kept["begun"] = new Draft { Id = "begun", QuickStart = "study_music", Blueprint = "podcast_voiceover_loop", Sound = "lofi_cozy", Delivery = "exploratory_iterate" };

        var page = Render<Start>();

        Assert.Equal(["Snow on the platform.", "Study music"], page.FindAll(".draft-title").Select(title => title.TextContent));
    }

    [Fact]
    public void Tracks_Some_AreListed()
    {
        Library.Tracks.Add(Samples.Track("Night Train"));

        var page = Render<Start>();

        Assert.Equal("/tracks/00000000000000000000000000000001", page.Find("a.row-title").GetAttribute("href"));
    }
}
