namespace MusicRender.Engine.Prompting;

/// <summary>Finds names in English sentences by their capitals.</summary>
internal static class ProperNames
{
    private const int LongestWord = 24;

    private static readonly char[] Edges = ['.', ',', ';', ':', '!', '?', '"', '“', '”', '(', ')', '\'', '’', '…', '-', '–'];

    private static readonly HashSet<string> PlacePrepositions = new(["in", "at", "to", "from", "near", "on", "through", "around", "outside"], StringComparer.OrdinalIgnoreCase);

    internal static (IReadOnlyList<string> Names, IReadOnlyList<string> Places) Find(IReadOnlyList<string> sentences)
    {
        var found = new List<(string Name, bool IsPlace)>();
        foreach (var sentence in sentences)
        {
            var words = sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var at = 0; at < words.Length; at++)
            {
                var length = Length(words, at);
                if (length > 0)
                {
                    var name = string.Join(' ', words.Skip(at).Take(length).Select(Bare));
                    found.Add((name, at > 0 && PlacePrepositions.Contains(Bare(words[at - 1]))));
                    at += length - 1;
                }
            }
        }

        // A word that only ever opens a sentence is a name when the next word is a verb: "Mia turns seven".
        var byName = found.GroupBy(name => name.Name, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ToArray();
        var places = byName.Where(group => group.All(name => name.IsPlace)).Select(group => group.Key).ToArray();
        return (byName.Select(group => group.Key).Except(places).ToArray(), places);
    }

    private static int Length(string[] words, int start)
    {
        var length = 0;
        while (start + length < words.Length && length < 3 && IsCapital(words, start, length))
        {
            length++;
            if (!char.IsLetterOrDigit(words[start + length - 1][^1]) || HasGenitive(words[start + length - 1]))
            {
                break;
            }
        }

        return length;
    }

    private static bool IsCapital(string[] words, int start, int length)
    {
        var word = Bare(words[start + length]);
        var known = EnglishWords.Function.Contains(word) || EnglishWords.Determiners.Contains(word)
            || EnglishWords.Prepositions.Contains(word) || EnglishWords.Calendar.Contains(word) || EnglishWords.Vague.Contains(word);
        if (word.Length is < 2 or > LongestWord || !char.IsUpper(word[0]) || known || word.All(char.IsUpper) && word.Length > 6)
        {
            return false;
        }

        if (start + length > 0 && (length > 0 || !EndsSentence(words[start - 1])))
        {
            return true;
        }

        // The first word of a sentence is large anyway; it is a name when what follows could be its verb.
        var next = start + 1 < words.Length ? Bare(words[start + 1]) : "";
        return EnglishWords.Verbs.Contains(next)
            || next is "is" or "was" or "has" or "had" or "and" or "loves" or "will" or "would"
            || HasGenitive(words[start]);
    }

    private static bool EndsSentence(string word) => word[^1] is '.' or '!' or '?' or ':' or '/' or '"' or '“';

    private static bool HasGenitive(string word) =>
        word.EndsWith("'s", StringComparison.Ordinal) || word.EndsWith("’s", StringComparison.Ordinal);

    private static string Bare(string word)
    {
        var bare = word.Trim(Edges);
        return HasGenitive(bare) ? bare[..^2] : bare;
    }
}
