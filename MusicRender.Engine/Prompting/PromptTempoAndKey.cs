using System.Globalization;
using System.Text.RegularExpressions;

namespace MusicRender.Engine.Prompting;

/// <summary>Reads tempo, key and metre from a prompt's own words.</summary>
internal static partial class PromptTempoAndKey
{
    private const double SlowestBpm = 30;
    private const double FastestBpm = 300;

    private static readonly (string Word, double Bpm)[] TempoWords =
    [
        ("very slow", 56), ("very fast", 168), ("mid-tempo", 100), ("midtempo", 100), ("mid tempo", 100), ("uptempo", 128), ("up-tempo", 128), ("upbeat", 122),
        ("largo", 50), ("adagio", 70), ("andante", 88), ("moderato", 110), ("allegretto", 116), ("allegro", 132), ("vivace", 160), ("presto", 180),
        ("slow", 70), ("fast", 144),
    ];

    /// <summary>Beats a minute as written, or null.</summary>
    internal static double? Bpm(string prompt)
    {
        foreach (Match match in Tempo().Matches(prompt))
        {
            var low = Number(match, "a") ?? Number(match, "c");
            var bpm = Number(match, "b") is { } high && low is { } from ? Math.Round((from + high) / 2) : low;
            if (bpm is >= SlowestBpm and <= FastestBpm)
            {
                return bpm;
            }
        }

        return null;
    }

    /// <summary>A tempo for words like "slow" and "allegro", or null.</summary>
    internal static double? BpmOfWords(string prompt)
    {
        var (word, bpm) = TempoWords.FirstOrDefault(entry => WordSearch.Contains(prompt, entry.Word));
        return word is null ? null : bpm;
    }

    /// <summary>"Bb minor", "E major", "D dorian", or null. Flats are written b, sharps #.</summary>
    internal static string? Key(string prompt)
    {
        foreach (Match match in KeyName().Matches(prompt))
        {
            var letter = match.Groups["letter"].Value;
            var mode = match.Groups["mode"].Value;
            // "a major label", "a minor key": the article, not the note.
            if (letter is "a" && match.Groups["in"].Value.Length == 0)
            {
                continue;
            }

            var accidental = match.Groups["accidental"].Value.Trim(' ', '-').ToLowerInvariant() switch
            {
                "#" or "♯" or "sharp" => "#",
                "b" or "♭" or "flat" => "b",
                _ => "",
            };
            var minor = mode is "m" || mode.StartsWith("min", StringComparison.OrdinalIgnoreCase) || mode.Equals("moll", StringComparison.OrdinalIgnoreCase);
            var major = mode.Length == 0 || mode.StartsWith("maj", StringComparison.OrdinalIgnoreCase) || mode.Equals("dur", StringComparison.OrdinalIgnoreCase);
            return $"{letter.ToUpperInvariant()}{accidental} {(minor ? "minor" : major ? "major" : mode.ToLowerInvariant())}";
        }

        return null;
    }

    /// <summary>"3/4" and the like, "4/4" when nothing is said.</summary>
    internal static string Metre(string prompt)
    {
        var written = MetreName().Match(prompt);
        return written.Success ? written.Value : WordSearch.Contains(prompt, "waltz") ? "3/4" : "4/4";
    }

    /// <summary>One bar in ms; the tempo counts quarter notes.</summary>
    internal static double BarMs(double bpm, string metre)
    {
        var parts = metre.Split('/').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return parts[0] * 4 / parts[1] * 60_000 / bpm;
    }

    private static double? Number(Match match, string group) =>
        match.Groups[group].Success ? double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"(?<![\d.])(?<a>\d{2,3}(?:\.\d{1,2})?)(?:\s?(?:-|–|to)\s?(?<b>\d{2,3}(?:\.\d{1,2})?))?[\s-]?(?:bpm\b|beats (?:per|a) minute)|(?:\bbpm|\btempo|♩)\s*(?:of|is|:|=|at|around|about)?\s*(?<c>\d{2,3}(?:\.\d{1,2})?)(?!\d)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Tempo();

    [GeneratedRegex(@"(?<![\w#♯♭'’-])(?:(?<in>(?:[Kk]ey:? (?:of |is )?|[Ii]n )))?(?<letter>[A-G]|(?<=(?:[Kk]ey of|[Ii]n) )[a-g])(?<accidental>\s?[#♯♭]|b(?![a-z])|[ -](?:[Ss]harp|[Ff]lat))?(?:[ -]?(?<mode>[Mm]ajor|[Mm]inor|[Mm]aj|[Mm]in|[Mm]oll|[Dd]ur|[Dd]orian|[Pp]hrygian|[Ll]ydian|[Mm]ixolydian|[Aa]eolian|[Ll]ocrian)\b(?!\s(?:key|label|league|change|thing|detail|role|part|chords?|mood))|(?<=(?:[Kk]ey of|[Ii]n) [A-G](?:#|b|♯|♭)?)(?<mode>m)\b|(?<=[Kk]ey(?: of|:|) [A-G](?:#|b|♯|♭)?)\b(?<mode>)(?!\w))", RegexOptions.CultureInvariant)]
    private static partial Regex KeyName();

    [GeneratedRegex(@"(?<![\d/])(?:2|3|4|5|6|7|9|11|12)/(?:4|8)(?![\d/])", RegexOptions.CultureInvariant)]
    private static partial Regex MetreName();
}
