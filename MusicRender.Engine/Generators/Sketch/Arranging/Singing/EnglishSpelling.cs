namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>English: rules for most words, <see cref="EnglishWords"/> for those that break them.</summary>
internal sealed class EnglishSpelling : Spelling
{
    private const string VowelLetters = "aeiouy";

    private static readonly string[] OneSound =
    [
        "eau", "ai", "au", "aw", "ay", "ea", "ee", "ei", "eu", "ew", "ey", "ie", "oa", "oe", "oi", "oo", "ou", "ow", "oy", "ue", "ui", "uy",
    ];

    private static readonly string[] Suffixes =
    [
        "ly", "liness", "fore", "ment", "ments", "ness", "ful", "fully", "less", "some", "times", "time", "thing", "things", "where", "one", "body", "day", "days", "dom", "light", "lights", "house", "land",
        "work", "born", "ward", "like", "line", "lines", "way", "ways", "man", "men", "side", "wood", "board", "bow",
    ];

    private static readonly HashSet<string> Onsets =
    [
        "bl", "br", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "pl", "pr", "tr", "tw", "dw", "sw", "wh", "ch", "sh", "th", "ph", "qu", "thr", "shr", "chr", "phr",
    ];

    private static readonly HashSet<string> Weak =
    [
        "a", "an", "the", "of", "to", "in", "on", "at", "and", "or", "but", "my", "your", "his", "her", "its", "our", "is", "am", "are", "was", "be", "as", "by", "for", "from", "with", "that",
        "this", "if", "so", "it", "i", "i'm", "you", "we", "he", "she", "they", "me", "us", "them", "do", "can", "will", "would", "could", "has", "have", "had", "than", "then", "there", "when", "were", "it's",
    ];

    private static readonly string[] WeakPrefixes = ["be", "re", "de", "a", "for", "un", "to", "with", "in", "ex", "com", "con", "sur", "dis", "pre", "en", "mis", "per", "pro", "per", "al", "ar", "ap", "ab", "im"];

    // "Over", "after", "into" and the like begin like prefixes and are none.
    private static readonly HashSet<string> StressedFirst =
    [
        "after", "any", "angel", "every", "ever", "open", "only", "over", "into", "under", "always", "also", "apple", "april", "answer", "anger", "ashes", "able", "empty", "ending", "enter", "inner", "inside", "image",
        "perfect", "present", "promise", "problem", "process", "project", "reason", "really", "ready", "river", "rebel", "record", "region", "reading", "regal", "reaching", "dearest", "dealer", "destiny", "desert", "devil",
        "distance", "common", "comfort", "concert", "country", "alley", "album", "arrow", "army", "argue", "artist", "arms", "better", "being", "beauty", "beating", "begging", "belly", "bedroom", "person", "person's", "beneath's",
        "total", "tonic", "token", "topic", "uncle", "forest", "fortune", "foreign", "forty", "formal", "within's", "acid", "action", "atom", "actor", "agent", "amber", "ankle", "alpha", "ages", "aching", "angry", "anthem",
    ];

    /// <inheritdoc/>
    protected override string Fold(string text) => string.Concat(text.Select(letter => char.ToLowerInvariant(Bare(letter))));

    /// <inheritdoc/>
    protected override (string[] Parts, string[] Sounds)? Known(string letters) => EnglishWords.Find(letters);

    /// <inheritdoc/>
    protected override List<(int Start, int End)> Vowels(string word)
    {
        var vowels = new List<(int Start, int End)>();
        for (var at = 0; at < word.Length;)
        {
            if (!IsVowel(word, at))
            {
                at++;
                continue;
            }

            var end = at + Length(word, at);
            if (!IsSilent(word, at, end, vowels.Count > 0))
            {
                vowels.Add((at, end));
            }

            at = end;
        }

        return vowels;
    }

    /// <inheritdoc/>
    protected override int StayLeft(string consonants)
    {
        // A silent e between them ends its syllable: "some-thing".
        var silent = consonants.LastIndexOf('e');
        if (silent >= 0)
        {
            return silent + 1;
        }

        if (consonants.Length <= 1)
        {
            return consonants is "x" ? 1 : 0;
        }

        if (consonants is "ck" or "ng" or "'s" || consonants.StartsWith('\''))
        {
            return consonants.Length;
        }

        // The longest run of consonants that can begin a word, but one at least stays.
        for (var taken = Math.Min(3, consonants.Length - 1); taken >= 2; taken--)
        {
            if (Onsets.Contains(consonants[^taken..]))
            {
                return consonants.Length - taken;
            }
        }

        return Onsets.Contains(consonants) ? 0 : consonants.Length - 1;
    }

    /// <inheritdoc/>
    protected override string[] Sounds(SpelledWord word) => word.KnownSounds ?? [.. Enumerable.Range(0, word.Texts.Length).Select(index => EnglishSounds.Of(word, index))];

    /// <inheritdoc/>
    protected override int Stressed(SpelledWord word)
    {
        var count = word.Texts.Length;
        if (count == 1)
        {
            return Weak.Contains(word.Letters.Replace('’', '\'')) ? -1 : 0;
        }

        if (word.Letters.EndsWith("tion", StringComparison.Ordinal) || word.Letters.EndsWith("sion", StringComparison.Ordinal) || word.Letters.EndsWith("ic", StringComparison.Ordinal))
        {
            return count - 2;
        }

        var first = string.Concat(word.Spelled[0].Where(char.IsLetter));
        return WeakPrefixes.Contains(first) && !StressedFirst.Contains(word.Letters) ? 1 : 0;
    }

    /// <summary>True when the letter sounds as a vowel: not the u of "queen", the y of "you" and "beyond".</summary>
    private static bool IsVowel(string word, int at) => word[at] switch
    {
        'u' => at == 0 || !(word[at - 1] == 'q' || (word[at - 1] == 'g' && at + 1 < word.Length && "eia".Contains(word[at + 1], StringComparison.Ordinal))),
        'y' => at + 1 >= word.Length || !VowelLetters.Contains(word[at + 1], StringComparison.Ordinal) || (at > 0 && !VowelLetters.Contains(word[at - 1], StringComparison.Ordinal) && char.IsLetter(word[at - 1])),
        var letter => VowelLetters.Contains(letter, StringComparison.Ordinal),
    };

    private static int Length(string word, int at)
    {
        var rest = word.AsSpan(at);

        // -tion, -cious: one sound after these.
        if (at > 0 && "tscgx".Contains(word[at - 1], StringComparison.Ordinal) && at > 1)
        {
            foreach (var ending in (ReadOnlySpan<string>)["ion", "iou", "ial", "ian", "ien", "eou"])
            {
                if (rest.StartsWith(ending))
                {
                    return ending.EndsWith('u') ? 3 : 2;
                }
            }
        }

        // "Being", "going", "trying": the ending is a syllable of its own.
        if (rest.Length > 3 && rest[1..].StartsWith("ing") && (rest.Length == 4 || !char.IsLetter(rest[4]) || rest[4] == 's'))
        {
            return 1;
        }

        foreach (var group in OneSound)
        {
            if (!rest.StartsWith(group))
            {
                continue;
            }

            // "Quiet", "science", "earlier": i and e apart.
            var isApart = group == "ie" && (rest.StartsWith("iet") || rest.StartsWith("ienc") || rest.StartsWith("ient") || (rest is "ier" or "iest" && at > 2));
            return isApart ? 1 : group.Length;
        }

        return 1;
    }

    private static bool IsSilent(string word, int at, int end, bool hasVowel)
    {
        if (word[at] != 'e' || end != at + 1 || !hasVowel || at == 0 || VowelLetters.Contains(word[at - 1], StringComparison.Ordinal))
        {
            return false;
        }

        var (before, rest) = (word[at - 1], LettersFrom(word, end));
        var isTable = before == 'l' && at > 1 && !VowelLetters.Contains(word[at - 2], StringComparison.Ordinal) && word[at - 2] != 'l' && char.IsLetter(word[at - 2]);
        return rest switch
        {
            "" or "'s" => !isTable,
            "s" => !isTable && !("sxzcg".Contains(before, StringComparison.Ordinal) || (before == 'h' && at > 1 && "cs".Contains(word[at - 2], StringComparison.Ordinal))),
            "d" => !isTable && before is not ('t' or 'd'),
            _ => !isTable && Suffixes.Contains(rest),
        };
    }

    private static string LettersFrom(string word, int at)
    {
        var end = at;
        while (end < word.Length && (char.IsLetter(word[end]) || word[end] == '\''))
        {
            end++;
        }

        return word[at..end].TrimEnd('\'');
    }
}
