namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>House and techno: off-beat bass, stabs, open hats.</summary>
internal static class House
{
    public static readonly Genre Genre = new()
    {
        Name = "house",
        Words = ["house", "deep house", "techno", "tech house", "club", "dance", "trance", "four on the floor", "disco", "eurodance", "progressive house", "rave"],
        Bpm = 124,
        IsMinor = true,
        MajorProgressions = ["Imaj7 Imaj7 vi7 vi7", "IVmaj7 V7 iii7 vi7", "I V vi IV"],
        MinorProgressions = ["i7 i7 VImaj7 VII", "i7 iv7 i7 v7", "i7 VII VImaj7 VII"],
        Kit = DrumKit.Electronic,
        GrooveName = "four-on-the-floor",
        LightGroove = new((Drum.Kick, "x...x...x...x..."), (Drum.Shaker, "..o...o...o...o.")),
        Groove = new((Drum.Kick, "X...X...X...X..."), (Drum.Clap, "....x.......x..."), (Drum.OpenHat, "..x...x...x...x."), (Drum.ClosedHat, "...o..o....o...o")),
        FullGroove = new((Drum.Kick, "X...X...X...X..."), (Drum.Clap, "....X.......X..o"), (Drum.OpenHat, "..X...X...X...X."), (Drum.ClosedHat, "xxoxxxoxxxoxxxox"), (Drum.Shaker, "oooooooooooooooo")),
        Bass = "..r-..r-..r-..o-",
        FullBass = "..r-..ro..r-.ro-",
        Chords = "...x--....x--...",
        FullChords = "x-.x--x-..x--x-.",
        ArpeggioSteps = 1,
        TuneRhythms = ["x--x--x---......", "..x-..x-x--x--..", "x-x---x-..x-x---"],
        Parts = PartSet.Of(Part.Drums, Part.Bass, Part.Chords, Part.Pad, Part.Arpeggio, Part.Lead),
        BassTimbre = Timbre.SynthBass,
        ChordsTimbre = Timbre.Supersaw,
        LeadTimbre = Timbre.SynthPluck,
        Ducking = 0.65,
        Room = 0.35,
        Echo = 0.35,
    };
}
