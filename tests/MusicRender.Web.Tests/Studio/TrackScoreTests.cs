using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class TrackScoreTests
{
    [Fact]
    public void Of_Plan_PutsSectionsEndToEnd()
    {
        var score = TrackScore.Of(Samples.Track());

        Assert.Equal([(0, 10_000), (10_000, 30_000), (30_000, 45_000)], score.Select(section => (section.StartMs, section.EndMs)));
        Assert.Equal(5, score[2].Energy);
    }

    [Fact]
    public void Of_WordTimings_GivesWordsTheirTimesUntilTheyPart()
    {
        var track = Samples.Track() with
        {
            Words = [new WordTiming("the", 10_000, 10_300), new WordTiming("platform", 10_300, 10_900), new WordTiming("sings", 10_900, 11_000)],
        };

        var words = TrackScore.Of(track)[1].Lines[0];

        Assert.Equal(["The", "platform", "hums"], words.Select(word => word.Text));
        Assert.Equal([10_000, 10_300, -1], words.Select(word => word.StartMs));
    }

    [Fact]
    public void Of_SectionThatWasNotSung_LeavesTheTimesToTheNext()
    {
        var plan = Samples.Plan with
        {
            Sections =
            [
                new PlanSection { SectionName = "Verse", DurationMs = 20_000, Lines = ["Oh my love"] },
                new PlanSection { SectionName = "Chorus", DurationMs = 20_000, Lines = ["Oh my love"] },
            ],
        };
        var track = Samples.Track() with { Composition = plan, Words = [new WordTiming("Oh", 24_000, 25_000), new WordTiming("my", 25_000, 25_500), new WordTiming("love", 25_500, 27_000)] };

        var score = TrackScore.Of(track);

        Assert.All(score[0].Lines[0], word => Assert.Equal(-1, word.StartMs));
        Assert.Equal([24_000, 25_000, 25_500], score[1].Lines[0].Select(word => word.StartMs));
    }

    [Fact]
    public void Of_PartialTake_EndsWhereItBrokeOff()
    {
        var score = TrackScore.Of(Samples.Track() with { IsPartial = true, DurationMs = 14_000 });

        Assert.Equal([(0, 10_000, true), (10_000, 14_000, true), (30_000, 45_000, false)], score.Select(section => (section.StartMs, section.EndMs, section.IsThere)));
    }

    [Fact]
    public void Of_PromptOnly_HasNoSections() =>
        Assert.Empty(TrackScore.Of(Samples.Track() with { Composition = new PromptComposition { Prompt = "a waltz" } }));
}
