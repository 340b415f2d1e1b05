namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Funk: syncopated bass, ghost notes, short chords.</summary>
internal static class Funk
{
    public static readonly Genre Genre = new()
    {
        Name = "funk",
        Words = ["funk", "funky", "nu disco", "motown", "afrobeat", "slap bass", "groovy", "p funk"],
        Bpm = 108,
        IsMinor = true,
        Swing = 0.08,
        Looseness = 0.35,
        MajorProgressions = ["I7 I7 IV7 I7", "I7 IV7 I7 V7"],
        MinorProgressions = ["i7 IV7 i7 IV7", "i7 i7 iv7 v7"],
        Kit = DrumKit.Acoustic,
        GrooveName = "syncopated funk beat",
        LightGroove = new((Drum.ClosedHat, "xoxoxoxoxoxoxoxo"), (Drum.Kick, "x.........x.....")),
        Groove = new((Drum.Kick, "X..x......x..x.."), (Drum.Snare, "....X..o.o..X..o"), (Drum.ClosedHat, "xoxoxoxoxoxoxoxo")),
        FullGroove = new((Drum.Kick, "X..x..x...x..x.."), (Drum.Snare, "....X..o.o..X.oo"), (Drum.ClosedHat, "xoxoxo.oxoxoxo.o"), (Drum.OpenHat, "......x.......x.")),
        Bass = "r..r..o-..5.r.a.",
        FullBass = "r.or..o.r.5.o.a.",
        Chords = "..x...xx..x..x..",
        FullChords = "x.xx..xx..xx.x..",
        TuneRhythms = ["x-.x-.x-..x-....", "..x.x-x-..x.x---", "x-x---..x.x-x---"],
        Parts = PartSet.Of(Part.Drums, Part.Bass, Part.Chords, Part.Lead),
        BassTimbre = Timbre.ElectricBass,
        ChordsTimbre = Timbre.CleanGuitar,
        PadTimbre = Timbre.Organ,
        LeadTimbre = Timbre.Brass,
        Room = 0.25,
        Echo = 0.08,
    };
}
