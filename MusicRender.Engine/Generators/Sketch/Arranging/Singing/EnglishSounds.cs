namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>What English letters sound like, in the one-letter names of <see cref="Phones"/>. A singer's diction, not a dictionary's.</summary>
internal static class EnglishSounds
{
    private static readonly (string Letters, string Sound)[] Consonants =
    [
        ("tch", "C"), ("sch", "sk"), ("dge", "J"), ("ght", "t"), ("igh", ""), ("que", "k"), ("th", "T"), ("sh", "S"), ("ch", "C"), ("ph", "f"), ("wh", "w"), ("ck", "k"), ("ng", "N"), ("kn", "n"), ("wr", "r"),
        ("qu", "q"), ("gh", ""), ("mb", "m"), ("gn", "n"), ("gu", "g"), ("nk", "Nk"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("ge", "J"), ("se", "z"), ("ss", "s"), ("ll", "l"), ("tt", "t"), ("pp", "p"), ("mm", "m"), ("nn", "n"), ("rr", "r"),
        ("dd", "d"), ("ff", "f"), ("gg", "g"), ("bb", "b"), ("zz", "z"), ("cc", "k"), ("c", "k"), ("y", "j"), ("j", "J"), ("e", ""), ("i", ""), ("u", ""), ("a", ""), ("o", ""), ("x", "x"), ("q", "k"),
    ];

    /// <summary>The sounds of a syllable.</summary>
    public static string Of(SpelledWord word, int syllable)
    {
        var (onset, vowel, coda) = (word.Onset(syllable), word.Vowel(syllable), word.Coda(syllable));
        var isLast = syllable == word.Texts.Length - 1;
        var soft = onset is ['c'] or [.., 'c'] && vowel[0] is 'e' or 'i' or 'y';
        var first = onset is "t" or "s" or "ss" or "c" or "x" && vowel is "io" or "iou" or "ia" or "ie" ? "S" : Spell(soft ? onset[..^1] + "s" : onset is "th" && IsVoiced(word.Letters) ? "D" : onset);
        if (onset is "g" && vowel[0] is 'e' or 'i' && syllable > 0)
        {
            first = "J";
        }

        var nucleus = Vowel(word, syllable, vowel, coda, isLast);
        return first + nucleus + Spell((nucleus.EndsWith('3') ? coda.TrimStart('r') : coda).TrimStart('h'));
    }

    private static bool IsVoiced(string word) => word is "the" or "this" or "that" or "these" or "those" or "they" or "them" or "then" or "there" or "than" or "though" or "their";

    private static string Spell(string letters)
    {
        var sounds = new List<string>();
        for (var at = 0; at < letters.Length;)
        {
            if (letters[at] == 'D')
            {
                sounds.Add("D");
                at++;
                continue;
            }

            var (found, sound) = Consonants.FirstOrDefault(row => letters.AsSpan(at).StartsWith(row.Letters));
            sounds.Add(found is null ? letters[at].ToString() : sound);
            at += found?.Length ?? 1;
        }

        return string.Concat(sounds);
    }

    private static string Vowel(SpelledWord word, int syllable, string vowel, string coda, bool isLast)
    {
        var count = word.Texts.Length;
        var isMagic = coda.Length is 2 or 3 && coda.EndsWith('e') && coda is not ("nce" or "nse" or "dge" or "rse" or "rce" or "lve" or "nge" or "lse");
        var isOpen = coda.Length == 0;
        var isFirst = syllable == 0;
        var hasR = coda.StartsWith('r');
        return vowel switch
        {
            "a" when hasR => coda is "re" or "res" ? "E" : "a",
            "a" when isMagic || coda is "nge" => "eI",
            "a" when coda is "ll" or "lk" or "lt" or "ld" or "ls" or "w" => "o",
            "a" when word.Onset(syllable).EndsWith('w') && !coda.StartsWith('y') => "a",
            "a" => isOpen ? isFirst && count > 1 && word.Letters.Length > 2 && syllable != count - 1 && !word.Letters.StartsWith('a') ? "eI" : "@" : isFirst ? "&" : "@",
            "e" when hasR => coda is "re" ? "I" : "3",
            "e" when isMagic => "i",
            "e" when isOpen && count == 1 => "i",
            "e" when isLast && coda is "" or "s" or "d" && count > 1 => "@",
            "e" when isOpen && isFirst && word.Onset(0) is "b" or "r" or "d" or "pr" => "I",
            "e" => isFirst ? "E" : "@",
            "i" when hasR => coda is "re" or "res" ? "aI" : "3",
            "i" when isMagic || coda.StartsWith("gh", StringComparison.Ordinal) || coda is "nd" or "ld" or "nds" or "lds" or "gn" => count == 1 || isFirst || isMagic ? "aI" : "I",
            "i" when isOpen => count == 1 || (isFirst && word.Spelled[1] is "ing" or "ned" or "ning" or "ding" or "ting" or "ring" or "ving" or "ny" or "ving" or "lence" or "lent" or "nal" or "ming" or "der" or "king" or "dal" or "ger") ? "aI" : "I",
            "i" => "I",
            "o" when hasR => "o",
            "o" when isMagic => "OU",
            "o" when coda.StartsWith("ld", StringComparison.Ordinal) || coda is "ll" or "lt" or "lls" => "OU",
            "o" when isOpen => isFirst || isLast ? "OU" : "@",
            "o" when coda is "ng" or "ngs" or "st" or "ss" or "ft" or "g" or "n" && isFirst => "o",
            "o" => isFirst ? "a" : "@",
            "u" when hasR => coda is "re" ? "u" : "3",
            "u" when isMagic || isOpen => "u",
            "u" when coda is "ll" or "sh" or "lly" => "U",
            "u" => isFirst ? "^" : "@",
            "y" => isOpen && count == 1 || isMagic ? "aI" : isOpen && isFirst ? "aI" : isOpen ? "i" : "I",
            "ai" => hasR ? "E" : "eI",
            "ay" or "ei" or "eigh" => "eI",
            "ey" => count > 1 && isLast ? "i" : "eI",
            "au" or "aw" => "o",
            "ea" when hasR => coda is "rt" or "rts" ? "a" : coda is "rth" or "rn" or "rly" or "rl" or "rch" ? "3" : "I",
            "ea" when coda is "d" or "th" or "dy" or "lth" or "nt" or "ven" => "E",
            "ee" or "ea" => hasR ? "I" : "i",
            "ie" => count == 1 && coda is "" or "d" or "s" ? "aI" : "i",
            "eu" or "ew" or "ue" or "ui" => "u",
            "eau" => "OU",
            "oo" when coda is "k" or "ks" or "d" or "t" && word.Letters is not ("food" or "mood" or "boot" or "root" or "moody") => "U",
            "oo" => hasR ? "o" : "u",
            "ou" when coda is "ld" => "U",
            "ou" when !isFirst && coda.StartsWith('s') => "@",
            "ou" when hasR => "o",
            "ou" when coda.StartsWith("ght", StringComparison.Ordinal) => "o",
            "ou" => "aU",
            "ow" => EnglishWords.HasLongOw(word.Letters) || (count > 1 && isLast && coda is "" or "s" or "ed") ? "OU" : "aU",
            "oa" or "oe" => hasR ? "o" : "OU",
            "oi" or "oy" => "oI",
            "uy" => "aI",
            "io" or "iou" or "eou" or "ia" => "@",
            _ => "@",
        };
    }
}
