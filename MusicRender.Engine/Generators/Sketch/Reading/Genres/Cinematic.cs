namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Orchestral trailer music: ostinato strings, brass, large drums.</summary>
internal static class Cinematic
{
    public static readonly Genre Genre = new()
    {
        Name = "cinematic",
        Words = ["cinematic", "orchestral", "epic cinematic", "film score", "trailer", "epic", "soundtrack", "symphonic", "heroic", "orchestra", "hybrid orchestral", "score"],
        Bpm = 116,
        IsMinor = true,
        Looseness = 0.15,
        MajorProgressions = ["I IV vi V", "I bVII IV I", "vi IV I V", "I V ii IV"],
        MinorProgressions = ["i VI III VII", "i VI iv V", "i VII VI VII", "VI VII i i"],
        Kit = DrumKit.Orchestral,
        GrooveName = "cinematic drums",
        LightGroove = new((Drum.Kick, "x...............")),
        Groove = new((Drum.Kick, "X.....x.X......."), (Drum.LowTom, "....x.....x.x.x."), (Drum.Shaker, "o.o.o.o.o.o.o.o.")),
        FullGroove = new((Drum.Kick, "X..x..x.X..x..x."), (Drum.LowTom, "x..x..x.x..x..xx"), (Drum.HighTom, "......x.....x.x."), (Drum.Snare, "....x.......X..."), (Drum.Shaker, "xoxoxoxoxoxoxoxo")),
        Bass = "r---------------",
        FullBass = "r-r-r-r-r-r-r-r-",
        Chords = "x---------------",
        FullChords = "x-----x-----x---",
        ArpeggioSteps = 2,
        TuneRhythms = ["x-------x---x---", "x-----x-x-------", "x---x---x-------", "x--x--x-x-------"],
        Parts = PartSet.Of(Part.Drums, Part.Bass, Part.Chords, Part.Pad, Part.Arpeggio, Part.Lead),
        BassTimbre = Timbre.Contrabass,
        ChordsTimbre = Timbre.Brass,
        PadTimbre = Timbre.Strings,
        ArpeggioTimbre = Timbre.Strings,
        LeadTimbre = Timbre.Brass,
        Room = 0.75,
        Echo = 0.05,
    };
}
