using Bunit;
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

        var player = Render<TrackPlayer>(it => it.Add(one => one.Track, track).Add(one => one.Sections, TrackScore.Of(track)));

        var link = player.FindAll("a.download")[0];
        Assert.Equal("Download MP3", link.TextContent.Trim());
        Assert.Equal("/render/download/o%C3%B9_00000001.mp3", link.GetAttribute("href"));
        Assert.True(link.HasAttribute("download"));
    }

    [Fact]
    public void Sound_ComesFromTheServerByItsOwnAddress()
    {
        var track = Samples.Track();

        var player = Render<TrackPlayer>(it => it.Add(one => one.Track, track).Add(one => one.Sections, TrackScore.Of(track)));

        Assert.Equal("/render/stream/night-train_00000001.mp3", player.Find("audio").GetAttribute("src"));
        Assert.Equal($"/tracks/{track.Id}/peaks", player.Find("section").GetAttribute("data-peaks"));
        Assert.Equal(["0", "10000", "30000"], player.FindAll(".player-section").Select(section => section.GetAttribute("data-seek")));
    }
}
