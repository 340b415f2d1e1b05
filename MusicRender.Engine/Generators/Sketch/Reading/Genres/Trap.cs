namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Trap: fast hats over a half-time beat and a sliding 808.</summary>
internal static class Trap
{
    public static readonly Genre Genre = new()
    {
        Name = "trap",
        Words = ["trap", "dark trap", "drill", "808", "phonk", "trap beat", "hi hat roll", "rolling hi hats"],
        Bpm = 146,
        IsMinor = true,
        MajorProgressions = ["I I vi vi", "I IV vi V", "IV IV I I"],
        MinorProgressions = ["i i VI VI", "i i VI v", "i iv VI v", "i i iv VI"],
        Kit = DrumKit.Trap,
        GrooveName = "half-time trap beat",
        LightGroove = new((Drum.ClosedHat, "x.x.x.x.x.x.x.x."), (Drum.Rim, "........o......."), (Drum.Kick, "o...............")),
        Groove = new((Drum.Kick, "X.....x...x....."), (Drum.Snare, "........X......."), (Drum.ClosedHat, "x.x.xxx.x.x.x.xx")),
        FullGroove = new((Drum.Kick, "X.....x...X...x.X..x......x..x.."), (Drum.Snare, "........X...............X......."), (Drum.Clap, "........X...............X......."), (Drum.ClosedHat, "x.x.xxx.x.xxx.xxx.xxx.x.xxxxx.xx"), (Drum.OpenHat, "..............x...............x.")),
        Bass = "r-------..r-----",
        FullBass = "r-----r---r---o-",
        Chords = "x---------------",
        FullChords = "x-------------x-",
        ArpeggioSteps = 2,
        TuneRhythms = ["x---x-x-....x---", "x-----x-x-......", "x-x-x-....x-x---", "x-------x-x-x---"],
        Parts = PartSet.Of(Part.Drums, Part.Bass, Part.Pad, Part.Arpeggio, Part.Lead),
        BassTimbre = Timbre.SubBass,
        ChordsTimbre = Timbre.Piano,
        PadTimbre = Timbre.Choir,
        ArpeggioTimbre = Timbre.Harp,
        LeadTimbre = Timbre.Bells,
        Ducking = 0.25,
        Room = 0.45,
        Echo = 0.3,
    };
}
