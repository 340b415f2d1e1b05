namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Jazz, soul and bossa: a walking bass, brushes, extended chords.</summary>
internal static class Jazz
{
    public static readonly Genre Genre = new()
    {
        Name = "jazz",
        Words = ["jazz", "swing", "bebop", "soul", "neo soul", "bossa nova", "bossa", "smooth jazz", "blues", "lounge", "big band", "gospel"],
        Bpm = 112,
        Swing = 0.3,
        SwingUnit = 2,
        Looseness = 0.6,
        MajorProgressions = ["Imaj7 vi7 ii7 V7", "ii7 V7 Imaj7 vi7", "iii7 vi7 ii7 V7", "Imaj7 IVmaj7 iii7 vi7 ii7 V7 Imaj7 V7"],
        MinorProgressions = ["i7 iv7 i7 V7", "i7 VImaj7 ii7 V7", "iv7 VII7 IIImaj7 V7"],
        Kit = DrumKit.Brushes,
        GrooveName = "swing ride",
        LightGroove = new((Drum.Ride, "x...x...x...x..."), (Drum.ClosedHat, "....o.......o...")),
        Groove = new((Drum.Ride, "x...x.o.x...x.o."), (Drum.ClosedHat, "....x.......x..."), (Drum.Kick, "o.......o.......")),
        FullGroove = new((Drum.Ride, "X...x.x.X...x.x."), (Drum.ClosedHat, "....x.......x..."), (Drum.Kick, "x.....o...x....."), (Drum.Snare, "......o...o...x.")),
        Bass = "r---3---5---a---",
        FullBass = "r---5---3---a---",
        Chords = "x--...x---......",
        FullChords = "x-....x---x-..x-",
        TuneRhythms = ["x-x-x---..x-x-x-", "..x-x-x-x---....", "x---x-x-x-x-x---", "....x-x-x-x-x-x-"],
        Parts = PartSet.Of(Part.Drums, Part.Bass, Part.Chords, Part.Lead),
        BassTimbre = Timbre.UprightBass,
        ChordsTimbre = Timbre.Piano,
        PadTimbre = Timbre.Organ,
        LeadTimbre = Timbre.Saxophone,
        Room = 0.3,
        Echo = 0.08,
    };
}
