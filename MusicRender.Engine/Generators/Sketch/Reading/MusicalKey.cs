namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>The modes that styles can ask for.</summary>
internal enum Mode
{
    Major,
    Minor,
    Dorian,
    Phrygian,
    Lydian,
    Mixolydian,
}

/// <summary>A tonic and a mode.</summary>
/// <param name="Tonic">Pitch class, 0 (C) to 11 (B).</param>
/// <param name="Mode">The mode.</param>
/// <param name="FlatSpelling">True to write black keys as flats.</param>
internal readonly record struct MusicalKey(int Tonic, Mode Mode, bool FlatSpelling = false)
{
    private static readonly string[] Sharps = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];
    private static readonly string[] Flats = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"];

    /// <summary>In plain words: "F# minor".</summary>
    public string Name => $"{(FlatSpelling ? Flats : Sharps)[Tonic]} {Mode.ToString().ToLowerInvariant()}";

    /// <summary>True for modes with a minor third.</summary>
    public bool IsMinor => Mode is Mode.Minor or Mode.Dorian or Mode.Phrygian;

    /// <summary>The seven scale tones, semitones above the tonic.</summary>
    public ReadOnlySpan<int> Scale => ScaleOf(Mode);

    /// <summary>The scale of a mode, semitones above its tonic.</summary>
    public static ReadOnlySpan<int> ScaleOf(Mode mode) => mode switch
    {
        Mode.Minor => [0, 2, 3, 5, 7, 8, 10],
        Mode.Dorian => [0, 2, 3, 5, 7, 9, 10],
        Mode.Phrygian => [0, 1, 3, 5, 7, 8, 10],
        Mode.Lydian => [0, 2, 4, 6, 7, 9, 11],
        Mode.Mixolydian => [0, 2, 4, 5, 7, 9, 10],
        _ => [0, 2, 4, 5, 7, 9, 11],
    };

    /// <summary>True when a pitch (MIDI number) belongs to the scale.</summary>
    public bool Contains(int pitch) => Scale.Contains((((pitch - Tonic) % 12) + 12) % 12);

    /// <summary>
    /// True when a pitch belongs to the five tones that sit over every chord of the key: the scale without the
    /// tones that make its tritone.
    /// </summary>
    public bool IsPentatonic(int pitch)
    {
        var interval = (((pitch - Tonic) % 12) + 12) % 12;
        return IsMinor ? interval is 0 or 3 or 5 or 7 or 10 : interval is 0 or 2 or 4 or 7 or 9;
    }
}
