using System.Text.RegularExpressions;

namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Finds key and mode in styles.</summary>
internal static partial class KeyReader
{
    private static readonly string[] MinorWords =
    [
        "dark", "melancholic", "melancholy", "melancholia", "sad", "moody", "ominous", "tense", "aggressive", "sombre",
        "somber", "gloomy", "mysterious", "haunting", "brooding", "menacing", "sinister", "angry", "eerie", "tragic", "bittersweet",
        "nocturnal", "cold", "solemn", "traurig", "düster", "dunkel", "triste", "sombre", "oscuro", "oscura", "escuro", "悲しい", "悲伤", "暗い",
    ];

    private static readonly string[] MajorWords =
    [
        "happy", "euphoric", "uplifting", "bright", "cheerful", "joyful", "playful", "hopeful", "sunny", "triumphant",
        "heroic", "celebratory", "feel good", "positive", "optimistic", "fun", "birthday", "peaceful", "warm",
        "carefree", "heartfelt", "fröhlich", "heiter", "alegre", "joyeux", "joyeuse", "feliz", "楽しい", "快乐", "明るい",
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
                if (!IsArticle(style, match) && !IsHalfGerman(match))
                {
                    return KeyOf(match);
                }
            }
        }

        return null;
    }

    /// <summary>The key of a song: the one that is named, else a mode by mood or genre on a tonic by seed.</summary>
    public static MusicalKey Read(StyleText global, Mode usual, int seed)
    {
        if (ReadNamed(global.Raw) is { } named)
        {
            return named;
        }

        var mode = ReadMode(global) ?? usual;
        var tonic = new SeededRandom(seed, "tonic").Pick(new MusicalKey(0, mode).IsMinor ? MinorTonics : MajorTonics);
        return new MusicalKey(tonic, mode);
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

    // "Es-Dur" is a key, "as major" is not.
    private static bool IsHalfGerman(Match match) =>
        match.Groups["accidental"].Value.ToLowerInvariant() is "is" or "es" or "s" && match.Groups["mode"].Value.ToLowerInvariant() is not ("dur" or "moll");

    private static MusicalKey KeyOf(Match match)
    {
        var name = match.Groups["tonic"].Value.ToLowerInvariant();
        var accidental = match.Groups["accidental"].Value.Trim(' ', '-').ToLowerInvariant();
        var mode = match.Groups["mode"].Value.ToLowerInvariant();
        var isGerman = mode is "dur" or "moll";

        // German: B is B flat, H is B; "es" and "is" behind the letter lower and raise it.
        var tonic = name switch
        {
            "c" or "do" or "ut" or "dó" => 0,
            "d" or "re" or "ré" => 2,
            "e" or "mi" => 4,
            "f" or "fa" => 5,
            "g" or "sol" => 7,
            "a" or "la" or "lá" => 9,
            "b" when isGerman => 10,
            _ => 11,
        };
        var shift = accidental switch
        {
            "#" or "sharp" or "is" or "dièse" or "sostenido" or "diesis" => 1,
            "b" or "flat" or "es" or "s" or "bémol" or "bemol" or "bemolle" => -1,
            _ => 0,
        };
        return new MusicalKey((tonic + shift + 12) % 12, ModeOf(mode), shift < 0 || (isGerman && name == "b"));
    }

    private static Mode ModeOf(string word) => word switch
    {
        "minor" or "min" or "m" or "aeolian" or "moll" or "mineur" or "menor" or "minore" => Mode.Minor,
        "dorian" => Mode.Dorian,
        "phrygian" => Mode.Phrygian,
        "lydian" => Mode.Lydian,
        "mixolydian" => Mode.Mixolydian,
        _ => Mode.Major,
    };

    [GeneratedRegex(@"(?<![\p{L}\p{N}#])(?<tonic>[a-h])(?<accidental>#|b|[ -]?sharp|[ -]?flat|is|es|s)?[ -]?(?<mode>major|minor|maj|min|dorian|phrygian|lydian|mixolydian|ionian|aeolian|dur|moll)(?![\p{L}])|(?<![\p{L}])(?:key of|in the key of|key:)\s*(?<tonic>[a-g])(?<accidental>#|b|[ -]?sharp|[ -]?flat)?(?<mode>m)?(?![\p{L}])|^\s*(?<tonic>[A-G])(?<accidental>#|b)?(?<mode>m)\s*$|(?<![\p{L}])(?<tonic>do|ut|dó|re|ré|mi|fa|sol|la|lá|si)[ -]?(?<accidental>#|b|dièse|bémol|sostenido|bemol|diesis|bemolle)?[ -]?(?<mode>majeur|mineur|mayor|maior|maggiore|menor|minore)(?![\p{L}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamedKey();

    [GeneratedRegex(@"^\s*(?:key|scale|pentatonic|tonality)?\s*[.,;]?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeyTail();
}
