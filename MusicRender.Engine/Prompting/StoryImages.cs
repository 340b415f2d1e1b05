namespace MusicRender.Engine.Prompting;

/// <summary>
/// Finds noun phrases in English sentences without a dictionary: a determiner and up to three words that are neither
/// function words nor verbs.
/// </summary>
internal static class StoryImages
{
    private const int MostWords = 3;

    private static readonly char[] Edges = ['.', ',', ';', ':', '!', '?', '"', '“', '”', '(', ')', '…', '–', '/'];

    private static readonly HashSet<string> PlacePrepositions = new(
        ["behind", "under", "over", "beside", "between", "through", "across", "along", "near", "above", "below", "beyond", "by", "in", "on", "at"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The images of a story, the most telling first.</summary>
    internal static IReadOnlyList<string> Find(IReadOnlyList<string> sentences) =>
        sentences.SelectMany(sentence => Phrases(sentence).Select(phrase => phrase.Image))
            .Select((image, at) => (Image: image, Place: at))
            .DistinctBy(entry => Content(entry.Image), StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(entry => Weight(entry.Image))
            .ThenBy(entry => entry.Place)
            .Select(entry => entry.Image)
            .ToArray();

    /// <summary>Images with the preposition before them: "behind the railway station".</summary>
    internal static IReadOnlyList<string> FindPlaces(IReadOnlyList<string> sentences) =>
        sentences.SelectMany(Phrases)
            .Where(phrase => phrase.Before is { } before && PlacePrepositions.Contains(before)
                && (before.Length > 2 || phrase.Image.Split(' ').Length > 2))
            .Select(phrase => $"{phrase.Before!.ToLowerInvariant()} {phrase.Image}")
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(place => place.Split(' ').Length)
            .ToArray();

    /// <summary>Two images that a story joins: "a light on the ice".</summary>
    internal static IReadOnlyList<string> FindPairs(IReadOnlyList<string> sentences) =>
        sentences.SelectMany(sentence =>
        {
            var phrases = Phrases(sentence).ToArray();
            return phrases.Skip(1).Zip(phrases, (second, first) => $"{first.Image} {second.Before} {second.Image}")
                .Where(pair => sentence.Contains(pair, StringComparison.OrdinalIgnoreCase) && pair.Split(' ') is { Length: <= 6 } words
                    && words.Any(PlacePrepositions.Contains));
        })
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .ToArray();

    /// <summary>The phrase without its determiner.</summary>
    internal static string Content(string image)
    {
        var words = image.Split(' ');
        return EnglishWords.Determiners.Contains(words[0]) ? string.Join(' ', words.Skip(1)) : image;
    }

    private static int Weight(string image)
    {
        var words = image.Split(' ');
        var weight = words.Length * 2;
        weight += words[0] is "my" or "our" or "your" ? 2 : words[0] is "the" ? 1 : words[0] is "their" or "her" or "his" or "every" or "another" or "some" ? -2 : 0;
        return weight - (words.Any(EnglishWords.Vague.Contains) ? 6 : 0);
    }

    private static IEnumerable<(string? Before, string Image)> Phrases(string sentence)
    {
        var words = sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at < words.Length - 1; at++)
        {
            var determiner = words[at].Trim(Edges);
            if (!EnglishWords.Determiners.Contains(determiner) || Stops(words[at]) || determiner is "that" or "That" or "this" or "This" or "these" or "those")
            {
                continue;
            }

            var content = ContentAfter(words, at + 1);
            if (content.Count > 0 && !EnglishWords.Vague.Contains(content[^1]) && content[^1].Length > 2)
            {
                yield return (at > 0 && !Stops(words[at - 1]) ? words[at - 1].Trim(Edges) : null, $"{determiner.ToLowerInvariant()} {string.Join(' ', content)}");
            }
        }
    }

    private static List<string> ContentAfter(string[] words, int start)
    {
        var content = new List<string>();
        for (var at = start; at < words.Length && content.Count < MostWords; at++)
        {
            var word = words[at].Trim(Edges);
            if (word.Length == 0 || word.Length > 24 || !IsContent(word, content.Count))
            {
                break;
            }

            content.Add(word);
            if (Stops(words[at]))
            {
                return content;
            }
        }

        // "our regulars smell the cinnamon": what stands before another determiner or a pronoun is a verb.
        var next = start + content.Count < words.Length ? words[start + content.Count].Trim(Edges) : "";
        var verbLast = content.Count > 1 && (EnglishWords.Determiners.Contains(next) || EnglishWords.Pronouns.Contains(next));
        if (verbLast && content[^1] is { } last && char.IsLower(last[0]))
        {
            content.RemoveAt(content.Count - 1);
        }

        // An adjective cannot be told from a noun; but a phrase cut at its longest would end anywhere.
        return content.Count == MostWords && next.Length > 0 && !EndsPhrase(next) ? content[..^1] : content;
    }

    private static bool EndsPhrase(string next) =>
        EnglishWords.Function.Contains(next) || EnglishWords.Prepositions.Contains(next) || EnglishWords.Determiners.Contains(next)
        || EnglishWords.Verbs.Contains(next) || EnglishWords.Pronouns.Contains(next);

    private static bool IsContent(string word, int place)
    {
        if (EndsPhrase(word) || !word.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '\'' or '’'))
        {
            return false;
        }

        var oddEnding = word.EndsWith("ing", StringComparison.Ordinal) || word.EndsWith("ed", StringComparison.Ordinal) || word.EndsWith("ly", StringComparison.Ordinal);
        return place == 0 || !oddEnding || EnglishWords.OddNouns.Contains(word);
    }

    private static bool Stops(string word) => word.Length > 0 && Edges.Contains(word[^1]);
}
