namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>
/// Spanish, and other languages whose letters are their sounds: Italian, Portuguese, Polish, Finnish, and what is written in
/// Cyrillic and Greek letters.
/// </summary>
internal class WrittenAsSpoken : Spelling
{
    // Cyrillic and Greek letters as Latin ones, letter for letter. Hard and soft signs are silent.
    private const string Foreign = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґαβγδεζηθικλμνξοπρσςτυφχψω";
    private const string Latin = "abvgdeožziyklmnoprstufjzčšš'i'euaiiegavgdezitiklmnqoprsstufjpo";

    private static readonly (string Letters, string Sound)[] Consonants =
    [
        ("sch", "S"), ("ch", "C"), ("sh", "S"), ("ll", "j"), ("rr", "r"), ("qu", "k"), ("gn", "n"), ("ñ", "nj"), ("ç", "s"), ("x", "S"), ("j", "h"), ("h", ""), ("y", "j"), ("z", "s"), ("v", "b"), ("c", "k"), ("q", "k"), ("u", "w"), ("i", "j"), ("ß", "s"),
        ("nn", "n"), ("ss", "s"), ("tt", "t"), ("ł", "w"), ("š", "S"), ("č", "C"), ("ž", "Z"), ("ś", "S"), ("ć", "C"), ("ź", "Z"), ("ż", "Z"), ("ř", "r"), ("ş", "S"), ("ğ", ""),
    ];

    /// <inheritdoc/>
    protected override string Fold(string text) => string.Concat(text.ToLowerInvariant().Select(letter =>
        Foreign.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? Latin[at]
        : letter >= 0x0370 && Foreign.IndexOf(Bare(letter), StringComparison.Ordinal) is >= 0 and var bare ? Latin[bare]
        : letter));

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

            // A weak vowel beside a strong one, or two weak ones, share a syllable; an accent on the weak one parts them.
            var end = at + 1;
            if (end < word.Length && IsVowel(word, end) && (IsWeak(word[at]) || IsWeak(word[end])) && word[at] != word[end])
            {
                end++;
                if (end < word.Length && IsVowel(word, end) && IsWeak(word[end]))
                {
                    end++;
                }
            }

            vowels.Add((at, end));
            at = end - 1;
        }

        return vowels;
    }

    /// <inheritdoc/>
    protected override int StayLeft(string consonants)
    {
        var pair = consonants.Length >= 2 ? consonants[^2..] : "";
        var isPair = pair is "ch" or "ll" or "rr" or "qu" or "gu" or "sh" or "ph" or "th" or "gn" || (pair.Length == 2 && "pbtdcgfkv".Contains(pair[0], StringComparison.Ordinal) && pair[1] is 'r' or 'l' && pair is not ("dl" or "tl"));
        return consonants.Length - (isPair ? 2 : 1);
    }

    /// <inheritdoc/>
    protected override string[] Sounds(SpelledWord word) => [.. Enumerable.Range(0, word.Texts.Length).Select(index => Sound(word, index))];

    /// <inheritdoc/>
    protected override int Stressed(SpelledWord word)
    {
        var count = word.Texts.Length;
        var accented = Array.FindIndex(word.Spelled, syllable => syllable.Any(letter => letter > 127 && "aeiou".Contains(Bare(letter), StringComparison.Ordinal)));
        if (count == 1)
        {
            return word.Letters.Length > 2 ? 0 : -1;
        }

        return accented >= 0 ? accented : word.Letters.Length > 0 && "aeiouns".Contains(word.Letters[^1], StringComparison.Ordinal) ? count - 2 : count - 1;
    }

    /// <summary>The sound of consonants by a table, the longest spelling first; letters that it does not have stand for themselves.</summary>
    protected static string Spell(string letters, (string Letters, string Sound)[] table)
    {
        var sounds = new List<string>();
        for (var at = 0; at < letters.Length;)
        {
            var (found, sound) = table.FirstOrDefault(row => letters.AsSpan(at).StartsWith(row.Letters));
            sounds.Add(found is null ? Bare(letters[at]).ToString() : sound);
            at += found?.Length ?? 1;
        }

        return string.Concat(sounds);
    }

    private static bool IsVowel(string word, int at)
    {
        var bare = Bare(word[at]);

        // Silent after q and g before e and i; y is a vowel where no other follows.
        return bare switch
        {
            'u' => at == 0 || !(word[at - 1] == 'q' || (word[at - 1] == 'g' && at + 1 < word.Length && Bare(word[at + 1]) is 'e' or 'i')),
            'y' => at + 1 >= word.Length || !"aeiou".Contains(Bare(word[at + 1]), StringComparison.Ordinal),
            'a' or 'e' or 'i' or 'o' or 'æ' or 'ø' or 'œ' or 'ı' => true,
            _ => false,
        };
    }

    private static bool IsWeak(char letter) => letter is 'i' or 'u' or 'y' or 'ü';

    private static string Sound(SpelledWord word, int syllable)
    {
        var (onset, vowel) = (word.Onset(syllable), word.Vowel(syllable));
        var isSoft = Bare(vowel[0]) is 'e' or 'i' or 'y';
        onset = onset switch
        {
            [.., 'g', 'u'] => onset[..^1],
            [.., 'c'] when isSoft => onset[..^1] + "s",
            [.., 'g'] when isSoft => onset[..^1] + "j",
            _ => onset,
        };
        return Spell(onset, Consonants) + VowelSound(vowel) + Spell(word.Coda(syllable), Consonants);
    }

    private static string VowelSound(string vowel)
    {
        var letters = string.Concat(vowel.Select(letter => Bare(letter)));

        // Rising diphthongs begin like a consonant: "tierra", "agua".
        var glide = letters.Length > 1 && letters[0] is 'i' or 'y' ? "j" : letters.Length > 1 && letters[0] == 'u' ? "w" : "";
        return glide + string.Concat(letters[glide.Length..].Select(letter => letter switch { 'a' => "a", 'e' => "e", 'o' => "O", 'u' => "u", 'ü' => "Y", 'æ' => "&", 'ø' or 'œ' => "2", _ => "i" }));
    }
}
