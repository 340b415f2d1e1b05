namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Ambient and meditation: long chords, few notes, much room.</summary>
internal static class Ambient
{
    public static readonly Genre Genre = new()
    {
        Name = "ambient",
        Words = ["ambient", "meditation", "meditative", "sleep", "sleep music", "spa", "new age", "drone", "relaxation", "healing", "soundscape", "relaxing", "calm", "yoga"],
        Bpm = 64,
        Looseness = 0.4,
        MajorProgressions = ["Imaj7 Imaj7 IVmaj7 IVmaj7", "Iadd9 Iadd9 vi7 vi7 IVmaj7 IVmaj7 Iadd9 Iadd9", "Iadd9 vi7 IVmaj7 Iadd9"],
        MinorProgressions = ["iadd9 iadd9 VImaj7 VImaj7", "i7 i7 iv7 iv7 VImaj7 VImaj7 i7 i7"],
        Kit = DrumKit.Brushes,
        GrooveName = "no beat",
        LightGroove = Groove.Silent,
        Groove = Groove.Silent,
        FullGroove = new((Drum.Kick, "o......."), (Drum.Shaker, "....o.......o...")),
        Bass = "r---------------",
        FullBass = "r---------------",
        Chords = "x---------------",
        FullChords = "x-------x-------",
        ArpeggioSteps = 4,
        TuneRhythms = ["x-------........", "....x-------....", "x-----------....", "x---x-----------"],
        Parts = PartSet.Of(Part.Bass, Part.Pad, Part.Chords, Part.Arpeggio, Part.Lead),
        BassTimbre = Timbre.SubBass,
        ChordsTimbre = Timbre.ElectricPiano,
        PadTimbre = Timbre.WarmPad,
        ArpeggioTimbre = Timbre.Bells,
        LeadTimbre = Timbre.Flute,
        Room = 0.95,
        Echo = 0.4,
    };
}
