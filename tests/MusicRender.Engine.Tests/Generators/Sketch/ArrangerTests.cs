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

            // The rest are leading tones of dominants, flat sevenths of rock, blue notes.
            var inKey = notes.Count(note => new MusicalKey(4, Mode.Major).Contains(note.Pitch));
            var least = genre.Chords.Colour == Colour.Dominants ? 0.7 : 0.8;
            Assert.True(inKey >= notes.Length * least, $"{genre.Name}: {inKey} of {notes.Length} notes in E major");
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
                var numerals = genre.Major.Concat(genre.Minor).SelectMany(text => text.Split(' ', ','));
                Assert.All(numerals, numeral => Chord.Parse(numeral, new MusicalKey(2, mode), genre.Chords.Colour));
            }
        }
    }

    [Fact]
    public void Chords_LastBarOfASection_ClosesTheProgression()
    {
        var song = StyleReader.Read(SketchPlans.Plan(["blues", "E major", "120 bpm"], ("Verse", 24_000), ("Chorus", 20_000), ("Outro", 8_000)), 1);

        var plans = Arranger.PlansOf(song, 1);

        // Twelve bars of blues end on the dominant; so do ten of them.
        Assert.Equal(11, plans[0].Chords.At(11, 0).Root);
        Assert.Equal(11, plans[1].Chords.At(9, 0).Root);
        Assert.Equal(4, plans[2].Chords.At(plans[2].FinalBar, 0).Root);
    }

    [Fact]
    public void Voices_OfChords_MoveLittle()
    {
        var score = SketchPlans.ScoreOf(SketchPlans.Plan(["piano", "pop", "C major", "120 bpm"], ("Verse", 32_000)));

        var tops = score.Notes.Where(note => note.Part == Part.Chords).GroupBy(note => note.Start / 88_200).Select(bar => bar.Max(note => note.Pitch)).ToList();

        Assert.True(tops.Count > 8);
        Assert.All(tops.Zip(tops.Skip(1)), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 7));
    }

    [Fact]
    public void Bass_FollowsTheChords()
    {
        var song = StyleReader.Read(SketchPlans.Plan(["indie rock", "120 bpm"], ("Verse", 16_000), ("Chorus", 16_000), ("Outro", 8_000)), 3);
        var (plans, score) = (Arranger.PlansOf(song, 3), Arranger.Arrange(song, 3));

        foreach (var plan in plans.Take(2))
        {
            for (var bar = 0; bar < plan.PlayedBars; bar++)
            {
                var from = plan.Grid.FrameOf(bar, 0);
                var first = score.Notes.First(note => note.Part == Part.Bass && note.Start > from - 2_000);
                Assert.Equal(plan.Chords.At(bar, 0).Bass, first.Pitch % 12);
            }
        }
    }

    [Fact]
    public void Drums_FillBeforeTheChorus_AndCrashIntoIt()
    {
        var score = SketchPlans.ScoreOf(SketchPlans.Plan(["rock", "120 bpm"], ("Verse", 16_000), ("Chorus", 16_000), ("Outro", 8_000)));
        var border = PcmFormat.FramesOf(16_000);

        var usual = score.Hits.Count(hit => IsStroke(hit) && hit.Start >= border - (3 * 88_200) && hit.Start < border - (2 * 88_200));
        var last = score.Hits.Count(hit => IsStroke(hit) && hit.Start >= border - 88_200 && hit.Start < border);

        Assert.True(last > usual + 2, $"{last} strokes in the last bar, {usual} before");
        Assert.Contains(score.Hits, hit => hit.Drum == Drum.Crash && hit.Start - border is >= -500 and < 500);
        static bool IsStroke(DrumHit hit) => hit.Drum is Drum.Snare or Drum.HighTom or Drum.LowTom;
    }

    [Fact]
    public void Fills_Refused_AreNotPlayed()
    {
        var plan = SketchPlans.Plan(["rock", "120 bpm"], ("Verse", 16_000), ("Verse", 16_000));

        var toms = SketchPlans.ScoreOf(plan).Hits.Count(hit => hit.Drum is Drum.HighTom or Drum.LowTom);
        var refused = SketchPlans.ScoreOf(plan with { NegativeGlobalStyles = ["drum fills"] }).Hits.Count(hit => hit.Drum is Drum.HighTom or Drum.LowTom);

        Assert.True(toms > 0);
        Assert.Equal(0, refused);
    }

    [Fact]
    public void BuildUp_RollsFasterAndFaster_AndStopsBeforeTheDrop()
    {
        var score = SketchPlans.ScoreOf(SketchPlans.Plan(["house", "120 bpm"], ("Build-up", 16_000), ("Drop", 16_000)));
        var border = PcmFormat.FramesOf(16_000);
        int Snares(int bar) => score.Hits.Count(hit => hit.Drum == Drum.Snare && hit.Start >= bar * 88_200 && hit.Start < (bar + 1) * 88_200);

        Assert.True(Snares(4) < Snares(6) && Snares(6) < Snares(7) + 1, $"{Snares(4)} {Snares(6)} {Snares(7)}");
        Assert.DoesNotContain(score.Hits, hit => hit.Drum is Drum.Snare or Drum.Kick && hit.Start > border - 20_000 && hit.Start < border - 500);
        Assert.Contains(score.Hits, hit => hit.Drum == Drum.Riser && hit.Start < border);
        Assert.Contains(score.Hits, hit => hit.Drum == Drum.Impact && hit.Start == border);
    }

    [Fact]
    public void Lead_OfSungSections_LeavesRoom_AndItsTuneCanBeAskedFor()
    {
        var plan = SketchPlans.Plan(["pop", "120 bpm"], ("Verse", 16_000), ("Chorus", 16_000));
        plan = plan with { Sections = [plan.Sections[0], plan.Sections[1] with { Lines = ["Hold on to the light"] }] };
        var song = StyleReader.Read(plan, 1);

        var score = Arranger.Arrange(song, 1);
        var tune = new LeadPlayer(song, 1).TuneOf(Arranger.PlansOf(song, 1)[1]);

        Assert.NotEmpty(score.Vocals.Words);
        Assert.DoesNotContain(score.Notes, note => note.Part == Part.Lead && score.Vocals.Words.Any(word => note.Start < word.End && note.Start + note.Length > word.Start));
        Assert.True(tune.Count > 16);
        Assert.All(tune.Zip(tune.Skip(1)), pair => Assert.True((pair.First.Bar * 16) + pair.First.Step < (pair.Second.Bar * 16) + pair.Second.Step));
    }

    [Fact]
    public void Tune_SaysItsMotifAgain_AndClosesOnTheChord()
    {
        foreach (var seed in Enumerable.Range(1, 12))
        {
            var song = StyleReader.Read(SketchPlans.Plan(["pop", "120 bpm"], ("Chorus", 32_000), ("Outro", 8_000)), seed);
            var plan = Arranger.PlansOf(song, seed)[0];
            var tune = new LeadPlayer(song, seed).TuneOf(plan);

            Assert.Equal(RhythmOf(tune, 0), RhythmOf(tune, 4));
            Assert.All(tune.Where(note => note.Bar % 4 == 3).GroupBy(note => note.Bar), bar => Assert.True(plan.Chords.At(bar.Key, bar.Last().Step).Contains(bar.Last().Pitch)));
            Assert.InRange(tune.Max(note => note.Pitch) - tune.Min(note => note.Pitch), 5, 24);
        }

        static int[] RhythmOf(IReadOnlyList<TunePitch> tune, int bar) => [.. tune.Where(note => note.Bar == bar).Select(note => note.Step)];
    }

    private static List<(long, int)> TuneOf(Score score, int section) =>
        [.. score.Notes
            .Where(note => note.Part == Part.Lead && note.Start >= score.Sections[section].Start && note.Start < score.Sections[section].End)
            .Select(note => (note.Start - score.Sections[section].Start, note.Pitch))];
}
