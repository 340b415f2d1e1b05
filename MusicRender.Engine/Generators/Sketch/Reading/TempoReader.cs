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

    /// <summary>The tempo of a song: a number if there is one, else the genre's, moved by words such as "slow".</summary>
    public static double Read(StyleText global, double genreBpm)
    {
        if (ReadNumber(global.Raw) is { } bpm)
        {
            return bpm;
        }

        var factor = global switch
        {
            _ when global.Wants("very slow", "extremely slow") => 0.65,
            _ when global.Wants("very fast", "extremely fast") => 1.35,
            _ when global.Wants("slow", "slow tempo", "downtempo", "down tempo", "relaxed tempo", "ballad") => 0.8,
            _ when global.Wants("fast", "fast paced", "uptempo", "up tempo", "upbeat", "driving tempo") => 1.15,
            _ => 1,
        };
        return Clamped(Math.Round(genreBpm * factor));
    }

    private static double Clamped(double bpm) => Math.Clamp(bpm, Slowest, Fastest);

    private static double Number(Match match, string group) =>
        double.Parse(match.Groups[group].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<low>[0-9]{2,3})\s*(?:bpm)?\s*(?:-|–|—|to|bis|and)\s*(?<high>[0-9]{2,3})\s*-?(?:bpm|beats per minute)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RangeOfBpm();

    [GeneratedRegex(@"(?<![0-9.])(?<bpm>[0-9]{2,3}(?:\.[0-9]{1,3})?)\s*-?(?:bpm|beats per minute)|(?:bpm|tempo)\s*(?:of|is|:|=|at|around)?\s*(?<bpm>[0-9]{2,3})(?![0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bpm();
}
