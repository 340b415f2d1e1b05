using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Reading.Genres;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch;

public sealed class ArrangerTests
{
    [Theory]
    [InlineData(16_000, 120)]
    [InlineData(15_700, 120)]
    [InlineData(9_000, 93)]
    [InlineData(30_000, 174)]
    public void Grid_StretchesTempo_ByAtMostThreePercent(int milliseconds, double bpm)
    {
        var frames = PcmFormat.FramesOf(milliseconds);
        var grid = new BarGrid(0, frames, bpm, Metre.Common, 0, 1);

        Assert.InRange(grid.BeatFrames / (PcmFormat.SampleRate * 60 / bpm), 0.97, 1.03);
        Assert.Equal(0, frames / grid.BeatFrames % 1, 0.001);
    }

    [Fact]
    public void Grid_WhenWholeBarsFit_EndsWithABar()
    {
        var frames = PcmFormat.FramesOf(15_700);
        var grid = new BarGrid(0, frames, 120, Metre.Common, 0, 1);

        Assert.Equal(8, grid.Bars);
        Assert.Equal(frames, grid.FrameOf(8, 0));
    }

    [Fact]
    public void Sections_MeetAtTheExactFrame()
    {
        var score = SketchPlans.ScoreOf(SketchPlans.Plan(["pop"], ("A", 3_001), ("B", 3_007), ("C", 4_999)));

        Assert.Equal([0, PcmFormat.FramesOf(3_001), PcmFormat.FramesOf(6_008)], score.Sections.Select(section => section.Start));
        Assert.Equal(PcmFormat.FramesOf(11_007), score.Frames);
        Assert.Equal(score.Frames, score.Sections[^1].End);
    }

    [Fact]
    public void Notes_StayWithinTheirSection()
    {
        var score = SketchPlans.ScoreOf(SketchPlans.Plan(["jazz", "live"], ("Verse", 7_300), ("Chorus", 9_100), ("Outro", 5_000)));

        foreach (var note in score.Notes)
        {
            var section = score.Sections.Single(section => note.Start >= section.Start && note.Start < section.End);
            Assert.True(note.Start + note.Length <= section.End);
        }
    }

    [Fact]
    public void Notes_OfEveryGenre_AreInTheKey()
    {
        foreach (var genre in Catalogue.All)
        {
            var plan = SketchPlans.Plan([genre.Words[0], "E major"], ("Verse", 16_000), ("Chorus", 16_000));

            var notes = SketchPlans.ScoreOf(plan).Notes;

            // The rest are the leading tones of dominants and the low sevenths of funk and blues.
            var inKey = notes.Count(note => new MusicalKey(4, Mode.Major).Contains(note.Pitch));
            Assert.True(inKey >= notes.Length * 0.85, $"{genre.Name}: {inKey} of {notes.Length} notes in E major");
        }
    }

    [Fact]
    public void Kicks_OfHouse_FallOnTheBeats()
    {
        var score = SketchPlans.ScoreOf(SketchPlans.Plan(["house", "125 bpm"], ("Drop", 30_720)));

        var kicks = score.Hits.Where(hit => hit.Drum == Drum.Kick).ToList();

        Assert.True(kicks.Count > 50);
        Assert.All(kicks, kick => Assert.InRange(Math.Abs((kick.Start / score.Sections[0].BeatFrames) - Math.Round(kick.Start / score.Sections[0].BeatFrames)), 0, 0.001));
        Assert.Equal(PcmFormat.SampleRate * 60 / 125.0, score.Sections[0].BeatFrames, 1.0);
    }

    [Fact]
    public void Drums_Refused_HaveNoHits()
    {
        var plan = SketchPlans.Plan(["house"], ("Verse", 8_000), ("Drop", 8_000)) with { NegativeGlobalStyles = ["drums"] };

        Assert.Empty(SketchPlans.ScoreOf(plan).Hits);
        Assert.NotEmpty(SketchPlans.ScoreOf(plan with { NegativeGlobalStyles = [] }).Hits);
    }

    [Fact]
    public void Choruses_ShareTheirTune_AndVersesHaveAnother()
    {
        var score = SketchPlans.ScoreOf(SketchPlans.Plan(["pop", "120 bpm"], ("Chorus", 16_000), ("Verse", 16_000), ("Chorus", 16_000), ("Outro", 8_000)));

        Assert.Equal(TuneOf(score, 0), TuneOf(score, 2));
        Assert.NotEqual(TuneOf(score, 0), TuneOf(score, 1));
    }

    [Fact]
    public void Arrangement_OfOtherSeed_Differs()
    {
        var plan = SketchPlans.Plan(["pop"], ("Verse", 8_000), ("Chorus", 8_000));

        Assert.Equal(SketchPlans.ScoreOf(plan, 1).Notes, SketchPlans.ScoreOf(plan, 1).Notes);
        Assert.NotEqual(SketchPlans.ScoreOf(plan, 1).Notes, SketchPlans.ScoreOf(plan, 2).Notes);
    }

    [Theory]
    [InlineData("I", 0, new[] { 0, 4, 7 })]
    [InlineData("vi7", 9, new[] { 0, 3, 7, 10 })]
    [InlineData("IVmaj7", 5, new[] { 0, 4, 7, 11 })]
    [InlineData("bVII", 10, new[] { 0, 4, 7 })]
    [InlineData("Vsus4", 7, new[] { 0, 5, 7 })]
    public void Chord_OfNumeral_IsThatOfTheKey(string numeral, int root, int[] intervals)
    {
        var chord = Chord.Parse(numeral, new MusicalKey(0, Mode.Major));

        Assert.Equal(root, chord.Root);
        Assert.Equal(intervals, chord.Intervals);
    }

    [Fact]
    public void Progressions_OfEveryGenre_CanBeRead()
    {
        foreach (var genre in Catalogue.All)
        {
            foreach (var mode in Enum.GetValues<Mode>())
            {
                var progressions = genre.MajorProgressions.Concat(genre.MinorProgressions);
                Assert.All(progressions.SelectMany(text => text.Split(' ')), numeral => Chord.Parse(numeral, new MusicalKey(2, mode)));
            }
        }
    }

    [Fact]
    public void Patterns_OfEveryGenre_FillWholeBars()
    {
        foreach (var genre in Catalogue.All)
        {
            string[] patterns = [genre.Bass, genre.FullBass, genre.Chords, genre.FullChords, .. genre.TuneRhythms];
            var grooves = new[] { genre.LightGroove, genre.Groove, genre.FullGroove }.SelectMany(groove => groove.Lines).Select(line => line.Pattern);

            Assert.All(patterns, pattern => Assert.Equal(0, pattern.Length % 16));
            Assert.All(grooves, pattern => Assert.True(pattern.Length is 8 or 16 or 32, $"{genre.Name}: {pattern}"));
            Assert.True(genre.TuneRhythms.Length > 1);
        }
    }

    private static List<(long, int)> TuneOf(Score score, int section) =>
        [.. score.Notes
            .Where(note => note.Part == Part.Lead && note.Start >= score.Sections[section].Start && note.Start < score.Sections[section].End)
            .Select(note => (note.Start - score.Sections[section].Start, note.Pitch))];
}
