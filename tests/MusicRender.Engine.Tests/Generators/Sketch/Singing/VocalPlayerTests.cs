using CsCheck;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Arranging.Singing;
using MusicRender.Engine.Generators.Sketch.Reading;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch.Singing;

public sealed class VocalPlayerTests
{
    private static readonly string[] Verse = ["Walking home beneath the silver light", "Every window holds a little fire", "I was looking for a reason to stay", "You were singing in the middle of the night"];
    private static readonly string[] Chorus = ["Oh, we are alive tonight", "Hold me till the morning light", "We will never be alone", "Love is gonna take us home"];

    [Theory]
    [InlineData("pop")]
    [InlineData("rock", "male vocals")]
    [InlineData("waltz", "3/4")]
    [InlineData("jazz", "swing")]
    [InlineData("trap")]
    [InlineData("6/8 folk ballad", "70 bpm")]
    public void Words_AreAllSung_OneAfterTheOther_InTheirSection(params string[] styles)
    {
        var score = SketchPlans.ScoreOf(SketchPlans.Sung(styles, ("Verse", 16_000, Verse), ("Solo", 5_000, []), ("Chorus", 16_500, Chorus)));

        var words = score.Vocals.Words;
        Assert.Equal(Verse.Concat(Chorus).SelectMany(line => line.Split(' ')), words.Select(word => word.Text));
        Assert.All(words.Zip(words.Skip(1)), pair => Assert.True(pair.First.Start < pair.First.End && pair.First.End <= pair.Second.Start));
        var verseWords = Verse.Sum(line => line.Split(' ').Length);
        Assert.All(words.Take(verseWords), word => Assert.True(word.Start >= 0 && word.End <= score.Sections[0].End));
        Assert.All(words.Skip(verseWords), word => Assert.True(word.Start >= score.Sections[2].Start && word.End <= score.Sections[2].End));
    }

    [Theory]
    [InlineData("pop", 118)]
    [InlineData("ballad", 68)]
    [InlineData("drum and bass", 174)]
    public void Pace_OfLinesThatFit_IsNatural(string style, int bpm)
    {
        var score = SketchPlans.ScoreOf(SketchPlans.Sung([style, $"{bpm} bpm"], ("Verse", 16_000, Verse)));

        foreach (var line in LinesOf(score))
        {
            var syllables = line.Count - 1;
            var seconds = (line[^1].Start - line[0].Start) / (double)PcmFormat.SampleRate;
            Assert.InRange(syllables / seconds, 1.9, 5);
        }
    }

    [Fact]
    public void Notes_AreInTheKey_InARangeThatPeopleHave_AndMoveMostlyByStep()
    {
        foreach (var seed in Enumerable.Range(1, 12))
        {
            var score = SketchPlans.ScoreOf(SketchPlans.Sung(["pop", "A major", "female vocals"], ("Verse", 16_000, Verse), ("Chorus", 16_000, Chorus)), seed);
            var notes = score.Vocals.Notes;

            Assert.All(notes, note => Assert.True(new MusicalKey(9, Mode.Major).Contains(note.Pitch)));
            Assert.All(notes, note => Assert.InRange(note.Pitch, 53, 77));
            var border = score.Sections[1].Start;
            var leaps = notes.Zip(notes.Skip(1)).Where(pair => pair.First.Start < border == pair.Second.Start < border).Select(pair => Math.Abs(pair.First.Pitch - pair.Second.Pitch)).ToList();
            Assert.True(leaps.Count(leap => leap <= 2) > leaps.Count * 0.55, $"seed {seed}: {string.Join(' ', leaps)}");
            Assert.All(leaps, leap => Assert.InRange(leap, 0, 9));
        }
    }

    [Fact]
    public void Lines_EndOnATone_OfTheChord_AndAreFollowedByABreath()
    {
        foreach (var seed in Enumerable.Range(1, 8))
        {
            var plan = SketchPlans.Sung(["pop", "C major", "120 bpm"], ("Verse", 16_000, Verse));
            var song = MusicRender.Engine.Generators.Sketch.Reading.StyleReader.Read(plan, seed);
            var score = Arranger.Arrange(song, seed);
            var chords = Arranger.PlansOf(song, seed)[0].Chords;

            var ends = score.Vocals.Notes.Where(note => note.IsLineEnd).ToList();
            Assert.Equal(4, ends.Count);
            foreach (var end in ends)
            {
                // The note may begin a moment late; its bar is that of its middle.
                Assert.Contains(Enumerable.Range(0, 2), late => ChordAt((end.Start - (late * 20_000)) / score.Sections[0].BeatFrames).Contains(end.Pitch));
            }

            Chord ChordAt(double beats) => chords.At(Math.Clamp((int)(beats / 4), 0, 7), beats % 4 * 4);

            Assert.All(LinesOf(score).Zip(LinesOf(score).Skip(1)), pair =>
                Assert.True(pair.Second[0].Start - (pair.First[^1].Start + pair.First[^1].Length) > PcmFormat.SampleRate / 6));
            Assert.Contains(score.Vocals.Phones, phone => phone.Phone == Phone.Breath);
        }
    }

    [Theory]
    [InlineData(120)]
    [InlineData(96)]
    [InlineData(74)]
    public void StressedSyllables_FallOnBeats_MoreThanOthers(double bpm)
    {
        var reader = new LyricReader(LyricLanguage.English);
        var rhythm = new SyllableRhythm(Metre.Common, 15 / bpm, _ => false);
        var (onBeat, stressed, othersOnBeat, others) = (0, 0, 0, 0);
        foreach (var line in Verse.Concat(Chorus))
        {
            bool[] stress = [.. reader.Read(line).SelectMany(word => word.Syllables).Select(syllable => syllable.IsStressed)];
            var steps = rhythm.Place(stress, 32, 62)!;

            Assert.Equal(stress.Length, steps.Length);
            Assert.Equal(steps.Distinct().Order(), steps);
            Assert.All(steps, step => Assert.InRange(step, 32, 61));
            stressed += stress.Count(isStressed => isStressed);
            others += stress.Count(isStressed => !isStressed);
            onBeat += steps.Where((step, index) => stress[index] && step % 4 == 0).Count();
            othersOnBeat += steps.Where((step, index) => !stress[index] && step % 4 == 0).Count();
        }

        var message = $"{onBeat} of {stressed} stressed, {othersOnBeat} of {others} others";
        Assert.True(onBeat > 0.6 * stressed && onBeat / (double)stressed > 1.5 * othersOnBeat / others, message);
    }

    [Fact]
    public void Choruses_AreSungAlike_AndVersesOtherwise()
    {
        var score = SketchPlans.ScoreOf(SketchPlans.Sung(["pop", "120 bpm"], ("Chorus", 16_000, Chorus), ("Verse", 16_000, Chorus), ("Chorus", 16_000, Chorus), ("Outro", 6_000, [])));

        var (first, verse, last) = (TuneOf(score, 0), TuneOf(score, 1), TuneOf(score, 2));
        Assert.Equal(first, last);
        Assert.NotEqual(first.Select(note => note.Pitch), verse.Select(note => note.Pitch));
    }

    [Fact]
    public void Instruments_LeaveTheTuneToTheVoice()
    {
        var styles = new[] { "pop", "120 bpm", "saw lead" };
        var sung = SketchPlans.ScoreOf(SketchPlans.Sung(styles, ("Chorus", 16_000, Chorus)));
        var played = SketchPlans.ScoreOf(SketchPlans.Sung(styles, ("Chorus", 16_000, [])));

        var words = sung.Vocals.Words;
        Assert.Contains(played.Notes, note => note.Part == Part.Lead);
        Assert.DoesNotContain(sung.Notes, note => note.Part == Part.Lead && words.Any(word => note.Start < word.End && note.Start + note.Length > word.Start));
    }

    [Fact]
    public void TooManyLines_AreSungFaster_AndEndWithTheSection()
    {
        var lines = Enumerable.Repeat("incomprehensibilities of extraordinary responsibilities everywhere and always", 30).ToArray();

        var score = SketchPlans.ScoreOf(SketchPlans.Sung(["pop"], ("Verse", 3_000, lines), ("Outro", 3_000, [])));

        Assert.Equal(30 * 7, score.Vocals.Words.Length);
        Assert.All(score.Vocals.Words, word => Assert.True(word.Start < word.End && word.End <= score.Sections[0].End));
    }

    [Theory]
    [InlineData("instrumental")]
    [InlineData("no vocals")]
    [InlineData("pop, no vocals")]
    [InlineData("purely instrumental music")]
    [InlineData("without singing")]
    public async Task Styles_WithoutVocals_AreSilentForTheVoice(string style)
    {
        var plan = SketchPlans.Sung(["pop", style], ("Verse", 4_000, Verse));

        var (outputs, _) = await SketchPlans.GenerateAsync(plan);

        Assert.DoesNotContain(outputs, output => output is GeneratorOutput.Words);
        Assert.All(SketchPlans.Layer(plan, PartSet.Of(Part.Voice)), sample => Assert.Equal(0, sample));
    }

    [Theory]
    [InlineData("vocals", true)]
    [InlineData("vocals and lyrics", true)]
    [InlineData("any vocals", true)]
    [InlineData("singing", true)]
    [InlineData("harsh vocals", false)]
    [InlineData("autotuned vocals", false)]
    [InlineData("drums", false)]
    public void UnwantedVocals_AreSilent_UnwantedKindsOfThemNot(string unwanted, bool isSilent)
    {
        var plan = SketchPlans.Sung(["pop"], ("Verse", 8_000, Verse)) with { NegativeGlobalStyles = [unwanted] };

        Assert.Equal(isSilent, SketchPlans.ScoreOf(plan).Vocals.Words.Length == 0);
    }

    [Fact]
    public void Section_ThatIsInstrumental_IsSilentAlone()
    {
        var plan = SketchPlans.Sung(["pop"], ("Verse", 8_000, ["One two three four"]), ("Verse", 8_000, ["Five six seven"])) is var sung
            ? sung with { Sections = [sung.Sections[0] with { PositiveLocalStyles = ["instrumental"] }, sung.Sections[1]] }
            : null!;

        Assert.Equal(["Five", "six", "seven"], SketchPlans.ScoreOf(plan).Vocals.Words.Select(word => word.Text));
    }

    [Theory]
    [InlineData("[Guitar solo]", 0)]
    [InlineData("{whispered} come closer", 2)]
    [InlineData("(ooh) hello [drums stop]", 2)]
    public void Directions_AreNotSung(string line, int words) =>
        Assert.Equal(words, SketchPlans.ScoreOf(SketchPlans.Sung(["pop"], ("Verse", 8_000, [line]))).Vocals.Words.Length);

    [Theory]
    [InlineData("female vocals", Register.High, Delivery.Sung)]
    [InlineData("male vocals", Register.Low, Delivery.Sung)]
    [InlineData("deep male rap vocals", Register.Low, Delivery.Rapped)]
    [InlineData("whispered female vocals", Register.High, Delivery.Whispered)]
    [InlineData("soaring vocals, woman", Register.High, Delivery.Powerful)]
    internal void Singer_IsTheOneAskedFor(string style, Register register, Delivery delivery)
    {
        foreach (var seed in Enumerable.Range(0, 8))
        {
            var singer = StyleReader.Read(SketchPlans.Plan(["pop", style], ("Verse", 8_000)), seed).Singer;
            Assert.Equal((register, delivery), (singer.Register, singer.Delivery));
        }
    }

    [Fact]
    public async Task Timings_AreGiven_ExactToTheMillisecond()
    {
        var plan = SketchPlans.Sung(["pop"], ("Verse", 8_000, ["Hello there, my friend"]), ("Chorus", 8_000, ["🎵 世界 love"]));

        var (outputs, _) = await SketchPlans.GenerateAsync(plan, 4);

        var timings = Assert.Single(outputs.OfType<GeneratorOutput.Words>()).Timings;
        Assert.Equal(["Hello", "there,", "my", "friend", "世界", "love"], timings.Select(timing => timing.Word));
        var words = SketchPlans.ScoreOf(plan, 4).Vocals.Words;
        Assert.Equal(words.Select(word => (PcmFormat.MillisecondsOf(word.Start), PcmFormat.MillisecondsOf(word.End))), timings.Select(timing => ((long)timing.StartMs, (long)timing.EndMs)));
    }

    [Fact]
    public void Section_WithFarMoreWordsThanItsTimeHolds_IsSungWithinIt()
    {
        string[] lines = [.. Enumerable.Range(0, 12).Select(_ => string.Join(' ', Enumerable.Repeat("supercalifragilisticexpialidocious", 12)))];
        var score = SketchPlans.ScoreOf(SketchPlans.Sung(["jazz swing"], ("Chorus", 3_000, lines), ("Verse", 3_000, lines)));

        Assert.Equal(288, score.Vocals.Words.Length);
        Assert.All(score.Vocals.Words, word => Assert.Single(score.Sections, part => word.Start >= part.Start && word.End <= part.End && word.End > word.Start));
    }

    [Fact]
    public void AnyLyrics_AreSungInOrder_WithinTheirSections()
    {
        string[] texts = ["love", "oh oh oh", "don't stop believing", "السلام عليكم", "שלום עולם", "你好世界", "こんにちは", "🎵🎶🔥", "👩‍🚀 flies", "𝓗𝓮𝓵𝓵𝓸", "1234567890", "a", "-", "...", "{no}", "[x", "supercalifragilisticexpialidocious", new string('a', 200), "ab'cd’ef", "\u202Eback\u202C", "e e e e e e e e e e e e"];
        var line = Gen.OneOf(Gen.OneOf(texts), Gen.OneOf(texts).Array[1, 6].Select(parts => string.Join(' ', parts)), Gen.String[0, 60]);
        var section =
            from name in Gen.OneOf(Gen.Const("Verse"), Gen.Const("Chorus"), Gen.Const("Outro"))
            from lines in line.Array[0, 12]
            from milliseconds in Gen.Int[3_000, 14_000]
            select (name, milliseconds, lines);
        var style = Gen.OneOf(Gen.Const("pop"), Gen.Const("jazz swing"), Gen.Const("6/8 folk"), Gen.Const("7/8 rock"), Gen.Const("trap 140 bpm"), Gen.Const("whispered ambient 50 bpm"));

        Gen.Select(section.Array[1, 4], style, Gen.Int[0, 1_000]).Sample(
            (sections, wanted, seed) =>
            {
                var plan = SketchPlans.Sung([wanted], sections);
                var score = SketchPlans.ScoreOf(plan, seed);
                var vocals = score.Vocals;
                var tokens = new Queue<string>(plan.Sections.SelectMany(part => part.Lines).SelectMany(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
                var at = 0L;
                foreach (var word in vocals.Words)
                {
                    // Words of the lyrics, in their order; what stands in brackets may cut one short.
                    while (tokens.Count > 0 && !tokens.Peek().Contains(word.Text, StringComparison.Ordinal))
                    {
                        tokens.Dequeue();
                    }

                    if (tokens.Count == 0 || word.Start < at || word.End <= word.Start || score.Sections.Count(part => word.Start >= part.Start && word.End <= part.End) != 1)
                    {
                        return false;
                    }

                    at = word.End;
                }

                var phonesAt = 0L;
                foreach (var phone in vocals.Phones)
                {
                    if (phone.Start < phonesAt || phone.Length <= 0)
                    {
                        return false;
                    }

                    phonesAt = phone.Start + phone.Length;
                }

                return phonesAt <= score.Frames && vocals.Notes.All(note => note.Length > 0 && note.Pitch is > 40 and < 85);
            },
            iter: 150,
            threads: 1);
    }

    private static List<List<SungNote>> LinesOf(Score score)
    {
        var lines = new List<List<SungNote>> { new() };
        foreach (var note in score.Vocals.Notes)
        {
            lines[^1].Add(note);
            if (note.IsLineEnd)
            {
                lines.Add([]);
            }
        }

        return [.. lines.Where(line => line.Count > 0)];
    }

    private static List<(long Start, int Length, int Pitch)> TuneOf(Score score, int section) =>
        [.. score.Vocals.Notes
            .Where(note => note.Start >= score.Sections[section].Start && note.Start < score.Sections[section].End)
            .Select(note => (note.Start - score.Sections[section].Start, note.Length, note.Pitch))];
}
