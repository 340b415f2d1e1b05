using System.Text.RegularExpressions;

namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Finds key and mode in styles.</summary>
internal static partial class KeyReader
{
    private static readonly string[] MinorWords =
    [
        "dark", "melancholic", "melancholy", "melancholia", "sad", "moody", "ominous", "tense", "aggressive", "sombre",
        "somber", "gloomy", "mysterious", "haunting", "brooding", "menacing", "sinister", "angry", "eerie", "tragic", "bittersweet",
    ];

    private static readonly string[] MajorWords =
    [
        "happy", "euphoric", "uplifting", "bright", "cheerful", "joyful", "playful", "hopeful", "sunny", "triumphant",
        "heroic", "celebratory", "feel good", "positive", "optimistic", "fun", "birthday", "peaceful", "warm",
    ];

    // The tonics that guitars, keyboards and singers like best.
    private static readonly int[] MajorTonics = [0, 2, 4, 5, 7, 9];
    private static readonly int[] MinorTonics = [0, 2, 4, 5, 7, 9, 11];

    /// <summary>The key that styles name, or null.</summary>
    public static MusicalKey? ReadNamed(IEnumerable<string> styles)
    {
        foreach (var style in styles)
        {
            foreach (Match match in NamedKey().Matches(style.Replace('♯', '#').Replace('♭', 'b')))
            {
                if (!IsArticle(style, match))
                {
                    return KeyOf(match);
                }
            }
        }

        return null;
    }

    /// <summary>The key of a song: the one that is named, else a mode by mood or genre on a tonic by seed.</summary>
    public static MusicalKey Read(StyleText global, bool genreIsMinor, int seed)
    {
        if (ReadNamed(global.Raw) is { } named)
        {
            return named;
        }

        var minor = ReadMode(global) is { } mode
            ? new MusicalKey(0, mode).IsMinor
            : genreIsMinor;
        var tonic = new SeededRandom(seed, "tonic").Pick(minor ? MinorTonics : MajorTonics);
        return new MusicalKey(tonic, ReadMode(global) ?? (minor ? Mode.Minor : Mode.Major));
    }

    /// <summary>The mode that is named or that most mood words point to, or null.</summary>
    public static Mode? ReadMode(StyleText styles)
    {
        foreach (var mode in (ReadOnlySpan<Mode>)[Mode.Dorian, Mode.Phrygian, Mode.Lydian, Mode.Mixolydian])
        {
            if (styles.Wants(mode.ToString().ToLowerInvariant()))
            {
                return mode;
            }
        }

        if (styles.Wants("minor key", "minor", "minor scale", "minor chords") != styles.Wants("major key", "major", "major scale", "major chords"))
        {
            return styles.Wants("minor key", "minor", "minor scale", "minor chords") ? Mode.Minor : Mode.Major;
        }

        var balance = MajorWords.Count(word => styles.Wants(word)) - MinorWords.Count(word => styles.Wants(word));
        return balance switch { > 0 => Mode.Major, < 0 => Mode.Minor, _ => null };
    }

    // "A minor key" names a key, "with a major hook" does not: a small a inside a phrase is an article.
    private static bool IsArticle(string style, Match match) =>
        match.Groups["tonic"].Value == "a"
        && match.Groups["accidental"].Length == 0
        && (style[..match.Index].Trim().Length > 0 || !KeyTail().IsMatch(style[(match.Index + match.Length)..]));

    private static MusicalKey KeyOf(Match match)
    {
        var tonic = char.ToLowerInvariant(match.Groups["tonic"].Value[0]) switch
        {
            'c' => 0,
            'd' => 2,
            'e' => 4,
            'f' => 5,
            'g' => 7,
            'a' => 9,
            _ => 11,
        };
        var accidental = match.Groups["accidental"].Value.Trim(' ', '-').ToLowerInvariant();
        var shift = accidental switch { "#" or "sharp" => 1, "b" or "flat" => -1, _ => 0 };
        var mode = match.Groups["mode"].Value.ToLowerInvariant() switch
        {
            "minor" or "min" or "m" or "aeolian" or "moll" => Mode.Minor,
            "dorian" => Mode.Dorian,
            "phrygian" => Mode.Phrygian,
            "lydian" => Mode.Lydian,
            "mixolydian" => Mode.Mixolydian,
            _ => Mode.Major,
        };
        return new MusicalKey((tonic + shift + 12) % 12, mode, shift < 0);
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}#])(?<tonic>[a-h])(?<accidental>#|b|[ -]?sharp|[ -]?flat)?[ -]?(?<mode>major|minor|maj|min|dorian|phrygian|lydian|mixolydian|ionian|aeolian|dur|moll)(?![\p{L}])|(?:key of|in the key of|key:)\s*(?<tonic>[a-g])(?<accidental>#|b|[ -]?sharp|[ -]?flat)?(?<mode>m)?(?![\p{L}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamedKey();

    [GeneratedRegex(@"^\s*(?:key|scale|pentatonic|tonality)?\s*[.,;]?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeyTail();
}
