using System.Globalization;
using System.Text.RegularExpressions;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Prompting;

/// <summary>Reads how long a piece should be from a prompt's own words.</summary>
internal static partial class PromptLength
{
    /// <summary>The length when a prompt says nothing, ms.</summary>
    internal const int DefaultMs = 30_000;

    private const string Number = @"(?:\d{1,4}(?:[.,]\d{1,2})?|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen))";

    private static readonly string[] SmallNumbers =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>The length in ms, kept to 3 000–600 000, or null when the prompt does not say.</summary>
    internal static int? Find(string prompt)
    {
        var found = new List<(int At, double Seconds)>();
        Collect(found, Clock().Matches(prompt), prompt, match => (Value(match, "m") * 60) + Value(match, "s"));
        Collect(found, Hours().Matches(prompt), prompt, match => Value(match, "n") * 3600);
        Collect(found, Minutes().Matches(prompt), prompt, match =>
            (60 * (Value(match, "n") + (match.Groups["half"].Success ? 0.5 : 0))) + Value(match, "s"));
        Collect(found, MinuteAndHalf().Matches(prompt), prompt, match => match.Groups["more"].Success ? 90 : 60);
        Collect(found, HalfMinute().Matches(prompt), prompt, _ => 30);
        Collect(found, Seconds().Matches(prompt), prompt, match => Value(match, "n"));
        Collect(found, ShortSeconds().Matches(prompt), prompt, match => Value(match, "n"));
        if (found.Count == 0)
        {
            return null;
        }

        var seconds = found.MinBy(length => length.At).Seconds;
        return (int)Math.Clamp(Math.Round(seconds * 1000), PlanLimits.MinTotalMs, PlanLimits.MaxTotalMs);
    }

    private static void Collect(List<(int At, double Seconds)> found, MatchCollection matches, string prompt, Func<Match, double> seconds)
    {
        foreach (Match match in matches)
        {
            var before = prompt[Math.Max(0, match.Index - 12)..match.Index];
            if (!PartOfIt().IsMatch(prompt, match.Index + match.Length) && !NotALength().IsMatch(before) && seconds(match) > 0)
            {
                found.Add((match.Index, seconds(match)));
            }
        }
    }

    private static double Value(Match match, string group)
    {
        var text = match.Groups[group].Value.ToLowerInvariant();
        if (text.Length == 0)
        {
            return 0;
        }

        if (char.IsAsciiDigit(text[0]))
        {
            return double.Parse(text.Replace(',', '.'), CultureInfo.InvariantCulture);
        }

        var parts = text.Split([' ', '-']);
        return parts.Sum(part => Array.IndexOf(Tens, part) is var tens and >= 0
            ? (tens + 2) * 10
            : Math.Max(0, Array.IndexOf(SmallNumbers, part)));
    }

    [GeneratedRegex(@"(?<![\d:.])(?<m>\d{1,2}):(?<s>[0-5]\d)(?![\d:])(?!\s*(?:am|pm|a\.m|p\.m|in the|o'clock))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b(?<n>" + Number + @")\s?-?\s?(?:hours?|hrs?)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Hours();

    [GeneratedRegex(@"(?<![\w.,/])(?<n>" + Number + @")(?<half>[ -]and[ -]a[ -]half)?\s?-?\s?(?:minutes?|mins?\b\.?|m(?=\s?\d))(?:\s?,?\s?(?:and\s)?(?<s>" + Number + @")\s?-?\s?(?:seconds?|secs?|s)\b)?(?![\w])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Minutes();

    [GeneratedRegex(@"\ba\s?-?(?:minute)(?<more>[ -]and[ -]a[ -]half)?(?:[ -]long)?\b|\bminute(?<more>[ -]and[ -]a[ -]half)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MinuteAndHalf();

    [GeneratedRegex(@"\bhalf(?:[ -]an?)?[ -]minute\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex HalfMinute();

    [GeneratedRegex(@"(?<![\w.,/:])(?<n>" + Number + @")(?:\s|\s?-\s?)(?:seconds?|secs?|s)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Seconds();

    // "15s" and "30s spot", but not the "80s".
    [GeneratedRegex(@"(?<![\w.,/:'’])(?<n>\d{1,3})(?:sec(?:ond)?s?\b|s\b(?:(?<![2-9]0s)|(?=\s(?:ads?|spot|clip|bed|jingle|reel|teaser|long)\b)))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ShortSeconds();

    /// <summary>What follows a length that is only a part's: "10-second intro".</summary>
    [GeneratedRegex(@"\G[ -]*(?:long )?(?:\)|intro|outro|fade|verse|chorus|hook|bridge|break|build|solo|silence|drop|loop point|ago|later|late|early|walk|away|before|after)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PartOfIt();

    [GeneratedRegex(@"(?:\bevery|\bat|\bafter|\bfirst|\blast|\beach|\bby|\buntil|\bin the|\()\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NotALength();
}
