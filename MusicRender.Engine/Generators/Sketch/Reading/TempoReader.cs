using System.Globalization;
using System.Text.RegularExpressions;

namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Finds the tempo in styles.</summary>
internal static partial class TempoReader
{
    /// <summary>Slowest tempo that is played, beats a minute.</summary>
    public const double Slowest = 40;

    /// <summary>Fastest tempo that is played, beats a minute.</summary>
    public const double Fastest = 220;

    // The words of scores, as metronomes have them.
    private static readonly (double Bpm, string[] Words)[] Italian =
    [
        (44, ["grave"]), (50, ["largo", "larghissimo"]), (56, ["lento"]), (63, ["larghetto"]), (70, ["adagio"]), (84, ["andante", "andantino"]),
        (106, ["moderato"]), (116, ["allegretto"]), (132, ["allegro"]), (156, ["vivace", "allegro vivace"]), (176, ["presto"]), (196, ["prestissimo"]),
    ];

    private static readonly (double Factor, string[] Words)[] Relative =
    [
        (0.65, ["very slow", "extremely slow", "sehr langsam", "très lent", "muy lento"]),
        (1.35, ["very fast", "extremely fast", "sehr schnell", "très rapide", "muy rápido", "breakneck", "frantic"]),
        (0.8, ["slow", "slow tempo", "downtempo", "down tempo", "relaxed tempo", "ballad", "unhurried", "langsam", "lent", "slowly", "slow paced", "ゆっくり", "慢"]),
        (1.15, ["fast", "fast paced", "uptempo", "up tempo", "upbeat", "driving tempo", "schnell", "rapide", "rápido", "rápida", "quick", "veloce", "速い", "快"]),
    ];

    /// <summary>Beats a minute written as a number, or null. A range gives its middle.</summary>
    public static double? ReadNumber(IEnumerable<string> styles)
    {
        foreach (var style in styles)
        {
            if (RangeOfBpm().Match(style) is { Success: true } range)
            {
                return Clamped((Number(range, "low") + Number(range, "high")) / 2);
            }

            if (Bpm().Match(style) is { Success: true } bpm)
            {
                return Clamped(Number(bpm, "bpm"));
            }
        }

        return null;
    }

    /// <summary>The tempo of a song that has no number: a word of scores, else the genre's, moved by words such as "slow".</summary>
    public static double Read(StyleText styles, double genreBpm)
    {
        foreach (var (bpm, words) in Italian)
        {
            if (styles.Wants(words) && !styles.Refuses(words))
            {
                return bpm;
            }
        }

        if (styles.Wants("mid tempo", "midtempo", "medium tempo", "moderate tempo"))
        {
            return Clamped(Math.Clamp(genreBpm, 92, 116));
        }

        var factor = Relative.FirstOrDefault(row => styles.Wants(row.Words)).Factor;

        // "Not slow": what is refused moves the other way.
        if (factor == 0 && styles.RefusesExactly("slow"))
        {
            factor = 1.1;
        }

        if (factor == 0 && styles.RefusesExactly("fast"))
        {
            factor = 0.9;
        }

        return Clamped(Math.Round(genreBpm * (factor == 0 ? 1 : factor)));
    }

    private static double Clamped(double bpm) => Math.Clamp(bpm, Slowest, Fastest);

    private static double Number(Match match, string group) =>
        double.Parse(match.Groups[group].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<low>[0-9]{2,3})\s*(?:bpm)?\s*(?:-|–|—|to|bis|and)\s*(?<high>[0-9]{2,3})\s*-?(?:bpm|beats per minute)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RangeOfBpm();

    [GeneratedRegex(@"(?<![0-9.])(?<bpm>[0-9]{2,3}(?:\.[0-9]{1,3})?)\s*-?(?:bpm|beats per minute|beats a minute|schläge pro minute|ppm\b)|(?:bpm|tempo|♩|♪)\s*(?:of|is|:|=|at|around)?\s*(?<bpm>[0-9]{2,3})(?![0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bpm();
}
