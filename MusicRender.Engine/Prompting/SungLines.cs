using System.Globalization;

namespace MusicRender.Engine.Prompting;

/// <summary>Takes lines that can be sung, four to ten words each, out of a story's own sentences.</summary>
internal static class SungLines
{
    private const int FewestWords = 4;
    private const int MostWords = 10;
    private const int MostLetters = 64;
    private const int MostCharacters = 24;

    private static readonly char[] Edges = [' ', '.', ',', ';', ':', '!', '?', '…', '"', '“', '”', '(', ')', '–', '—', '-', '/', '。', '、', '，', '！', '？', '؟', '،', '।', '「', '」', '『', '』', '«', '»'];

    /// <summary>A fragment may begin at these; the word itself goes when it only joins.</summary>
    private static readonly string[] Joins = [" and ", " but ", " so ", " or ", " then ", " because ", " when ", " while ", " until ", " before ", " where ", " as if ", " after ", " if "];

    private static readonly HashSet<string> OnlyJoining = new(["and", "but", "so", "or", "then", "also"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Continuing = new(
        Joins.Select(join => join.Trim().Split(' ')[0]).Concat(EnglishWords.Prepositions), StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> NotAtStart = new(
        ["which", "who", "whom", "whose", "that", "to", "is", "are", "was", "were", "has", "have", "had", "of", "than", "be", "been", "it's", "not", "too"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> NotAtEnd = new(
        ["the", "a", "an", "and", "or", "but", "of", "to", "with", "for", "my", "her", "his", "our", "their", "your", "when", "that", "who", "which", "is", "was", "very", "as", "because", "from", "into", "every"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Sentences that speak about the music wanted, not about the story.</summary>
    private static readonly string[] AboutTheMusic =
        ["bpm", "vocals", "chorus", "song about", "a song", "the song", "the track", "instrumental", "melody", "lyrics", "the music", "make it", "jingle", "voice-over", "soundtrack"];

    internal static IReadOnlyList<string> FromEnglish(IReadOnlyList<string> sentences) =>
        sentences
            .Where(sentence => !AboutTheMusic.Any(words => sentence.Contains(words, StringComparison.OrdinalIgnoreCase)))
            .SelectMany(EnglishLines)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToArray();

    internal static IReadOnlyList<string> FromAnyLanguage(IReadOnlyList<string> sentences) =>
        sentences.SelectMany(PhrasesOfAnyLanguage).Distinct().ToArray();

    /// <summary>True for a line that goes on with the sentence before it: "Behind the railway station".</summary>
    internal static bool Continues(string line) => Continuing.Contains(line.Split(' ')[0]);

    private static IEnumerable<string> EnglishLines(string sentence)
    {
        var fragments = sentence.Split([',', ';', ':', '–', '—', '(', ')', '"', '“', '”'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var fragment in Rejoined(fragments).SelectMany(Shortened))
        {
            if (Line(fragment) is { } line)
            {
                yield return line;
            }
        }
    }

    /// <summary>Fragments too short to sing go to the one before ("We ate, we slept"), as long as the line stays short.</summary>
    private static IEnumerable<string> Rejoined(string[] fragments)
    {
        string? held = null;
        foreach (var fragment in fragments.Select(text => text.Trim()))
        {
            var joined = held is null ? fragment : $"{held}, {fragment}";
            if (held is not null && (Count(held) < FewestWords || Count(fragment) < FewestWords) && Count(joined) <= MostWords)
            {
                held = joined;
                continue;
            }

            if (held is not null)
            {
                yield return held;
            }

            held = fragment;
        }

        if (held is not null)
        {
            yield return held;
        }
    }

    /// <summary>Cuts what is too long before a joining word, so that both halves can be sung.</summary>
    private static IEnumerable<string> Shortened(string fragment)
    {
        var joined = fragment.Split(' ', 2);
        if (joined.Length == 2 && OnlyJoining.Contains(joined[0]))
        {
            return Shortened(joined[1]);
        }

        if (Count(fragment) <= MostWords)
        {
            return [fragment];
        }

        var cut = Joins.Select(join => fragment.IndexOf(join, StringComparison.OrdinalIgnoreCase))
            .Where(at => at > 0 && Count(fragment[..at]) >= FewestWords && Count(fragment[at..]) >= FewestWords)
            .OrderBy(at => Math.Abs(at - (fragment.Length / 2)))
            .FirstOrDefault(-1);
        cut = cut < 0 ? BeforePreposition(fragment) : cut;
        return cut < 0 ? [] : Shortened(fragment[..cut]).Concat(Shortened(WithSubject(fragment, fragment[cut..])));
    }

    /// <summary>"He lives in Spain and sends me postcards": the second half gets its "He" back.</summary>
    private static string WithSubject(string whole, string half)
    {
        var subject = whole.Split(' ')[0];
        var words = half.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 3 && OnlyJoining.Contains(words[0]) && EnglishWords.Verbs.Contains(words[1])
            && subject is "I" or "He" or "She" or "We" or "They" or "You" or "It"
            ? $"{subject} {words[1]} {words[2]}"
            : half;
    }

    private static int BeforePreposition(string fragment)
    {
        var best = -1;
        for (var at = fragment.IndexOf(' ', StringComparison.Ordinal); at >= 0; at = fragment.IndexOf(' ', at + 1))
        {
            var next = fragment[(at + 1)..].Split(' ')[0];
            var cuts = EnglishWords.Prepositions.Contains(next) && next is not ("of" or "to" or "up" or "down" or "off");
            if (cuts && Count(fragment[..at]) >= FewestWords && Count(fragment[at..]) >= FewestWords
                && (best < 0 || Math.Abs(at - (fragment.Length / 2)) < Math.Abs(best - (fragment.Length / 2))))
            {
                best = at;
            }
        }

        return best;
    }

    private static string? Line(string fragment)
    {
        var words = fragment.Trim(Edges).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        while (words.Count > 0 && OnlyJoining.Contains(words[0]))
        {
            words.RemoveAt(0);
        }

        if (words.Count is < FewestWords or > MostWords || IsBareVerb(words[0]) || NotAtStart.Contains(words[0]) || NotAtEnd.Contains(words[^1]))
        {
            return null;
        }

        var line = string.Join(' ', words).Trim(Edges);
        return line.Length <= MostLetters && !line.Contains("http", StringComparison.OrdinalIgnoreCase) ? PlainText.StartLarge(line) : null;
    }

    /// <summary>"sends me postcards": a verb whose subject was cut off.</summary>
    private static bool IsBareVerb(string word) =>
        char.IsLower(word[0]) && EnglishWords.Verbs.Contains(word);

    private static IEnumerable<string> PhrasesOfAnyLanguage(string sentence)
    {
        foreach (var fragment in sentence.Split([',', ';', '、', '，', '،', '；', '–', '—'], StringSplitOptions.RemoveEmptyEntries))
        {
            var words = fragment.Trim(Edges).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var part in words.Chunk(Even(words.Length, MostWords)))
            {
                foreach (var phrase in ShortEnough(string.Join(' ', part)))
                {
                    yield return phrase;
                }
            }
        }
    }

    /// <summary>Cuts text that has no blanks, between characters; scripts without blanks take about one syllable a character.</summary>
    private static IEnumerable<string> ShortEnough(string phrase)
    {
        var characters = StringInfo.ParseCombiningCharacters(phrase);
        var most = phrase.Contains(' ', StringComparison.Ordinal) ? MostLetters * 2 : MostCharacters;
        for (var at = 0; at < characters.Length; at += most)
        {
            var end = at + most < characters.Length ? characters[at + most] : phrase.Length;
            var piece = PlainText.Cut(phrase[characters[at]..end].Trim(), 190);
            if (piece.Length > 0)
            {
                yield return PlainText.StartLarge(piece);
            }
        }
    }

    /// <summary>Words a phrase, so that the phrases of a fragment are about equally long.</summary>
    private static int Even(int words, int most) => Math.Max(1, (int)Math.Ceiling(words / Math.Ceiling(words / (double)most)));

    private static int Count(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
}
