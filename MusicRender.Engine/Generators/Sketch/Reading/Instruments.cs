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
        new(Part.Bass, Timbre.SubBass, "808", "808 bass", "sub bass", "sub", "sliding 808 bass", "deep sub bass"),
        new(Part.Bass, Timbre.ReeseBass, "reese", "reese bass"),
        new(Part.Bass, Timbre.GrowlBass, "wobble bass", "growl bass", "growl", "wobble"),
        new(Part.Bass, Timbre.AcidBass, "acid bass", "303", "acid"),
        new(Part.Bass, Timbre.ChipBass, "chip bass", "8 bit bass", "triangle bass"),
        new(Part.Bass, Timbre.SynthBass, "synth bass", "saw bass", "analog bass", "analogue bass", "moog bass", "synth pulse"),
        new(Part.Bass, Timbre.UprightBass, "upright bass", "double bass", "acoustic bass", "walking bass", "kontrabass", "contrabajo"),
        new(Part.Bass, Timbre.SlapBass, "slap bass", "slapped bass", "popping bass"),
        new(Part.Bass, Timbre.ElectricBass, "bass guitar", "electric bass", "funky bass", "picked bass", "fingered bass", "bassgitarre", "e bass"),
        new(Part.Bass, Timbre.Contrabass, "contrabass", "low strings"),
        new(Part.Bass, Timbre.Tuba, "tuba", "sousaphone", "low brass", "low brass swells"),
        new(Part.Chords, Timbre.ElectricPiano, "electric piano", "rhodes", "wurlitzer", "e piano", "epiano", "fender rhodes", "warm keys", "mellow keys"),
        new(Part.Chords, Timbre.Harpsichord, "harpsichord", "cembalo", "clavinet", "clavichord", "spinet"),
        new(Part.Chords, Timbre.Piano, "piano", "upright piano", "felt piano", "grand piano", "keys", "klavier", "honky tonk piano", "ピアノ", "钢琴", "pianoforte"),
        new(Part.Chords, Timbre.Accordion, "accordion", "bandoneon", "concertina", "akkordeon", "acordeón", "harmonium", "melodica"),
        new(Part.Chords, Timbre.Organ, "organ", "hammond", "orgel", "hammond organ", "church organ"),
        new(Part.Chords, Timbre.DistortedGuitar, "distorted guitar", "heavy guitar", "overdriven guitar", "power chord", "crunchy guitar", "fuzz guitar"),
        new(Part.Chords, Timbre.MutedGuitar, "muted guitar", "muted funk guitar", "palm muted guitar", "funk guitar", "wah guitar", "skank guitar", "chicken scratch guitar"),
        new(Part.Chords, Timbre.AcousticGuitar, "acoustic guitar", "nylon guitar", "nylon string guitar", "fingerpicked guitar", "ukulele", "strummed guitar", "mandolin", "classical guitar", "spanish guitar", "flamenco guitar", "akustikgitarre", "guitarra acústica"),
        new(Part.Chords, Timbre.CleanGuitar, "clean guitar", "electric guitar", "jangly guitar", "guitar", "rhythm guitar", "gitarre", "guitarra", "guitare", "chitarra", "ギター", "吉他"),
        new(Part.Chords, Timbre.Brass, "brass stab", "horn section", "brass section", "brass", "horn", "horn stab"),
        new(Part.Chords, Timbre.Supersaw, "supersaw", "supersaw chord", "saw chord", "synth stab", "saw stab", "synth chord"),
        new(Part.Arpeggio, Timbre.SynthPluck, "synth pluck", "plucky synth", "pluck", "plucked synth", "arpeggio", "arp", "arpeggiator", "arpeggiated synth", "arpeggiated", "sequencer"),
        new(Part.Arpeggio, Timbre.Harp, "harp", "kalimba", "koto", "zither", "harfe"),
        new(Part.Arpeggio, Timbre.Banjo, "banjo"),
        new(Part.Arpeggio, Timbre.Strings, "string ostinato", "staccato string", "spiccato string", "pizzicato"),
        new(Part.Arpeggio, Timbre.Marimba, "marimba", "xylophone", "vibraphone", "mallet", "vibes", "balafon"),
        new(Part.Lead, Timbre.SteelDrum, "steel drum", "steel pan", "steelpan", "hang drum", "handpan"),
        new(Part.Lead, Timbre.Bells, "bell", "music box", "glockenspiel", "celesta", "chime", "bell melody", "glocken"),
        new(Part.Lead, Timbre.Sitar, "sitar"),
        new(Part.Pad, Timbre.Strings, "string", "orchestral string", "string section", "violas", "orchestra", "streicher", "cuerdas"),
        new(Part.Pad, Timbre.Choir, "choir", "choral", "vocal pad", "choir pad", "chor"),
        new(Part.Pad, Timbre.GlassPad, "glass pad", "shimmer pad", "ethereal pad", "airy pad", "crystal pad"),
        new(Part.Pad, Timbre.WarmPad, "pad", "synth pad", "warm pad", "analog pad", "ambient pad", "drone", "soundscape"),
        new(Part.Lead, Timbre.Supersaw, "supersaw lead"),
        new(Part.Lead, Timbre.SynthPluck, "plucked lead", "pluck lead", "bright plucked lead"),
        new(Part.Lead, Timbre.SawLead, "saw lead", "synth lead", "lead synth"),
        new(Part.Lead, Timbre.SquareLead, "square lead", "chiptune lead", "8 bit", "8bit", "chip lead", "pulse lead"),
        new(Part.Lead, Timbre.Flute, "flute", "whistle", "recorder", "pan flute", "shakuhachi", "ocarina", "flöte", "flauta", "tin whistle"),
        new(Part.Lead, Timbre.Clarinet, "clarinet", "oboe", "bassoon", "klarinette"),
        new(Part.Lead, Timbre.Saxophone, "saxophone", "sax", "saxofón", "saxophon", "harmonica"),
        new(Part.Lead, Timbre.Violin, "violin", "fiddle", "solo violin", "erhu", "viola", "geige", "violine", "violín"),
        new(Part.Lead, Timbre.Cello, "cello", "solo cello", "violoncello", "violonchelo"),
        new(Part.Lead, Timbre.Trumpet, "trumpet", "solo trumpet", "muted trumpet", "cornet", "trompete", "trompeta", "flugelhorn"),
        new(Part.Lead, Timbre.Brass, "trombone", "french horn"),
        new(Part.Lead, Timbre.DistortedGuitar, "lead guitar", "guitar solo", "electric guitar lead", "electric guitar solo"),
    ];

    /// <summary>Words for a part as a whole.</summary>
    public static readonly (Part Part, string[] Words)[] PartWords =
    [
        (Part.Drums, ["drum", "percussion", "beat", "drum kit", "drumkit", "drum machine", "kick", "groove", "breakbeat", "schlagzeug", "batería", "bateria", "batterie", "hi hat", "snare", "clap", "tambourine", "conga"]),
        (Part.Bass, ["bass", "bassline", "bass line", "low end"]),
        (Part.Chords, ["chord", "keyboard", "harmony"]),
        (Part.Pad, ["pad", "atmosphere"]),
        (Part.Arpeggio, ["arpeggio", "arp", "arpeggiator", "pluck"]),
        (Part.Lead, ["lead", "melody", "lead melody", "topline", "tune", "melodie", "melodía"]),
    ];

    // "Felt piano solo", "theme in the cello": whatever it is, it has the tune there.
    private static readonly string[] InFront = ["solo", "in front", "melody in the", "theme in the", "motif", "on top", "lead", "melody", "sustained", "far away"];

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

    /// <summary>The part that an instrument plays in a style: the tune where the style puts it in front.</summary>
    public static Part PartIn(string style, Instrument instrument) =>
        instrument.Part is Part.Chords or Part.Arpeggio or Part.Pad
        && !style.StartsWith(" solo ", StringComparison.Ordinal)
        && InFront.Any(word => StyleText.Has(style, word))
            ? Part.Lead
            : instrument.Part;
}
