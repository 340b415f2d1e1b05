namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>What an instrument's name in a style means for the arrangement.</summary>
/// <param name="Part">The part that plays it.</param>
/// <param name="Timbre">Its sound; <see cref="Timbre.None"/> for the genre's own.</param>
/// <param name="Words">Its names, normalised as by <see cref="StyleText"/>.</param>
internal sealed record Instrument(Part Part, Timbre Timbre, params string[] Words);

/// <summary>The instruments that styles can name, the particular before the general.</summary>
internal static class Instruments
{
    /// <summary>The table.</summary>
    public static readonly Instrument[] All =
    [
        new(Part.Bass, Timbre.SubBass, "808", "808 bass", "sub bass", "sub"),
        new(Part.Bass, Timbre.ReeseBass, "reese", "reese bass", "wobble bass", "growl bass"),
        new(Part.Bass, Timbre.AcidBass, "acid bass", "303", "acid"),
        new(Part.Bass, Timbre.SynthBass, "synth bass", "saw bass", "analog bass", "analogue bass", "moog bass"),
        new(Part.Bass, Timbre.UprightBass, "upright bass", "double bass", "acoustic bass", "walking bass"),
        new(Part.Bass, Timbre.ElectricBass, "bass guitar", "electric bass", "slap bass", "funky bass", "picked bass", "fingered bass"),
        new(Part.Bass, Timbre.Contrabass, "contrabass", "low strings", "cello", "low brass"),
        new(Part.Chords, Timbre.ElectricPiano, "electric piano", "rhodes", "wurlitzer", "e piano", "epiano", "fender rhodes", "warm keys", "mellow keys"),
        new(Part.Chords, Timbre.Piano, "piano", "upright piano", "felt piano", "grand piano", "keys", "klavier"),
        new(Part.Chords, Timbre.Organ, "organ", "hammond", "harmonium", "accordion"),
        new(Part.Chords, Timbre.DistortedGuitar, "distorted guitar", "heavy guitar", "overdriven guitar", "power chord", "crunchy guitar", "fuzz guitar"),
        new(Part.Chords, Timbre.AcousticGuitar, "acoustic guitar", "nylon guitar", "fingerpicked guitar", "ukulele", "strummed guitar", "banjo", "mandolin"),
        new(Part.Chords, Timbre.CleanGuitar, "clean guitar", "electric guitar", "jangly guitar", "guitar", "rhythm guitar", "funk guitar"),
        new(Part.Chords, Timbre.Brass, "brass stab", "horn section", "brass section", "brass", "horn"),
        new(Part.Chords, Timbre.Supersaw, "supersaw", "supersaw chord", "saw chord", "synth stab", "saw stab"),
        new(Part.Arpeggio, Timbre.SynthPluck, "synth pluck", "plucky synth", "pluck", "plucked synth", "arpeggio", "arp", "arpeggiator", "arpeggiated synth", "arpeggiated"),
        new(Part.Arpeggio, Timbre.Harp, "harp", "kalimba", "koto"),
        new(Part.Arpeggio, Timbre.Marimba, "marimba", "xylophone", "vibraphone", "mallet"),
        new(Part.Lead, Timbre.Bells, "bell", "music box", "glockenspiel", "celesta", "chime", "bell melody"),
        new(Part.Pad, Timbre.Strings, "string", "orchestral string", "string section", "violas", "orchestra"),
        new(Part.Pad, Timbre.Choir, "choir", "choral", "vocal pad", "choir pad"),
        new(Part.Pad, Timbre.GlassPad, "glass pad", "shimmer pad", "ethereal pad", "airy pad", "crystal pad"),
        new(Part.Pad, Timbre.WarmPad, "pad", "synth pad", "warm pad", "analog pad", "ambient pad", "drone", "soundscape"),
        new(Part.Lead, Timbre.SawLead, "saw lead", "synth lead", "lead synth", "supersaw lead", "lead melody"),
        new(Part.Lead, Timbre.SquareLead, "square lead", "chiptune lead", "8 bit", "8bit", "chip lead"),
        new(Part.Lead, Timbre.Flute, "flute", "whistle", "recorder", "pan flute", "shakuhachi", "ocarina"),
        new(Part.Lead, Timbre.Saxophone, "saxophone", "sax", "clarinet", "oboe"),
        new(Part.Lead, Timbre.Violin, "violin", "fiddle", "solo violin", "erhu"),
        new(Part.Lead, Timbre.Brass, "trumpet", "trombone", "solo trumpet", "french horn"),
        new(Part.Lead, Timbre.DistortedGuitar, "lead guitar", "guitar solo", "electric guitar lead"),
    ];

    /// <summary>Words for a part as a whole.</summary>
    public static readonly (Part Part, string[] Words)[] PartWords =
    [
        (Part.Drums, ["drum", "percussion", "beat", "drum kit", "drumkit", "drum machine", "kick", "groove", "breakbeat", "schlagzeug"]),
        (Part.Bass, ["bass", "bassline", "bass line", "low end"]),
        (Part.Chords, ["chord", "keyboard", "harmony"]),
        (Part.Pad, ["pad", "atmosphere"]),
        (Part.Arpeggio, ["arpeggio", "arp", "arpeggiator", "pluck"]),
        (Part.Lead, ["lead", "melody", "lead melody", "topline", "tune"]),
    ];

    /// <summary>
    /// The instruments that a style names. A longer name hides the shorter ones in it: "acoustic guitar" is not also
    /// an electric one.
    /// </summary>
    public static IEnumerable<Instrument> NamedIn(string style)
    {
        var found = All
            .Select(instrument => (Instrument: instrument, Word: instrument.Words.Where(word => StyleText.Has(style, word)).MaxBy(word => word.Length)))
            .Where(match => match.Word is not null)
            .ToList();
        return found
            .Where(match => !found.Any(other => other.Word!.Length > match.Word!.Length && other.Word.Contains(match.Word, StringComparison.Ordinal)))
            .Select(match => match.Instrument);
    }
}
