using System.Globalization;
using System.Text;

namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>How a language in letters writes its syllables and sounds. Words come in lower case, one letter a character.</summary>
internal abstract class Spelling
{
    /// <summary>From which letter to before which one each vowel stands.</summary>
    protected abstract List<(int Start, int End)> Vowels(string word);

    /// <summary>How many of the consonants between two vowels belong to the first syllable.</summary>
    protected abstract int StayLeft(string consonants);

    /// <summary>The sounds of the syllables, in one-letter names, consonants and vowels of each in order.</summary>
    protected abstract string[] Sounds(SpelledWord word);

    /// <summary>The number of the stressed syllable; −1 for none.</summary>
    protected abstract int Stressed(SpelledWord word);

    /// <summary>Reads a word.</summary>
    public IEnumerable<Syllable> Read(string text)
    {
        var letters = Fold(text);
        var word = Split(text, letters);
        if (word.Texts.Length == 1 && word.Vowels[0].Start == word.Vowels[0].End)
        {
            // "Hmm", "brr": the consonants hum.
            return [new Syllable(text, [], [Phone.Schwa], Phones.Of("m"), true)];
        }

        var sounds = Sounds(word);
        var stressed = Stressed(word);
        return word.Texts.Select((part, index) => Sounded(part, Phones.Of(sounds[index]), index == stressed));
    }

    /// <summary>The letters of each syllable.</summary>
    public IReadOnlyList<string> Split(string text) => Split(text, Fold(text)).Texts;

    /// <summary>Words whose syllables or sounds the rules do not give; null for all others.</summary>
    protected virtual (string[] Parts, string[] Sounds)? Known(string letters) => null;

    /// <summary>Lower case, letter for letter; accents stay.</summary>
    protected virtual string Fold(string text) => text.ToLowerInvariant();

    /// <summary>The letter without its accent.</summary>
    protected static char Bare(char letter)
    {
        if (letter < 128 || !char.IsLetter(letter))
        {
            return letter;
        }

        var bare = letter.ToString().Normalize(NormalizationForm.FormD)[0];
        return char.GetUnicodeCategory(bare) == UnicodeCategory.NonSpacingMark ? letter : bare;
    }

    private SpelledWord Split(string text, string letters)
    {
        var bare = letters.Trim('\'', '’', '"', '(', ')', ',', '.', '!', '?', ';', ':', '“', '”', '„', '«', '»', '¡', '¿', '…', '-', '–', '—');
        if (Known(bare.Replace('’', '\'')) is { } known)
        {
            var (start, end) = (letters.IndexOf(bare, StringComparison.Ordinal), 0);
            var parts = new string[known.Parts.Length];
            var from = 0;
            for (var index = 0; index < parts.Length; index++)
            {
                start += known.Parts[index].Length;
                end = index == parts.Length - 1 ? text.Length : start;
                parts[index] = text[from..end];
                from = end;
            }

            return new SpelledWord(bare, parts, [.. parts.Select(part => part.ToLowerInvariant())], [.. parts.Select(_ => (0, 1))], known.Sounds);
        }

        var vowels = Vowels(letters);
        if (vowels.Count == 0)
        {
            return new SpelledWord(bare, [text], [letters], [(0, 0)], null);
        }

        var (texts, spelled, places) = (new List<string>(), new List<string>(), new List<(int, int)>());
        var begin = 0;
        for (var index = 0; index < vowels.Count; index++)
        {
            var border = text.Length;
            if (index < vowels.Count - 1)
            {
                var consonants = letters[vowels[index].End..vowels[index + 1].Start];
                var hyphen = consonants.LastIndexOfAny(['-', '–', '—', '/', '~']);
                border = vowels[index].End + (hyphen >= 0 ? hyphen + 1 : Math.Clamp(StayLeft(consonants), 0, consonants.Length));
            }

            texts.Add(text[begin..border]);
            spelled.Add(letters[begin..border]);
            places.Add((vowels[index].Start - begin, vowels[index].End - begin));
            begin = border;
        }

        return new SpelledWord(bare, [.. texts], [.. spelled], [.. places], null);
    }

    private static Syllable Sounded(string text, Phone[] phones, bool isStressed)
    {
        var first = Array.FindIndex(phones, phone => phone.IsVowel());
        if (first < 0)
        {
            return new Syllable(text, phones, [Phone.Schwa], [], isStressed);
        }

        var after = Array.FindIndex(phones, first, phone => !phone.IsVowel());
        after = after < 0 ? phones.Length : after;
        return new Syllable(text, phones[..first], phones[first..Math.Min(after, first + 2)], [.. phones[after..].Where(phone => !phone.IsVowel())], isStressed);
    }
}

/// <summary>A word cut into syllables.</summary>
/// <param name="Letters">The whole word, folded, without punctuation round it.</param>
/// <param name="Texts">Its syllables as written.</param>
/// <param name="Spelled">Its syllables, folded.</param>
/// <param name="Vowels">Where in each syllable its vowel's letters stand.</param>
/// <param name="KnownSounds">The sounds of each syllable where the word is listed, else null.</param>
internal sealed record SpelledWord(string Letters, string[] Texts, string[] Spelled, (int Start, int End)[] Vowels, string[]? KnownSounds)
{
    /// <summary>The letters before a syllable's vowel.</summary>
    public string Onset(int syllable) => Plain(Spelled[syllable][..Vowels[syllable].Start]);

    /// <summary>The letters of a syllable's vowel.</summary>
    public string Vowel(int syllable) => Spelled[syllable][Vowels[syllable].Start..Vowels[syllable].End];

    /// <summary>The letters after a syllable's vowel.</summary>
    public string Coda(int syllable) => Plain(Spelled[syllable][Vowels[syllable].End..]);

    private static string Plain(string letters) => string.Concat(letters.Where(char.IsLetter));
}
