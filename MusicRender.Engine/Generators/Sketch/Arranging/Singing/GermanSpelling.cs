namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>German.</summary>
internal sealed class GermanSpelling : WrittenAsSpoken
{
    private static readonly string[] OneSound = ["äu", "eu", "ei", "ai", "ie", "au", "aa", "ee", "oo", "ey", "ay"];

    private static readonly string[] Units = ["tsch", "sch", "ch", "ck", "ph", "th", "qu", "bl", "br", "dr", "fl", "fr", "gl", "gr", "kl", "kr", "pl", "pr", "tr"];

    private static readonly string[] WeakPrefixes = ["be", "ge", "er", "ver", "zer", "ent", "emp"];

    private static readonly HashSet<string> Weak =
    [
        "der", "die", "das", "und", "ich", "du", "er", "sie", "es", "wir", "ihr", "ein", "im", "in", "an", "am", "zu", "zum", "zur", "von", "vom", "mit", "mir", "dir", "mich", "dich", "ist", "so", "wie", "den", "dem", "des", "auf", "aus", "für",
    ];

    private static readonly (string Letters, string Sound)[] Consonants =
    [
        ("tsch", "C"), ("sch", "S"), ("ch", "h"), ("ck", "k"), ("ng", "N"), ("nk", "Nk"), ("qu", "kv"), ("ph", "f"), ("th", "t"), ("pf", "pf"), ("tz", "ts"), ("dt", "t"), ("ß", "s"), ("z", "ts"), ("w", "v"), ("v", "f"),
        ("ll", "l"), ("mm", "m"), ("nn", "n"), ("ss", "s"), ("tt", "t"), ("pp", "p"), ("ff", "f"), ("rr", "r"), ("bb", "b"), ("dd", "d"), ("gg", "g"), ("c", "k"), ("y", "j"), ("u", "v"),
    ];

    /// <inheritdoc/>
    protected override List<(int Start, int End)> Vowels(string word)
    {
        var vowels = new List<(int Start, int End)>();
        for (var at = 0; at < word.Length; at++)
        {
            if (!"aeiouäöüy".Contains(word[at], StringComparison.Ordinal) || (word[at] == 'u' && at > 0 && word[at - 1] == 'q'))
            {
                continue;
            }

            var group = OneSound.FirstOrDefault(letters => word.AsSpan(at).StartsWith(letters));
            vowels.Add((at, at + (group?.Length ?? 1)));
            at += (group?.Length ?? 1) - 1;
        }

        return vowels;
    }

    /// <inheritdoc/>
    protected override int StayLeft(string consonants)
    {
        var unit = Units.FirstOrDefault(unit => consonants.EndsWith(unit, StringComparison.Ordinal));
        return consonants.Length - (unit?.Length ?? 1);
    }

    /// <inheritdoc/>
    protected override string[] Sounds(SpelledWord word) => [.. Enumerable.Range(0, word.Texts.Length).Select(index => Sound(word, index))];

    /// <inheritdoc/>
    protected override int Stressed(SpelledWord word) => word.Texts.Length == 1
        ? Weak.Contains(word.Letters) ? -1 : 0
        : WeakPrefixes.Contains(string.Concat(word.Spelled[0].Where(char.IsLetter))) ? 1 : 0;

    private static string Sound(SpelledWord word, int syllable)
    {
        var (onset, vowel, coda) = (word.Onset(syllable), word.Vowel(syllable), word.Coda(syllable));
        var first = onset switch
        {
            "s" => "z",
            "st" or "sp" or "str" or "spr" when syllable == 0 => string.Concat("S", onset.AsSpan(1)),
            _ => Spell(onset, Consonants),
        };

        // "Er" at the end is a vowel; voiced stops lose their voice there.
        var isWeak = syllable > 0 && vowel == "e" && coda is "" or "n" or "r" or "l" or "m" or "s" or "st" or "t" or "rn" or "ln";
        var last = coda.Length > 0 && syllable == word.Texts.Length - 1 ? coda[^1] switch { 'b' => coda[..^1] + "p", 'd' => coda[..^1] + "t", 'g' when !coda.EndsWith("ng", StringComparison.Ordinal) => coda[..^1] + "k", _ => coda } : coda;
        return first + (isWeak ? "@" : VowelSound(vowel, coda)) + Spell(last.TrimStart('h'), Consonants);
    }

    private static string VowelSound(string vowel, string coda)
    {
        var isLong = coda.Length == 0 || coda[0] == 'h' || coda.Length == 1;
        return vowel switch
        {
            "ei" or "ai" or "ey" or "ay" => "aI",
            "eu" or "äu" => "oI",
            "au" => "aU",
            "ie" => "i",
            "a" or "aa" => "a",
            "ä" => "E",
            "ee" => "e",
            "e" => isLong ? "e" : "E",
            "i" => coda.Length == 0 || coda[0] == 'h' ? "i" : "I",
            "oo" => "O",
            "o" => isLong ? "O" : "o",
            "ö" => "2",
            "u" => isLong ? "u" : "U",
            _ => "Y",
        };
    }
}
