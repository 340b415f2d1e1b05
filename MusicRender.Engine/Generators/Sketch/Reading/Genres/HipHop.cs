namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Boom-bap hip-hop and slow R&amp;B.</summary>
internal static class HipHop
{
    public static readonly Genre Genre = new()
    {
        Name = "hip-hop",
        Words = ["hip hop", "hiphop", "boom bap", "rap", "r&b", "rnb", "r b", "old school beat"],
        Bpm = 92,
        IsMinor = true,
        Swing = 0.14,
        Looseness = 0.35,
        MajorProgressions = ["Imaj7 IVmaj7 ii7 V7", "vi7 IVmaj7 Imaj7 V"],
        MinorProgressions = ["i7 iv7 VImaj7 v7", "i7 VImaj7 i7 v7"],
        Kit = DrumKit.Dusty,
        GrooveName = "boom-bap beat",
        LightGroove = new((Drum.ClosedHat, "x.x.x.x.x.x.x.x."), (Drum.Kick, "x.........x.....")),
        Groove = new((Drum.Kick, "X......x..x....."), (Drum.Snare, "....X.......X..."), (Drum.ClosedHat, "x.x.x.x.x.x.x.x.")),
        FullGroove = new((Drum.Kick, "X..x...x..X..x.."), (Drum.Snare, "....X..o.o..X..o"), (Drum.ClosedHat, "x.xxx.x.x.x.x.xx"), (Drum.OpenHat, "..............x.")),
        Bass = "r--...r-..5---..",
        FullBass = "r--r..r-..r-5-a-",
        Chords = "x-----....x-----",
        FullChords = "x---..x---..x---",
        TuneRhythms = ["..x-x-x---......", "x--x--x-x---....", "....x-x-x--x----"],
        Parts = PartSet.Of(Part.Drums, Part.Bass, Part.Chords, Part.Lead),
        BassTimbre = Timbre.ElectricBass,
        ChordsTimbre = Timbre.ElectricPiano,
        LeadTimbre = Timbre.SoftLead,
        Room = 0.25,
        Echo = 0.15,
    };
}
