namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Indie and other rock: a live band.</summary>
internal static class Rock
{
    public static readonly Genre Genre = new()
    {
        Name = "indie rock",
        Words = ["rock", "indie", "indie rock", "alternative", "punk", "live band", "garage rock", "britpop", "metal", "grunge", "indie pop", "pop rock"],
        Bpm = 102,
        Looseness = 0.5,
        MajorProgressions = ["I V vi IV", "I IV vi V", "I IV I V", "vi IV I V"],
        MinorProgressions = ["i VI III VII", "i III VII iv", "i VII VI VII"],
        Kit = DrumKit.Acoustic,
        GrooveName = "rock beat",
        LightGroove = new((Drum.ClosedHat, "x...x...x...x..."), (Drum.Rim, "....o.......o..."), (Drum.Kick, "x.......x.......")),
        Groove = new((Drum.Kick, "X.......x.x....."), (Drum.Snare, "....X.......X..."), (Drum.ClosedHat, "x.x.x.x.x.x.x.x.")),
        FullGroove = new((Drum.Kick, "X.x...x.X.x....."), (Drum.Snare, "....X.......X..o"), (Drum.Ride, "x.o.x.o.x.o.x.o."), (Drum.OpenHat, "x...x...x...x...")),
        Bass = "r-r-r-r-r-r-r-r-",
        FullBass = "r-r-r-r-r-r-5-a-",
        Chords = "x---x-x-..x-x-x-",
        FullChords = "x-x-x-x-x-x-x-x-",
        TuneRhythms = ["x-x-x-x-x---....", "x---x-x-..x-x---", "..x-x-x-x-----..", "x--x--x-x-------"],
        Parts = PartSet.Of(Part.Drums, Part.Bass, Part.Chords, Part.Pad, Part.Lead),
        BassTimbre = Timbre.ElectricBass,
        ChordsTimbre = Timbre.CleanGuitar,
        PadTimbre = Timbre.Organ,
        ArpeggioTimbre = Timbre.CleanGuitar,
        LeadTimbre = Timbre.DistortedGuitar,
        Room = 0.3,
        Echo = 0.12,
    };
}
