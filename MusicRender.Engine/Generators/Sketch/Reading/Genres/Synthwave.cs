namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Synthwave: running octaves, gated drums, wide pads.</summary>
internal static class Synthwave
{
    public static readonly Genre Genre = new()
    {
        Name = "synthwave",
        Words = ["synthwave", "retrowave", "outrun", "80s", "1980s", "eighties", "vaporwave", "retro", "neon", "new wave"],
        Bpm = 104,
        IsMinor = true,
        MajorProgressions = ["I V vi IV", "IV V I vi", "I vi IV V"],
        MinorProgressions = ["i VI III VII", "i VII VI V", "VI VII i III"],
        Kit = DrumKit.Electronic,
        GrooveName = "eighties backbeat",
        LightGroove = new((Drum.Kick, "x.......x......."), (Drum.ClosedHat, "x.x.x.x.x.x.x.x.")),
        Groove = new((Drum.Kick, "X.......X......."), (Drum.Snare, "....X.......X..."), (Drum.ClosedHat, "xoxoxoxoxoxoxoxo")),
        FullGroove = new((Drum.Kick, "X.....x.X......."), (Drum.Snare, "....X.......X..."), (Drum.Clap, "....x.......x..."), (Drum.ClosedHat, "xoxoxoxoxoxoxoxo"), (Drum.HighTom, "..............x.")),
        Bass = "r.r.r.r.r.r.r.o.",
        FullBass = "rrorrrorrrorrror",
        Chords = "x---------------",
        FullChords = "x-----x---x-----",
        ArpeggioSteps = 1,
        TuneRhythms = ["x-----x-----x---", "x---x---x-x-x---", "x-----------x-x-", "x--x--x---------"],
        Parts = PartSet.Of(Part.Drums, Part.Bass, Part.Pad, Part.Arpeggio, Part.Lead),
        BassTimbre = Timbre.SynthBass,
        ChordsTimbre = Timbre.Supersaw,
        LeadTimbre = Timbre.SawLead,
        Ducking = 0.35,
        Room = 0.5,
        Echo = 0.4,
    };
}
