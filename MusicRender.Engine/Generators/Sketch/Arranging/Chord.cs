using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>A chord: a root and the tones above it.</summary>
/// <param name="Root">Pitch class, 0–11.</param>
/// <param name="Intervals">Semitones above the root, rising, the root's 0 first.</param>
internal sealed record Chord(int Root, IReadOnlyList<int> Intervals)
{
    private static readonly string[] Numerals = ["I", "II", "III", "IV", "V", "VI", "VII"];

    /// <summary>True when the pitch (MIDI number) is a tone of the chord.</summary>
    public bool Contains(int pitch) => Intervals.Contains((((pitch - Root) % 12) + 12) % 12);

    /// <summary>The pitch class of the third, or of what stands for it.</summary>
    public int Third => (Root + Intervals[1]) % 12;

    /// <summary>The pitch class of the fifth.</summary>
    public int Fifth => (Root + Intervals[2]) % 12;

    /// <summary>
    /// The chord of a roman numeral in a key: "I", "vi7", "IVmaj7", "bVII", "Vsus4", "Iadd9". Capitals are major,
    /// small letters minor; degrees are those of the key's own scale.
    /// </summary>
    public static Chord Parse(string symbol, MusicalKey key)
    {
        var at = 0;
        var shift = 0;
        if (symbol[0] == 'b')
        {
            shift = -1;
            at = 1;
        }

        var end = at;
        while (end < symbol.Length && "IViv".Contains(symbol[end], StringComparison.Ordinal))
        {
            end++;
        }

        var numeral = symbol[at..end];
        var degree = Array.IndexOf(Numerals, numeral.ToUpperInvariant());

        // "bVII" is a degree lowered from major; where the scale has it low already nothing is left to lower.
        var scale = key.Scale;
        var root = shift < 0 ? MusicalKey.ScaleOf(Mode.Major)[degree] - 1 : scale[degree];
        var minor = char.IsLower(numeral[0]);
        var third = minor ? 3 : 4;

        // A minor chord on the second degree of minor, or the seventh of major, has the diminished fifth of the scale.
        var fifth = minor && !key.Contains(key.Tonic + root + 7) && key.Contains(key.Tonic + root + 6) ? 6 : 7;
        var intervals = symbol[end..] switch
        {
            "7" => [0, third, fifth, 10],
            "maj7" => [0, third, fifth, 11],
            "sus4" => [0, 5, 7],
            "sus2" => [0, 2, 7],
            "add9" => new[] { 0, third, fifth, 14 },
            _ => [0, third, fifth],
        };
        return new Chord((key.Tonic + root + 12) % 12, [.. intervals.Select(interval => interval % 12)]);
    }

    /// <summary>The key's own chord on its tonic.</summary>
    public static Chord TonicOf(MusicalKey key) => Parse(key.IsMinor ? "i" : "I", key);
}
