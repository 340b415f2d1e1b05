namespace MusicRender.Engine.Prompting;

/// <summary>Finds whole words and terms in a text, whatever their capitals.</summary>
internal static class WordSearch
{
    internal static bool Contains(string text, string term) => IndexOf(text, term, 0) >= 0;

    /// <summary>Where a term stands as a whole, or −1.</summary>
    internal static int IndexOf(string text, string term, int from)
    {
        for (var at = text.IndexOf(term, from, StringComparison.OrdinalIgnoreCase); at >= 0;
             at = at + 1 < text.Length ? text.IndexOf(term, at + 1, StringComparison.OrdinalIgnoreCase) : -1)
        {
            var end = at + term.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The terms that stand in a text, in the order of the text; one inside another is left out when the longer comes first in the list.</summary>
    internal static IReadOnlyList<string> Find(string text, IEnumerable<string> terms)
    {
        var found = new List<(int At, int End, string Term)>();
        foreach (var term in terms)
        {
            for (var at = IndexOf(text, term, 0); at >= 0 && at < text.Length; at = at + 1 < text.Length ? IndexOf(text, term, at + 1) : -1)
            {
                var end = at + term.Length;
                if (!found.Any(other => at < other.End && end > other.At))
                {
                    found.Add((at, end, term));
                    break;
                }
            }
        }

        return found.OrderBy(entry => entry.At).Select(entry => entry.Term).ToArray();
    }
}
