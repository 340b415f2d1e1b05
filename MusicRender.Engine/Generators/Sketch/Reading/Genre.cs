namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>
/// What a genre is made of, as data: one JSON file in <c>Genres</c>. Patterns have a letter a sixteenth and are written for
/// bars of the genre's own metre; a longer one takes several bars.
/// </summary>
internal sealed record Genre
{
    /// <summary>As shown to people and written into tags: "lo-fi hip-hop".</summary>
    public required string Name { get; init; }

    /// <summary>Phrases that point to it, normalised as by <see cref="StyleText"/>.</summary>
    public required string[] Words { get; init; }

    /// <summary>Tempo when none is asked for, beats a minute.</summary>
    public required double Bpm { get; init; }

    /// <summary>Its usual mode: <see cref="Reading.Mode.Major"/> or <see cref="Reading.Mode.Minor"/>.</summary>
    public required Mode Mode { get; init; }

    /// <summary>The bar that its patterns are written for, as musicians write it.</summary>
    public required string Metre { get; init; }

    /// <summary>How late the second of two swung steps comes, 0 (straight) to 0.33 (triplets), of a step.</summary>
    public double Swing { get; init; }

    /// <summary>Steps that swing: 1 for sixteenths, 2 for eighths.</summary>
    public required int SwingUnit { get; init; }

    /// <summary>Timing and dynamics of a person: 0 (machine) to 1 (loose).</summary>
    public double Looseness { get; init; }

    /// <summary>How far snare, chords and tune lie behind the beat, ms.</summary>
    public double Drag { get; init; }

    /// <summary>Progressions in major: a bar a word, "ii7,V7" two chords in a bar, "V/3" with its third in the bass.</summary>
    public required string[] Major { get; init; }

    /// <summary>Progressions in minor.</summary>
    public required string[] Minor { get; init; }

    /// <summary>The drum sounds.</summary>
    public required DrumKit Kit { get; init; }

    /// <summary>What people call its groove: "four-on-the-floor".</summary>
    public required string Beat { get; init; }

    /// <summary>How the drums lead into the next phrase.</summary>
    public required Fills Fills { get; init; }

    /// <summary>True when tension before a drop is built by rolls, risers and a stop.</summary>
    public bool Builds { get; init; }

    /// <summary>True when a cymbal marks where loud sections begin.</summary>
    public required bool Crashes { get; init; }

    /// <summary>
    /// The groove of quiet sections, each drum with its pattern: X loud, x normal, o soft, ? soft now and then, r two
    /// strokes, t three strokes, . none.
    /// </summary>
    public required Dictionary<Drum, string> Light { get; init; }

    /// <summary>The groove of verses.</summary>
    public required Dictionary<Drum, string> Groove { get; init; }

    /// <summary>The groove of choruses and drops.</summary>
    public required Dictionary<Drum, string> Full { get; init; }

    /// <summary>The bass.</summary>
    public required GenreBass Bass { get; init; }

    /// <summary>The chords in rhythm.</summary>
    public required GenreChords Chords { get; init; }

    /// <summary>Sound of the held chords.</summary>
    public required Timbre Pad { get; init; }

    /// <summary>The broken chords, or what answers the tune.</summary>
    public required GenreArpeggio Arpeggio { get; init; }

    /// <summary>The tune.</summary>
    public required GenreLead Lead { get; init; }

    /// <summary>The parts that play when nothing else is said.</summary>
    public required Part[] Parts { get; init; }

    /// <summary>The noise under the music.</summary>
    public Texture Texture { get; init; }

    /// <summary>How far the kick pushes the other parts down, 0–1.</summary>
    public double Ducking { get; init; }

    /// <summary>How much room there is, 0 (dry) to 1 (cathedral).</summary>
    public required double Room { get; init; }

    /// <summary>How much echo the tune has, 0–1.</summary>
    public required double Echo { get; init; }

    /// <summary>How a song of it ends when nothing else is said.</summary>
    public required Ending Ending { get; init; }
}

/// <summary>The bass of a genre.</summary>
internal sealed record GenreBass
{
    /// <summary>Its sound.</summary>
    public required Timbre Timbre { get; init; }

    /// <summary>In quiet sections.</summary>
    public string? Light { get; init; }

    /// <summary>
    /// In verses: r root, 3 5 6 7 that tone above it, o octave, l fifth below, a and c a step (of the scale, or a semitone)
    /// towards the next chord's root, R that root itself ahead of time; - holds, . rests.
    /// </summary>
    public required string Pattern { get; init; }

    /// <summary>In choruses.</summary>
    public required string Full { get; init; }
}

/// <summary>The chords of a genre.</summary>
internal sealed record GenreChords
{
    /// <summary>Their sound.</summary>
    public required Timbre Timbre { get; init; }

    /// <summary>How they lie under the hands.</summary>
    public VoicingStyle Voicing { get; init; }

    /// <summary>What is added to numerals that name a plain triad.</summary>
    public Colour Colour { get; init; }

    /// <summary>The rhythm of quiet sections.</summary>
    public string? Light { get; init; }

    /// <summary>
    /// The rhythm of verses: x a stroke, X an accented one, n one with the chord that comes next, t the upper voices, b the
    /// root below, 1–6 a single voice from below; - holds, . rests.
    /// </summary>
    public required string Pattern { get; init; }

    /// <summary>The rhythm of choruses.</summary>
    public required string Full { get; init; }
}

/// <summary>The broken chords of a genre, or whatever else surrounds the tune.</summary>
internal sealed record GenreArpeggio
{
    /// <summary>Its sound.</summary>
    public required Timbre Timbre { get; init; }

    /// <summary>What it plays.</summary>
    public Figure Figure { get; init; }

    /// <summary>Steps between notes of chords that are broken without a pattern; 0 otherwise.</summary>
    public int Steps { get; init; }

    /// <summary>Which voice at which step, as in <see cref="GenreChords.Pattern"/>; null to break chords in an order of the song's own.</summary>
    public string? Pattern { get; init; }
}

/// <summary>The tune of a genre.</summary>
internal sealed record GenreLead
{
    /// <summary>Its sound.</summary>
    public required Timbre Timbre { get; init; }

    /// <summary>Rhythms of a bar, two at least: x a note, - holds, . rests.</summary>
    public required string[] Rhythms { get; init; }

    /// <summary>The tones between those of the chord.</summary>
    public TuneScale Scale { get; init; }

    /// <summary>How its phrases follow each other.</summary>
    public Phrasing Phrasing { get; init; }

    /// <summary>True when choruses double it at the octave.</summary>
    public bool Doubles { get; init; }
}
