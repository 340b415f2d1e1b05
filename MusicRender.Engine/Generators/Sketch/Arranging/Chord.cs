using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>A chord: a root and the tones above it.</summary>
/// <param name="Root">Pitch class, 0–11.</param>
/// <param name="Intervals">Semitones above the root within an octave, in the order in which they are stacked, the root's 0 first.</param>
/// <param name="Bass">Pitch class of the lowest tone.</param>
internal sealed record Chord(int Root, IReadOnlyList<int> Intervals, int Bass)
{
    private static readonly string[] Numerals = ["I", "II", "III", "IV", "V", "VI", "VII"];

    /// <summary>True when the pitch (MIDI number) is a tone of the chord.</summary>
    public bool Contains(int pitch) => Intervals.Contains((((pitch - Root) % 12) + 12) % 12);

    /// <summary>The pitch class of the third, or of what stands for it.</summary>
    public int Third => (Root + Intervals[1]) % 12;

    /// <summary>The pitch class of the fifth; the perfect one where the chord has none.</summary>
    public int Fifth => (Root + Nearest([7, 6, 8], 7)) % 12;

    /// <summary>The pitch class of the seventh or sixth; the root where the chord has neither.</summary>
    public int Seventh => (Root + Nearest([10, 11, 9], 0)) % 12;

    /// <summary>True when both have the same tones over the same bass.</summary>
    public bool IsSameAs(Chord other) => Root == other.Root && Bass == other.Bass && Intervals.SequenceEqual(other.Intervals);

    /// <summary>
    /// The chord of a roman numeral in a key: "I", "vi7", "IVmaj9", "bVII", "Vsus4", "V/3" (third in the bass). Capitals are
    /// major, small letters minor; degrees are those of the key's own scale.
    /// </summary>
    /// <param name="symbol">The numeral.</param>
    /// <param name="key">The key.</param>
    /// <param name="colour">What plain triads get.</param>
    public static Chord Parse(string symbol, MusicalKey key, Colour colour = Colour.Plain)
    {
        var slash = symbol.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? symbol : symbol[..slash];
        var at = name[0] == 'b' ? 1 : 0;
        var end = at;
        while (end < name.Length && "IViv".Contains(name[end], StringComparison.Ordinal))
        {
            end++;
        }

        var numeral = name[at..end];
        var degree = Array.IndexOf(Numerals, numeral.ToUpperInvariant());

        // "bVII" is a degree lowered from major; where the scale has it low already nothing is left to lower.
        var root = at > 0 ? MusicalKey.ScaleOf(Mode.Major)[degree] - 1 : key.Scale[degree];
        var minor = char.IsLower(numeral[0]);
        var third = minor ? 3 : 4;

        // A minor chord on the second degree of minor, or the seventh of major, has the diminished fifth of the scale.
        var fifth = minor && !key.Contains(key.Tonic + root + 7) && key.Contains(key.Tonic + root + 6) ? 6 : 7;
        var intervals = IntervalsOf(name[end..], third, fifth, colour, key, key.Tonic + root);
        var pitchClass = (key.Tonic + root + 12) % 12;
        var bass = slash < 0 ? 0 : symbol[slash + 1] == '3' ? third : fifth;
        return new Chord(pitchClass, [.. intervals.Select(interval => interval % 12)], (pitchClass + bass) % 12);
    }

    /// <summary>The key's own chord on its tonic.</summary>
    public static Chord TonicOf(MusicalKey key) => Parse(key.IsMinor ? "i" : "I", key);

    /// <summary>The dominant seventh that leads to a chord.</summary>
    public static Chord DominantOf(Chord goal)
    {
        var root = (goal.Root + 7) % 12;
        return new Chord(root, [0, 4, 7, 10], root);
    }

    private static int[] IntervalsOf(string suffix, int third, int fifth, Colour colour, MusicalKey key, int root) => suffix switch
    {
        "5" => [0, 7, 12],
        "6" => [0, third, fifth, 9],
        "7" => [0, third, fifth, 10],
        "maj7" => [0, third, fifth, 11],
        "9" => [0, third, fifth, 10, 14],
        "maj9" => [0, third, fifth, 11, 14],
        "11" => [0, 5, 7, 10, 14],
        "13" => [0, third, 10, 14, 21],
        "m7b5" => [0, 3, 6, 10],
        "dim7" => [0, 3, 6, 9],
        "sus4" => [0, 5, 7],
        "sus2" => [0, 2, 7],
        "add9" => [0, third, fifth, 14],
        _ => colour switch
        {
            Colour.Plain => [0, third, fifth],
            Colour.Dominants => [0, third, fifth, 10],
            Colour.Ninths when key.Contains(root + 14) => [0, third, fifth, SeventhOf(third, key, root), 14],
            _ => [0, third, fifth, SeventhOf(third, key, root)],
        },
    };

    private static int SeventhOf(int third, MusicalKey key, int root) => third == 4 && key.Contains(root + 11) ? 11 : 10;

    private int Nearest(int[] wanted, int otherwise)
    {
        foreach (var interval in wanted)
        {
            if (Intervals.Contains(interval))
            {
                return interval;
            }
        }

        return otherwise;
    }
}
