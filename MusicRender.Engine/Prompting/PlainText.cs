using System.Globalization;
using System.Text;

namespace MusicRender.Engine.Prompting;

/// <summary>People's text made safe to quote, cut and capitalize, in every script.</summary>
internal static class PlainText
{
    /// <summary>
    /// One line of well-formed text: control characters and runs of blanks become one blank, line breaks become
    /// <c> / </c> as in printed verse, lone surrogates go.
    /// </summary>
    internal static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        var (blank, broken) = (false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                continue;
            }

            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                blank = true;
                broken |= rune.Value is '\n' or '\r' or 0x2028 or 0x2029;
                continue;
            }

            if (blank && line.Length > 0)
            {
                line.Append(broken && line[^1] is not ('.' or '!' or '?' or ',' or ';' or ':') ? " / " : " ");
            }

            (blank, broken) = (false, false);
            line.Append(rune);
        }

        return line.ToString();
    }

    /// <summary>The beginning of a text, at most so many UTF-16 units, cut after a whole word where there is one and never inside a character.</summary>
    internal static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = 0;
        var lastWord = 0;
        while (end < text.Length)
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (next > most)
            {
                break;
            }

            end = next;
            lastWord = text[end - 1] == ' ' ? end - 1 : lastWord;
        }

        if (end == 0)
        {
            // One character with more marks than fit.
            end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        }

        return text[..(lastWord > most / 2 ? lastWord : end)].TrimEnd();
    }

    /// <summary>The same text with its first letter large.</summary>
    internal static string StartLarge(string text)
    {
        if (text.Length == 0 || !Rune.TryGetRuneAt(text, 0, out var first))
        {
            return text;
        }

        return Rune.ToUpperInvariant(first) + text[first.Utf16SequenceLength..];
    }

    /// <summary>"a, b and c".</summary>
    internal static string List(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "",
        1 => words[0],
        _ => $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}",
    };

    /// <summary>"a" or "an", before this text.</summary>
    internal static string Article(string text)
    {
        var vowel = text.Length > 0 && "aeiouAEIOU".Contains(text[0], StringComparison.Ordinal);
        // "an 808", "an 85-second", "an 18-bar"; but "a euphoric", "a unison".
        vowel |= text.StartsWith('8') || text.StartsWith("11-", StringComparison.Ordinal) || text.StartsWith("18", StringComparison.Ordinal);
        return vowel && !text.StartsWith("eu", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("uni", StringComparison.OrdinalIgnoreCase)
            ? "an"
            : "a";
    }
}
