namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Drum and bass: broken beats over a slow, wide bass.</summary>
internal static class DrumAndBass
{
    public static readonly Genre Genre = new()
    {
        Name = "drum and bass",
        Words = ["drum and bass", "drum n bass", "drum bass", "dnb", "d n b", "jungle", "liquid dnb", "breakbeat", "neurofunk", "breakcore"],
        Bpm = 174,
        IsMinor = true,
        MajorProgressions = ["Imaj7 Imaj7 vi7 vi7", "IVmaj7 IVmaj7 Imaj7 V"],
        MinorProgressions = ["i7 i7 VImaj7 VImaj7", "i i VI VII"],
        Kit = DrumKit.Electronic,
        GrooveName = "broken beat",
        LightGroove = new((Drum.ClosedHat, "x.x.x.x.x.x.x.x."), (Drum.Shaker, "oooooooooooooooo")),
        Groove = new((Drum.Kick, "X.........x....."), (Drum.Snare, "....X.......X..."), (Drum.ClosedHat, "x.x.x.x.x.x.x.x.")),
        FullGroove = new((Drum.Kick, "X.........X....."), (Drum.Snare, "....X..o.o..X..o"), (Drum.ClosedHat, "x.xxx.xxx.xxx.xx"), (Drum.Ride, "x...x...x...x...")),
        Bass = "r---------------",
        FullBass = "r-----r---o-r-5-",
        Chords = "x-----------....",
        FullChords = "x-----x-----....",
        ArpeggioSteps = 2,
        TuneRhythms = ["x-------x---x---", "x-----x-----....", "x---x-------x---"],
        Parts = PartSet.Of(Part.Drums, Part.Bass, Part.Pad, Part.Chords, Part.Arpeggio, Part.Lead),
        BassTimbre = Timbre.ReeseBass,
        ChordsTimbre = Timbre.ElectricPiano,
        LeadTimbre = Timbre.SynthPluck,
        Ducking = 0.3,
        Room = 0.45,
        Echo = 0.35,
    };
}
