namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>How drums lead into the next phrase.</summary>
internal enum Fills
{
    /// <summary>The beat goes on.</summary>
    None,

    /// <summary>A soft stroke or two more.</summary>
    Sparse,

    /// <summary>Sixteenths on the snare.</summary>
    Snare,

    /// <summary>Down the toms.</summary>
    Toms,

    /// <summary>Hi-hats in rolls.</summary>
    Hats,

    /// <summary>A broken bar of kick and snare.</summary>
    Breaks,

    /// <summary>A snare roll that swells.</summary>
    Rolls,
}

/// <summary>How a chord lies under the hands.</summary>
internal enum VoicingStyle
{
    /// <summary>Within an octave.</summary>
    Close,

    /// <summary>Spread, the second voice from above an octave lower.</summary>
    Open,

    /// <summary>Without the root, which the bass has.</summary>
    Rootless,

    /// <summary>On six strings.</summary>
    Guitar,

    /// <summary>Root, fifth and octave.</summary>
    Power,

    /// <summary>Root and fifth; voice 6 has the sixth in place of the fifth.</summary>
    Shuffle,
}

/// <summary>What is added to numerals that name a plain triad.</summary>
internal enum Colour
{
    Plain,

    /// <summary>The seventh that the key has.</summary>
    Sevenths,

    /// <summary>The seventh and the ninth, where the key has it.</summary>
    Ninths,

    /// <summary>The minor seventh, whatever the key has: blues and funk.</summary>
    Dominants,
}

/// <summary>What surrounds the tune.</summary>
internal enum Figure
{
    /// <summary>Chords, broken.</summary>
    Broken,

    /// <summary>Short whole chords.</summary>
    Stabs,

    /// <summary>A second voice that answers where the tune rests, and goes along in choruses.</summary>
    Answer,
}

/// <summary>The tones of a tune between those of the chord.</summary>
internal enum TuneScale
{
    /// <summary>Those of the key.</summary>
    Mode,

    /// <summary>The five that rub against no chord.</summary>
    Pentatonic,

    /// <summary>Minor pentatonic with the flattened fifth.</summary>
    Blues,
}

/// <summary>How the phrases of a tune follow each other.</summary>
internal enum Phrasing
{
    /// <summary>Motif, answer, motif, close; then the same once more with a stronger close.</summary>
    Period,

    /// <summary>Two bars of tune, two of rest for somebody else.</summary>
    CallAndResponse,
}
