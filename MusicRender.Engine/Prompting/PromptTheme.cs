using System.Text.RegularExpressions;

namespace MusicRender.Engine.Prompting;

/// <summary>Finds what a free prompt wants to be sung about.</summary>
internal static partial class PromptTheme
{
    /// <summary>The words after "about", "for" or "dedicated to", and sentences that tell something rather than describe music; empty when there are none.</summary>
    internal static string Find(string prompt)
    {
        if (LanguageGuess.Of(prompt) != "en")
        {
            return prompt;
        }

        var themes = About().Matches(prompt).Select(match => Sentence(match.Groups["theme"].Value));
        var told = SentenceBreaks.Split(PlainText.OneLine(prompt)).Where(sentence => Telling().IsMatch(sentence) && !Musical(sentence));
        return string.Join(' ', themes.Concat(told).Distinct(StringComparer.OrdinalIgnoreCase));
    }

    private static string Sentence(string theme) => PlainText.StartLarge(theme.Trim(' ', ',', '.')) + ".";

    private static bool Musical(string sentence) =>
        About().IsMatch(sentence)
        || PromptTempoAndKey.Bpm(sentence) is not null
        || WordSearch.Find(sentence, MusicWords.Instruments).Count > 1
        || WordSearch.Find(sentence, ["song", "track", "music", "vocals", "chorus", "verse", "beat", "tempo", "bpm", "melody", "style", "genre", "instrumental"]).Count > 0;

    [GeneratedRegex(@"\b(?:about|dedicated to|inspired by|in memory of|celebrating|that tells the story of|for(?= (?:my|our) ))\s+(?<theme>[^.;!?\n]+?)(?=\s*(?:[.;!?\n]|$|,\s*(?:no|with|without|in|at|instrumental|sung|slow|fast|upbeat|about|\d+)\b|\s(?:at|in) (?:\d|[A-G][#b]? ?(?:major|minor))|\swith (?:a |an |some )?(?:\w+ )?(?:piano|guitars?|drums|strings|vocals|bass|synths?|beat|chorus)\b|\swithout\b|\s-\s))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex About();

    [GeneratedRegex(@"\b(?:I|we|she|he|they|my|our|her|his)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Telling();
}
