namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>French, as it is sung in pop: a mute e at the end has no note of its own.</summary>
internal sealed class FrenchSpelling : WrittenAsSpoken
{
    private static readonly string[] OneSound = ["eau", "œu", "oeu", "aî", "ai", "au", "ay", "eû", "eu", "ei", "oî", "oi", "oy", "oû", "où", "ou", "ui", "uy", "ie", "io", "ia"];

    private static readonly HashSet<string> Weak = ["le", "la", "les", "un", "de", "du", "des", "et", "je", "tu", "il", "on", "me", "te", "se", "ne", "que", "qui", "mon", "ma", "ton", "ta", "en", "au", "à", "est", "ce", "sa", "son", "dans", "pour", "sur"];

    private static readonly (string Letters, string Sound)[] Consonants =
    [
        ("ch", "S"), ("gn", "nj"), ("qu", "k"), ("ph", "f"), ("th", "t"), ("ill", "j"), ("ç", "s"), ("j", "Z"), ("h", ""), ("c", "k"), ("y", "j"), ("x", "x"), ("q", "k"), ("u", ""), ("e", ""), ("è", ""),
        ("ll", "l"), ("mm", "m"), ("nn", "n"), ("ss", "s"), ("tt", "t"), ("pp", "p"), ("ff", "f"), ("rr", "r"),
    ];

    /// <inheritdoc/>
    protected override List<(int Start, int End)> Vowels(string word)
    {
        var vowels = new List<(int Start, int End)>();
        for (var at = 0; at < word.Length; at++)
        {
            if (!IsVowel(word, at))
            {
                continue;
            }

            var group = OneSound.FirstOrDefault(letters => word.AsSpan(at).StartsWith(letters));
            var length = group?.Length ?? 1;
            if (!IsMute(word, at, vowels.Count > 0))
            {
                vowels.Add((at, at + length));
            }

            at += length - 1;
        }

        return vowels;
    }

    /// <inheritdoc/>
    protected override int StayLeft(string consonants)
    {
        // An e among them is mute: what it closes stays.
        var mute = consonants.LastIndexOf('e');
        if (mute >= 0)
        {
            return mute + 1;
        }

        return consonants.EndsWith('\'') || consonants.EndsWith('’') ? consonants.Length : base.StayLeft(consonants);
    }

    /// <inheritdoc/>
    protected override string[] Sounds(SpelledWord word) => [.. Enumerable.Range(0, word.Texts.Length).Select(index => Sound(word, index))];

    /// <inheritdoc/>
    protected override int Stressed(SpelledWord word) => word.Texts.Length == 1 && Weak.Contains(word.Letters) ? -1 : word.Texts.Length - 1;

    private static bool IsVowel(string word, int at) => word[at] switch
    {
        'u' => at == 0 || !(word[at - 1] == 'q' || (word[at - 1] == 'g' && at + 1 < word.Length && Bare(word[at + 1]) is 'e' or 'i')),
        'y' => at > 0 && (at + 1 >= word.Length || !"aeiou".Contains(Bare(word[at + 1]), StringComparison.Ordinal)),
        var letter => letter == 'œ' || "aeiou".Contains(Bare(letter), StringComparison.Ordinal),
    };

    // "Belle", "rêves", "chantent": nothing to be sung on.
    private static bool IsMute(string word, int at, bool hasVowel)
    {
        if (word[at] != 'e' || !hasVowel)
        {
            return false;
        }

        var end = at + 1;
        while (end < word.Length && (char.IsLetter(word[end]) || word[end] is '\'' or '’'))
        {
            end++;
        }

        return word[(at + 1)..end] is "" or "s" || (word[(at + 1)..end] == "nt" && word.Length > 5 && !"mi".Contains(word[at - 1], StringComparison.Ordinal));
    }

    private static string Sound(SpelledWord word, int syllable)
    {
        var (onset, vowel, coda) = (word.Onset(syllable), word.Vowel(syllable), word.Coda(syllable));
        var isLast = syllable == word.Texts.Length - 1;
        var isSoft = Bare(vowel[0]) is 'e' or 'i' or 'y';
        onset = onset switch
        {
            [.., 'c'] when isSoft => onset[..^1] + "s",
            [.., 'g'] when isSoft => onset[..^1] + "j",
            "s" when syllable > 0 => "z",
            _ => onset,
        };

        // N and m after a vowel make it nasal; other consonants at the end are silent but for c, r, f and l.
        var isNasal = coda is ['n' or 'm', ..] && (coda.Length == 1 || !"nme".Contains(coda[1], StringComparison.Ordinal));
        var closed = isNasal ? "N" : isLast && coda.Length > 0 && !coda.EndsWith('e') && !coda.EndsWith("es", StringComparison.Ordinal) && coda[^1] is not ('c' or 'r' or 'f' or 'l') ? "" : Spell(coda.TrimEnd('s'), Consonants);
        var sound = isLast && vowel == "e" && coda is "r" or "z" && word.Texts.Length > 1 ? "e" : VowelSound(vowel, isNasal, coda.Length == 0);
        return Spell(onset, Consonants) + sound + (sound == "e" && coda is "r" or "z" ? "" : closed);
    }

    private static string VowelSound(string vowel, bool isNasal, bool isOpen) => vowel switch
    {
        "a" or "à" or "â" => "a",
        "e" => isNasal ? "a" : isOpen ? "@" : "E",
        "é" => "e",
        "è" or "ê" or "ë" or "ai" or "aî" or "ei" or "ay" => isNasal ? "&" : "E",
        "i" or "î" or "ï" or "y" => isNasal ? "&" : "i",
        "o" or "ô" => isNasal ? "o" : "O",
        "au" or "eau" => "O",
        "ou" or "oû" or "où" => "u",
        "u" or "û" or "ù" or "ü" => isNasal ? "2" : "Y",
        "eu" or "eû" or "œu" or "oeu" or "œ" => "2",
        "oi" or "oî" or "oy" => isNasal ? "w&" : "wa",
        "ui" or "uy" => "wi",
        "ie" => "jE",
        "io" => "jo",
        "ia" => "ja",
        _ => "a",
    };
}
