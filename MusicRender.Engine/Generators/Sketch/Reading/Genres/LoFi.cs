namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Lo-fi: swung, dusty, warm sevenths.</summary>
internal static class LoFi
{
    public static readonly Genre Genre = new()
    {
        Name = "lo-fi hip-hop",
        Words = ["lo fi", "lofi", "chillhop", "chill beat", "study music", "cozy", "vinyl", "vinyl crackle", "lo fi hip hop", "chill"],
        Bpm = 84,
        Swing = 0.2,
        Looseness = 0.6,
        MajorProgressions = ["ii7 V7 Imaj7 vi7", "Imaj7 vi7 ii7 V7", "IVmaj7 iii7 ii7 Imaj7", "Imaj7 iii7 IVmaj7 V7"],
        MinorProgressions = ["i7 iv7 VII7 IIImaj7", "iv7 VII7 IIImaj7 VImaj7", "i7 VImaj7 iv7 v7"],
        Kit = DrumKit.Dusty,
        GrooveName = "swung lo-fi beat",
        LightGroove = new((Drum.ClosedHat, "o...o...o...o..."), (Drum.Kick, "x...............")),
        Groove = new((Drum.Kick, "x......x..x....."), (Drum.Snare, "....x.......x..."), (Drum.ClosedHat, "x.o.x.o.x.o.x.oo")),
        FullGroove = new((Drum.Kick, "X......x..x..o.."), (Drum.Snare, "....x..o....x..o"), (Drum.ClosedHat, "x.o.x.o.x.o.x.oo"), (Drum.Shaker, "..o...o...o...o.")),
        Bass = "r-----5-..r---..",
        FullBass = "r---..r-5-..r-a-",
        Chords = "x-------..x-----",
        FullChords = "x-----x---..x---",
        TuneRhythms = ["..x-x---..x-x---", "x---..x-x-x-....", "....x-x-x-------", "x-x-x-----......"],
        Parts = PartSet.Of(Part.Drums, Part.Bass, Part.Chords, Part.Pad, Part.Lead, Part.Texture),
        BassTimbre = Timbre.UprightBass,
        ChordsTimbre = Timbre.ElectricPiano,
        LeadTimbre = Timbre.SoftLead,
        Texture = Texture.Vinyl,
        Ducking = 0.2,
        Room = 0.3,
        Echo = 0.2,
    };
}
