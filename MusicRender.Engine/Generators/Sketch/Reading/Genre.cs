namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>
/// What a genre is made of, as data. Patterns are written for a bar of sixteen steps; a longer one takes several bars.
/// </summary>
internal sealed record Genre
{
    /// <summary>As shown to people and written into tags: "lo-fi hip-hop".</summary>
    public required string Name { get; init; }

    /// <summary>Words that point to it, normalised; each counts one, a longer phrase more.</summary>
    public required string[] Words { get; init; }

    /// <summary>Tempo when none is asked for, beats a minute.</summary>
    public required double Bpm { get; init; }

    /// <summary>True when its usual mode is minor.</summary>
    public bool IsMinor { get; init; }

    /// <summary>How late the second of two swung steps comes, 0 (straight) to 0.33 (triplets), of a step.</summary>
    public double Swing { get; init; }

    /// <summary>Steps that swing: 1 for sixteenths, 2 for eighths.</summary>
    public int SwingUnit { get; init; } = 1;

    /// <summary>Timing and dynamics of a person: 0 (machine) to 1 (loose).</summary>
    public double Looseness { get; init; }

    /// <summary>Progressions in major, in roman numerals, a chord a bar.</summary>
    public required string[] MajorProgressions { get; init; }

    /// <summary>Progressions in minor.</summary>
    public required string[] MinorProgressions { get; init; }

    /// <summary>The drum sounds.</summary>
    public required DrumKit Kit { get; init; }

    /// <summary>The groove of quiet sections.</summary>
    public required Groove LightGroove { get; init; }

    /// <summary>The groove of verses.</summary>
    public required Groove Groove { get; init; }

    /// <summary>The groove of choruses and drops.</summary>
    public required Groove FullGroove { get; init; }

    /// <summary>What people call its groove: "four-on-the-floor".</summary>
    public required string GrooveName { get; init; }

    /// <summary>
    /// The bass in verses: r root, 3 third, 5 fifth, o octave, a approach to the next root; - holds, . rests.
    /// </summary>
    public required string Bass { get; init; }

    /// <summary>The bass in choruses.</summary>
    public required string FullBass { get; init; }

    /// <summary>The rhythm of the chords in verses: x a stroke, - holds, . rests.</summary>
    public required string Chords { get; init; }

    /// <summary>The rhythm of the chords in choruses.</summary>
    public required string FullChords { get; init; }

    /// <summary>Steps between the notes of the arpeggio: 1, 2 or 4.</summary>
    public int ArpeggioSteps { get; init; } = 2;

    /// <summary>Rhythms of a bar of the tune: x a note, - holds, . rests.</summary>
    public required string[] TuneRhythms { get; init; }

    /// <summary>The parts that play when nothing else is said.</summary>
    public required PartSet Parts { get; init; }

    /// <summary>Sound of the bass.</summary>
    public required Timbre BassTimbre { get; init; }

    /// <summary>Sound of the chords.</summary>
    public required Timbre ChordsTimbre { get; init; }

    /// <summary>Sound of the pad.</summary>
    public Timbre PadTimbre { get; init; } = Timbre.WarmPad;

    /// <summary>Sound of the arpeggio.</summary>
    public Timbre ArpeggioTimbre { get; init; } = Timbre.SynthPluck;

    /// <summary>Sound of the tune.</summary>
    public required Timbre LeadTimbre { get; init; }

    /// <summary>The noise under the music.</summary>
    public Texture Texture { get; init; }

    /// <summary>How far the kick pushes the other parts down, 0–1.</summary>
    public double Ducking { get; init; }

    /// <summary>How much room there is, 0 (dry) to 1 (cathedral).</summary>
    public double Room { get; init; } = 0.4;

    /// <summary>How much echo the lead has, 0–1.</summary>
    public double Echo { get; init; } = 0.2;
}

/// <summary>The drum patterns of a bar: X loud, x normal, o soft, . rest. Null is a drum that does not play.</summary>
/// <param name="Lines">Each drum with its pattern.</param>
internal sealed record Groove(params (Drum Drum, string Pattern)[] Lines)
{
    /// <summary>No drums at all.</summary>
    public static readonly Groove Silent = new();
}
