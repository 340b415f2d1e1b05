namespace MusicRender.Engine.Prompting;

/// <summary>Splits a text into sentences, in every script that marks their ends.</summary>
internal static class SentenceBreaks
{
    private static readonly HashSet<string> Abbreviations =
        new(["mr", "mrs", "ms", "dr", "st", "prof", "vs", "no"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The sentences, each with its closing mark, without blanks around it.</summary>
    internal static IReadOnlyList<string> Split(string text)
    {
        var sentences = new List<string>();
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (!Ends(text, at))
            {
                continue;
            }

            // Closing quotes and brackets belong to the sentence.
            while (at + 1 < text.Length && text[at + 1] is '"' or '\'' or '”' or '’' or ')' or '」' or '』' or '»' or '.' or '!' or '?')
            {
                at++;
            }

            Add(sentences, text[start..(at + 1)]);
            start = at + 1;
        }

        Add(sentences, text[start..]);
        return sentences;
    }

    private static bool Ends(string text, int at) => text[at] switch
    {
        '。' or '！' or '？' or '؟' or '।' or '…' or '۔' => true,
        '!' or '?' => true,
        '.' => (at + 1 == text.Length || text[at + 1] is ' ' or '"' or '”' or ')' or '\'') && !Abbreviations.Contains(WordBefore(text, at)),
        '/' => at > 0 && text[at - 1] == ' ' && at + 1 < text.Length && text[at + 1] == ' ',
        _ => false,
    };

    private static string WordBefore(string text, int at)
    {
        var start = at;
        while (start > 0 && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        return text[start..at];
    }

    private static void Add(List<string> sentences, string sentence)
    {
        var trimmed = sentence.Trim(' ', '/');
        if (trimmed.Length > 0)
        {
            sentences.Add(trimmed);
        }
    }
}
