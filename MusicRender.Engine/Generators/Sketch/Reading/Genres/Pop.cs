namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Bright electronic pop; also what is played when no style names a genre.</summary>
internal static class Pop
{
    public static readonly Genre Genre = new()
    {
        Name = "electropop",
        Words = ["pop", "electropop", "electro pop", "synth pop", "synthpop", "dance pop", "electronic pop", "edm", "electronic", "electro", "future bass", "bright pop"],
        Bpm = 118,
        MajorProgressions = ["I V vi IV", "vi IV I V", "IV I V vi", "I iii vi IV"],
        MinorProgressions = ["i VI III VII", "VI VII i i", "i VII VI VII"],
        Kit = DrumKit.Electronic,
        GrooveName = "four-on-the-floor",
        LightGroove = new((Drum.Kick, "x.......x......."), (Drum.ClosedHat, "..x...x...x...x.")),
        Groove = new((Drum.Kick, "X...x...x...x..."), (Drum.Snare, "....x.......x..."), (Drum.ClosedHat, "x.x.x.x.x.x.x.xo")),
        FullGroove = new((Drum.Kick, "X...X...X...X..."), (Drum.Snare, "....x.......x..."), (Drum.Clap, "....X.......X..."), (Drum.ClosedHat, "xoxoxoxoxoxoxoxo"), (Drum.OpenHat, "..x...x...x...x.")),
        Bass = "r-----r-..r---5-",
        FullBass = "r-r-r-r-r-r-r-o-",
        Chords = "x-----x-----x---",
        FullChords = "x--x--x-x--x--x-",
        TuneRhythms = ["x-x-x---x-x-x-x-", "x--x--x-x---....", "..x-x-x-x--x--x-", "x---x-x-x-x-x---"],
        Parts = PartSet.Of(Part.Drums, Part.Bass, Part.Chords, Part.Pad, Part.Arpeggio, Part.Lead),
        BassTimbre = Timbre.SynthBass,
        ChordsTimbre = Timbre.Supersaw,
        LeadTimbre = Timbre.SawLead,
        Ducking = 0.5,
        Room = 0.35,
        Echo = 0.25,
    };
}
