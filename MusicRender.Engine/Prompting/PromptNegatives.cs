using System.Text.RegularExpressions;

namespace MusicRender.Engine.Prompting;

/// <summary>Finds what a prompt does not want: "no drums", "without bass or vocals", "Avoid: …".</summary>
internal static partial class PromptNegatives
{
    private const int Longest = 100;

    /// <summary>The unwanted things as styles, without the "no".</summary>
    internal static IReadOnlyList<string> Find(string prompt)
    {
        var unwanted = new List<string>();
        foreach (Match match in Negation().Matches(prompt))
        {
            unwanted.AddRange(Terms(match.Groups["what"].Value).Where(IsMusical));
        }

        foreach (Match match in Avoidance().Matches(prompt))
        {
            unwanted.AddRange(Terms(match.Groups["what"].Value));
        }

        return unwanted.Distinct(StringComparer.OrdinalIgnoreCase).Take(40).ToArray();
    }

    /// <summary>The prompt less what it does not want, so that "no drums" is not read as drums.</summary>
    internal static string Without(string prompt) =>
        Avoidance().Replace(Negation().Replace(prompt, match => Terms(match.Groups["what"].Value).Any(IsMusical) ? " " : match.Value), " ");

    internal static bool IsVoice(string term) =>
        term is not "choir" && MusicWords.Voice.Where(word => word is not "choir" and not "rap" and not "rapping").Any(word => WordSearch.Contains(term, word))
        && !WordSearch.Contains(term, "backing") && !WordSearch.Contains(term, "male") && !WordSearch.Contains(term, "female");

    private static IEnumerable<string> Terms(string list) =>
        Separator().Split(list).Select(term => PlainText.Cut(Leading().Replace(PlainText.OneLine(term), ""), Longest).Trim(' ', '.', '/')).Where(term => term.Length > 0);

    private static bool IsMusical(string term) =>
        MusicWords.Instruments.Concat(MusicWords.Moods).Concat(MusicWords.Production).Concat(MusicWords.Voice)
            .Concat(MusicWords.Genres.Select(genre => genre.Name))
            .Concat(["beat", "beats", "solo", "solos", "melody", "kick", "samples", "electronics", "fade"])
            .Any(word => WordSearch.Contains(term, word));

    [GeneratedRegex(@"\b(?:no|without|minus|free of|don'?t (?:use|want|include)|do not (?:use|want|include))\s+(?:any\s+)?(?<what>[\p{L}\p{N}&'#-]+(?:\s(?!and\b|or\b|nor\b|but\b|just\b|only\b|with\b|in\b|at\b|for\b|until\b|please\b)[\p{L}\p{N}&'#-]+){0,2}(?:(?:,\s*[\p{L}\p{N}&'#-]+(?:\s(?!and\b|or\b|nor\b)[\p{L}\p{N}&'#-]+)?){0,4},?\s(?:or|nor)\s(?:any\s)?[\p{L}\p{N}&'#-]+(?:\s(?!and\b|or\b|but\b|just\b|with\b|in\b|at\b|for\b)[\p{L}\p{N}&'#-]+)?|\sand\s(?:no\s)?[\p{L}\p{N}&'#-]+)?)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Negation();

    [GeneratedRegex(@"\b(?:avoid|avoiding)\b:?\s*(?<what>[^.;!?\n]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Avoidance();

    [GeneratedRegex(@",|\band\b|\bor\b|\bnor\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\s*(?:any|no|the|a|an)\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Leading();
}
