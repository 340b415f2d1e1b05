using Bunit;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Web.Components.Library;
using MusicRender.Web.Components.Player;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class TrackViewTests : StudioContext
{
    private static readonly Track Partial = Samples.Track() with { IsPartial = true, DurationMs = 14_000, Generator = "elevenlabs", SongId = "song_9" };

    private IRenderedComponent<TrackView> View(Track track) => Render<TrackView>(view => view.Add(it => it.Track, track));

    private static string Fact(IRenderedComponent<TrackView> view, string name) =>
        view.FindAll(".facts > div").Single(fact => fact.QuerySelector("dt")!.TextContent == name).QuerySelector("dd")!.TextContent;

    [Fact]
    public void PartialTake_SaysSoAndWhichSectionsDidNotArrive()
    {
        var view = View(Partial);

        Assert.Equal("Partial take", view.Find(".partial-mark").TextContent);
        Assert.Equal(["Intro", "Verse"], view.FindAll(".player-section").Select(mark => mark.TextContent));
        var missing = Assert.Single(view.FindAll(".score-section.missing"));
        Assert.Equal(("Chorus", "did not arrive"), (missing.QuerySelector(".score-name")!.TextContent, missing.QuerySelector(".score-time")!.TextContent));
        Assert.Null(missing.GetAttribute("data-start"));
        Assert.Empty(missing.QuerySelectorAll("button"));
    }

    [Fact]
    public void WholeTrack_IsNotMarked()
    {
        var view = View(Samples.Track());

        Assert.Empty(view.FindAll(".partial, .score-section.missing"));
        Assert.DoesNotContain("Song id", view.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Facts_NameTheGeneratorNicely_AlsoWhenItIsNotReady(bool isReady)
    {
        if (isReady)
        {
            Jobs.AddElevenLabs();
        }

        var view = View(Partial);

        Assert.Equal(("ElevenLabs", "song_9"), (Fact(view, "Generator"), Fact(view, "Song id")));
    }

    [Fact]
    public void Facts_OfTheFile_AreReadFromIt()
    {
        Assert.Equal("MP3, 192 kbit/s, 44.1 kHz, stereo", Fact(View(Samples.Track()), "Format"));
        Files.Facts = new AudioFileFacts(22_050, 64, IsMono: true);
        Assert.Equal("MP3, 64 kbit/s, 22.1 kHz, mono", Fact(View(Samples.Track()), "Format"));
        Files.Facts = null;
        Assert.Equal("MP3", Fact(View(Samples.Track()), "Format"));
    }

    [Fact]
    public void List_MarksPartialTakes()
    {
        var list = Render<TrackList>(it => it.Add(one => one.Tracks, [Partial, Samples.Track("Whole", 2)]));

        Assert.Equal(["Partial take · indie folk", "indie folk"], list.FindAll(".row-genres").Select(words => words.TextContent));
    }
}
