using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Web.Components.Player;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class TrackPlayerTests : StudioContext
{
    [Fact]
    public void Download_IsALinkThatTheBrowserFollows()
    {
        var track = Samples.Track() with { FileName = "où_00000001.mp3" };

        var player = Player(track);

        var link = player.FindAll("a.download")[0];
        Assert.Equal("Download MP3", link.TextContent.Trim());
        Assert.Equal("/render/download/o%C3%B9_00000001.mp3", link.GetAttribute("href"));
        Assert.True(link.HasAttribute("download"));
    }

    [Fact]
    public void Sound_ComesFromTheServerByItsOwnAddress()
    {
        var track = Samples.Track();

        var player = Player(track);

        var section = player.Find("section");
        Assert.Equal("/render/stream/night-train_00000001.mp3", section.GetAttribute("data-src"));
        Assert.Equal($"/tracks/{track.Id}/peaks", section.GetAttribute("data-peaks"));
        Assert.Equal(["0", "10000", "30000"], player.FindAll(".player-section").Select(mark => mark.GetAttribute("data-seek")));
        // The layout has the one sound of the studio.
        Assert.Empty(player.FindAll("audio"));
    }

    [Fact]
    public void Sections_AreAsWideAsTheyLast()
    {
        var player = Player(Samples.Track());

        Assert.Equal(["width:22.222%", "width:44.444%", "width:33.333%"], player.FindAll(".player-section").Select(mark => mark.GetAttribute("style")));
    }

    [Fact]
    public void Formats_EachHaveALinkThatSaysWhatItIs()
    {
        var track = Samples.Track();

        var links = Player(track).FindAll(".player-files a");

        Assert.Equal(["Download MP3", "Download WAV", "Download FLAC", "Download Opus", "Download ZIP"], links.Select(link => link.GetAttribute("aria-label") ?? link.TextContent.Trim()));
        Assert.Equal(
            ["/render/download/night-train_00000001.mp3", $"/tracks/{track.Id}/audio/wav", $"/tracks/{track.Id}/audio/flac", $"/tracks/{track.Id}/audio/opus", $"/tracks/{track.Id}/zip"],
            links.Select(link => link.GetAttribute("href")));
        Assert.All(links, link => Assert.True(link.HasAttribute("download")));
    }

    [Fact]
    public void Track_OfAPromptAlone_HasNothingToLoop()
    {
        var track = Samples.Track() with { Composition = new PromptComposition { Prompt = "rain" } };

        Assert.Empty(Player(track).FindAll("[data-part=loop]"));
        Assert.Single(Player(Samples.Track()).FindAll("[data-part=loop]"));
    }

    [Fact]
    public void MiniPlayer_HasTheOneSoundAndStaysAwayUntilItIsNeeded()
    {
        var mini = Render<MiniPlayer>();

        Assert.Single(mini.FindAll("audio"));
        Assert.True(mini.Find("section[aria-label='Now playing']").HasAttribute("hidden"));
        Assert.Equal(["Play", "Back five seconds", "On five seconds", "Close the player"], mini.FindAll("button").Select(button => button.GetAttribute("aria-label")));
    }

    [Fact]
    public void MiniPlayer_OfATrackThatIsRemoved_IsTold()
    {
        var module = JSInterop.SetupModule("./assets/mini.js");
        var part = module.SetupModule("create", _ => true);
        part.SetupVoid("forget", "00000001").SetVoidResult();
        Render<MiniPlayer>();

        Services.GetRequiredService<NowPlaying>().Forget("00000001");

        part.VerifyInvoke("forget");
    }

    private IRenderedComponent<TrackPlayer> Player(Track track) =>
        Render<TrackPlayer>(it => it.Add(one => one.Track, track).Add(one => one.Sections, TrackScore.Of(track)));
}
