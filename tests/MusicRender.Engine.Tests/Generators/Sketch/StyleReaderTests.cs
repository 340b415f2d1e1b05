using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch;

public sealed class StyleReaderTests
{
    [Theory]
    [InlineData("140 bpm", 140)]
    [InlineData("140 BPM", 140)]
    [InlineData("around 90 bpm", 90)]
    [InlineData("92.5bpm", 92.5)]
    [InlineData("85-105 bpm", 95)]
    [InlineData("110–125 BPM", 117.5)]
    [InlineData("tempo: 128", 128)]
    [InlineData("fast-paced at 172 beats per minute", 172)]
    [InlineData("999 bpm", 220)]
    public void Tempo_Written_IsPlayed(string style, double expected) =>
        Assert.Equal(expected, SketchPlans.Read(style).Bpm);

    [Fact]
    public void Tempo_InWords_MovesTheGenres()
    {
        var plain = SketchPlans.Read("folk").Bpm;

        Assert.True(SketchPlans.Read("folk", "slow").Bpm < plain * 0.9);
        Assert.True(SketchPlans.Read("folk", "fast").Bpm > plain * 1.1);
    }

    [Theory]
    [InlineData("E major", "E major")]
    [InlineData("D minor key", "D minor")]
    [InlineData("F# minor", "F# minor")]
    [InlineData("f-sharp minor", "F# minor")]
    [InlineData("Bb major key", "Bb major")]
    [InlineData("E♭ major", "Eb major")]
    [InlineData("A minor pentatonic", "A minor")]
    [InlineData("a minor", "A minor")]
    [InlineData("in the key of G", "G major")]
    [InlineData("key of C#m", "C# minor")]
    [InlineData("D dorian", "D dorian")]
    [InlineData("a-Moll", "A minor")]
    [InlineData("Es-Dur", "Eb major")]
    [InlineData("fis-Moll", "F# minor")]
    [InlineData("B-Dur", "Bb major")]
    [InlineData("H-Dur", "B major")]
    [InlineData("ré mineur", "D minor")]
    [InlineData("si bémol majeur", "Bb major")]
    [InlineData("la menor", "A minor")]
    [InlineData("C#m", "C# minor")]
    [InlineData("E phrygian", "E phrygian")]
    [InlineData("G mixolydian", "G mixolydian")]
    public void Key_Named_IsPlayed(string style, string expected) =>
        Assert.Equal(expected, SketchPlans.Read(style).Key.Name);

    [Theory]
    [InlineData("with a major hook")]
    [InlineData("as major as it gets")]
    [InlineData("building to a minor climax")]
    public void Key_ArticleBeforeMajor_IsNoKey(string style) =>
        Assert.Null(KeyReader.ReadNamed([style]));

    [Theory]
    [InlineData("dark", true)]
    [InlineData("melancholic", true)]
    [InlineData("euphoric", false)]
    [InlineData("happy", false)]
    public void Mood_SaysTheMode(string mood, bool isMinor) =>
        Assert.Equal(isMinor, SketchPlans.Read("pop", mood).Key.IsMinor);

    [Theory]
    [InlineData("adagio", 56, 78)]
    [InlineData("andante", 76, 96)]
    [InlineData("allegro", 120, 140)]
    [InlineData("presto", 165, 190)]
    [InlineData("langsam", 70, 90)]
    [InlineData("very fast", 120, 140)]
    public void Tempo_InWordsOfScoresAndOtherLanguages_IsPlayed(string style, double from, double to) =>
        Assert.InRange(SketchPlans.Read("folk", style).Bpm, from, to);

    [Theory]
    [InlineData("half-time", true)]
    [InlineData("half time feel", true)]
    [InlineData("straight eighths", false)]
    public void HalfTime_Named_IsPlayed(string style, bool expected) =>
        Assert.Equal(expected, SketchPlans.Read("rock", style).HalfTime);

    [Fact]
    public void Genre_Unwanted_LosesToAnother()
    {
        var plan = SketchPlans.Plan(["jazz", "funk"], ("Verse", 8_000));

        Assert.Equal("jazz", StyleReader.Read(plan, 1).Genre.Name);
        Assert.Equal("funk", StyleReader.Read(plan with { NegativeGlobalStyles = ["Jazz"] }, 1).Genre.Name);
    }

    [Fact]
    public void Words_Unwanted_WinOverTheSameWanted()
    {
        var plan = SketchPlans.Plan(["folk", "slow", "swing", "reverb", "3/4", "dorian"], ("Verse", 8_000)) with { NegativeGlobalStyles = ["slow", "swing", "reverb", "3/4", "dorian"] };
        var plain = SketchPlans.Read("folk");

        var reading = StyleReader.Read(plan, 1);

        Assert.True(reading.Bpm >= plain.Bpm);
        Assert.Equal(0, reading.Swing);
        Assert.True(reading.Production.Room < plain.Production.Room);
        Assert.Equal("4/4", reading.Metre.Name);
        Assert.NotEqual(Mode.Dorian, reading.Key.Mode);
    }

    [Fact]
    public void Production_Named_IsRead()
    {
        var plain = SketchPlans.Read("pop").Production;

        Assert.True(SketchPlans.Read("pop", "dry").Production.Room < plain.Room);
        Assert.True(SketchPlans.Read("pop", "reverb-drenched").Production.Room > plain.Room);
        Assert.True(SketchPlans.Read("pop", "wide").Production.Width > plain.Width);
        Assert.True(SketchPlans.Read("pop", "lo-fi").Production.Tape > plain.Tape);
        Assert.True(SketchPlans.Read("pop", "tape delay").Production.Echo > plain.Echo);
        Assert.All(SketchPlans.Read("pop", "vinyl").Sections, section => Assert.Equal(Texture.Vinyl, section.Texture));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("asdf qwer !!! 🎵🎵", "§$%&/()=")]
    [InlineData("ohne Schlagzeug, langsam, traurig", "Gitarre")]
    [InlineData("تقاسيم حزينة", "ริทึมเร็ว")]
    [InlineData("静かな ピアノ", "ドラム")]
    public void Styles_InNonsenseOrOtherLanguages_AreReadWithoutHarm(string wanted, string unwanted)
    {
        var plan = SketchPlans.Plan([wanted], ("", 3_000), (wanted, 3_000)) with { NegativeGlobalStyles = [unwanted] };

        var reading = StyleReader.Read(plan, 1);

        Assert.InRange(reading.Bpm, 40, 220);
        Assert.Equal(2, reading.Sections.Count);
        Assert.NotEmpty(reading.Understood);
    }

    [Fact]
    public void Parts_NamedAsTheOnlyOnes_PlayAlone()
    {
        var plan = SketchPlans.Plan(["pop"], ("Verse", 8_000), ("Loop C", 8_000));
        plan = plan with { Sections = [plan.Sections[0], plan.Sections[1] with { PositiveLocalStyles = ["thinner, bass and chords only"] }] };

        var sections = StyleReader.Read(plan, 1).Sections;

        Assert.Equal(PartSet.Of(Part.Bass, Part.Chords), sections[1].Parts);
        Assert.True(sections[0].Parts.Has(Part.Drums));
    }

    [Fact]
    public void KeyChange_LiftsTheLastChorus()
    {
        var plan = SketchPlans.Plan(["pop", "C major", "key change"], ("Verse", 8_000), ("Chorus", 8_000), ("Verse", 8_000), ("Chorus", 8_000), ("Outro", 8_000));

        Assert.Equal([0, 0, 0, 2, 2], StyleReader.Read(plan, 1).Sections.Select(section => section.Key.Tonic));
    }

    [Fact]
    public void German_IsUnderstood()
    {
        var reading = SketchPlans.Read("Klavier, langsam", "traurig", "ohne Schlagzeug");

        Assert.True(reading.Key.IsMinor);
        Assert.All(reading.Sections, section => Assert.False(section.Parts.Has(Part.Drums)));
        Assert.All(reading.Sections, section => Assert.Equal(Timbre.Piano, section.Timbres[(int)Part.Chords]));
    }

    [Fact]
    public void Instrument_InFront_HasTheTune()
    {
        var plan = SketchPlans.Plan(["jazz"], ("Solo", 8_000));
        plan = plan with { Sections = [plan.Sections[0] with { PositiveLocalStyles = ["vibraphone solo"] }] };

        Assert.Equal(Timbre.Marimba, StyleReader.Read(plan, 1).Sections[0].Timbres[(int)Part.Lead]);
    }

    [Theory]
    [InlineData("3/4 time", "3/4")]
    [InlineData("waltz", "3/4")]
    [InlineData("6/8", "6/8")]
    [InlineData("rock", "4/4")]
    public void Metre_Named_IsPlayed(string style, string expected) =>
        Assert.Equal(expected, SketchPlans.Read(style).Metre.Name);

    [Theory]
    [InlineData("lo-fi hip hop beats", "lo-fi hip-hop")]
    [InlineData("dark trap", "trap")]
    [InlineData("epic orchestral trailer", "cinematic")]
    [InlineData("indie rock band", "indie rock")]
    [InlineData("drum and bass", "drum and bass")]
    [InlineData("deep house", "house")]
    [InlineData("80s synthwave", "synthwave")]
    [InlineData("meditation music", "ambient")]
    [InlineData("smooth jazz", "jazz")]
    [InlineData("acoustic folk song", "acoustic folk")]
    [InlineData("funky groove", "funk")]
    [InlineData("boom bap", "hip-hop")]
    [InlineData("qwertz", "electropop")]
    [InlineData("techno", "techno")]
    [InlineData("uplifting trance", "trance")]
    [InlineData("dubstep drop", "dubstep")]
    [InlineData("slow R&B", "R&B")]
    [InlineData("70s disco", "disco")]
    [InlineData("motown soul", "soul")]
    [InlineData("gospel choir", "gospel")]
    [InlineData("12-bar blues", "blues")]
    [InlineData("nashville country", "country")]
    [InlineData("pop punk", "punk")]
    [InlineData("heavy metal", "metal")]
    [InlineData("roots reggae", "reggae")]
    [InlineData("bossa nova", "bossa nova")]
    [InlineData("salsa", "salsa")]
    [InlineData("reggaeton", "reggaeton")]
    [InlineData("romantic piano nocturne", "classical piano")]
    [InlineData("chiptune", "chiptune")]
    [InlineData("marching band", "march")]
    [InlineData("Wiener Walzer", "waltz")]
    [InlineData("Irish jig", "celtic jig")]
    [InlineData("ジャズ", "jazz")]
    [InlineData("música clásica", "classical piano")]
    public void Genre_Named_IsPlayed(string style, string expected) =>
        Assert.Equal(expected, SketchPlans.Read(style).Genre.Name);

    [Theory]
    [InlineData("no drums")]
    [InlineData("without drums")]
    [InlineData("drumless")]
    [InlineData("gentle piano without drums")]
    public void Drums_RefusedInWantedStyles_DoNotPlay(string style) =>
        Assert.All(SketchPlans.Read("pop", style).Sections, section => Assert.False(section.Parts.Has(Part.Drums)));

    [Fact]
    public void Part_WantedAndUnwanted_DoesNotPlay()
    {
        var plan = SketchPlans.Plan(["house", "punchy drums", "bass"], ("Drop", 8_000)) with { NegativeGlobalStyles = ["Drums", "bass"] };

        var section = Assert.Single(StyleReader.Read(plan, 1).Sections);

        Assert.False(section.Parts.Has(Part.Drums));
        Assert.False(section.Parts.Has(Part.Bass));
    }

    [Fact]
    public void Part_RefusedLocally_PlaysElsewhere()
    {
        var plan = new CompositionPlan
        {
            PositiveGlobalStyles = ["house"],
            Sections =
            [
                new PlanSection { SectionName = "Verse", DurationMs = 8_000, NegativeLocalStyles = ["drums"] },
                new PlanSection { SectionName = "Chorus", DurationMs = 8_000 },
            ],
        };

        var sections = StyleReader.Read(plan, 1).Sections;

        Assert.False(sections[0].Parts.Has(Part.Drums));
        Assert.True(sections[1].Parts.Has(Part.Drums));
    }

    [Fact]
    public void Part_UnwantedWithAdjective_StillPlays()
    {
        var plan = SketchPlans.Plan(["pop"], ("Chorus", 8_000)) with { NegativeGlobalStyles = ["harsh distorted drums"] };

        Assert.True(StyleReader.Read(plan, 1).Sections[0].Parts.Has(Part.Drums));
    }

    [Theory]
    [InlineData("acoustic guitar", Part.Chords, Timbre.AcousticGuitar)]
    [InlineData("warm rhodes piano", Part.Chords, Timbre.ElectricPiano)]
    [InlineData("felt piano", Part.Chords, Timbre.Piano)]
    [InlineData("soaring saw lead", Part.Lead, Timbre.SawLead)]
    [InlineData("808", Part.Bass, Timbre.SubBass)]
    [InlineData("lush strings", Part.Pad, Timbre.Strings)]
    [InlineData("church organ", Part.Chords, Timbre.Organ)]
    [InlineData("glassy bells", Part.Lead, Timbre.Bells)]
    internal void Instrument_Named_IsPlayed(string style, Part part, Timbre expected)
    {
        var section = SketchPlans.Read("pop", style).Sections[1];

        Assert.True(section.Parts.Has(part));
        Assert.Equal(expected, section.Timbres[(int)part]);
    }

    [Fact]
    public void Instrument_Alone_PlaysChordsAndTune()
    {
        var section = SketchPlans.Read("solo piano").Sections[1];

        Assert.Equal(PartSet.Of(Part.Chords, Part.Lead), section.Parts);
        Assert.Equal(Timbre.Piano, section.Timbres[(int)Part.Lead]);
    }

    [Theory]
    [InlineData("Intro", SectionForm.Intro)]
    [InlineData("Verse 2", SectionForm.Verse)]
    [InlineData("Pre-Chorus", SectionForm.PreChorus)]
    [InlineData("Final Chorus", SectionForm.Chorus)]
    [InlineData("Hook", SectionForm.Chorus)]
    [InlineData("Build-up", SectionForm.PreChorus)]
    [InlineData("DROP", SectionForm.Drop)]
    [InlineData("Breakdown", SectionForm.Breakdown)]
    [InlineData("Bridge", SectionForm.Bridge)]
    [InlineData("Loop A", SectionForm.Loop)]
    [InlineData("Outro", SectionForm.Outro)]
    [InlineData("verse1", SectionForm.Verse)]
    [InlineData("Refrain", SectionForm.Chorus)]
    [InlineData("Estribillo", SectionForm.Chorus)]
    [InlineData("サビ", SectionForm.Chorus)]
    [InlineData("Turnaround", SectionForm.Loop)]
    [InlineData("Button", SectionForm.Outro)]
    [InlineData("第一部分", SectionForm.Body)]
    internal void Form_IsReadFromTheName(string name, SectionForm expected) =>
        Assert.Equal(expected, FormReader.ReadForm(name));

    [Fact]
    public void Understood_NamesTheDecisions()
    {
        var understood = SketchPlans.Read("house", "124 bpm", "E major", "saw lead", "instrumental").Understood;

        Assert.Contains("124 BPM", understood);
        Assert.Contains("E major", understood);
        Assert.Contains("4/4", understood);
        Assert.Contains("four-on-the-floor", understood);
        Assert.Contains("saw lead", understood);
        Assert.Contains("no vocals", understood);
        Assert.Contains("ends on a hit", understood);
    }
}
