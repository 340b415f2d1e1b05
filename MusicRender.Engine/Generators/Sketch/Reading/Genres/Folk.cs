namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Folk, country and acoustic songs: strummed and picked guitars.</summary>
internal static class Folk
{
    public static readonly Genre Genre = new()
    {
        Name = "acoustic folk",
        Words = ["folk", "indie folk", "acoustic", "country", "singer songwriter", "bluegrass", "celtic", "campfire", "unplugged", "americana", "acoustic folk", "ballad"],
        Bpm = 98,
        Looseness = 0.5,
        MajorProgressions = ["I IV I V", "I V vi IV", "I vi IV V", "I IV V I"],
        MinorProgressions = ["i VII VI VII", "i iv VII III", "i VI III VII"],
        Kit = DrumKit.Brushes,
        GrooveName = "brushed folk beat",
        LightGroove = Groove.Silent,
        Groove = new((Drum.Kick, "x.......x......."), (Drum.Shaker, "o.o.x.o.o.o.x.o.")),
        FullGroove = new((Drum.Kick, "X.......x.x....."), (Drum.Snare, "....x.......x..."), (Drum.Shaker, "o.o.x.o.o.o.x.o.")),
        Bass = "r-------5-------",
        FullBass = "r-----r-5---r-a-",
        Chords = "x---x-x---x-x-x-",
        FullChords = "x-x-x-xxx-x-x-xx",
        TuneRhythms = ["x---x---x-x-x---", "x-x-x---x---....", "x-----x-x-------", "..x-x-x-x---x---"],
        Parts = PartSet.Of(Part.Drums, Part.Bass, Part.Chords, Part.Lead, Part.Pad),
        BassTimbre = Timbre.UprightBass,
        ChordsTimbre = Timbre.AcousticGuitar,
        PadTimbre = Timbre.Strings,
        ArpeggioTimbre = Timbre.AcousticGuitar,
        LeadTimbre = Timbre.Violin,
        Room = 0.35,
        Echo = 0.05,
    };
}
