using System.Globalization;

namespace MusicRender.Web.Studio;

/// <summary>Lengths, sizes and times as people read them.</summary>
public static class Wording
{
    /// <summary>"1:30" of 90 000 ms.</summary>
    public static string Clock(long milliseconds)
    {
        var seconds = Math.Max(0, milliseconds) / 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
    }

    /// <summary>"30 s", "1 min 30 s", "3 min".</summary>
    public static string Length(long milliseconds)
    {
        var seconds = (int)Math.Round(Math.Max(0, milliseconds) / 1000.0);
        return (seconds / 60, seconds % 60) switch
        {
            (0, var rest) => string.Create(CultureInfo.InvariantCulture, $"{rest} s"),
            (var minutes, 0) => string.Create(CultureInfo.InvariantCulture, $"{minutes} min"),
            var (minutes, rest) => string.Create(CultureInfo.InvariantCulture, $"{minutes} min {rest} s"),
        };
    }

    /// <summary>"2.1 MB".</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000.0:0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.0} MB"),
    };

    /// <summary>"just now", "5 min ago", "3 h ago", then the date.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } gone => string.Create(CultureInfo.InvariantCulture, $"{(int)gone.TotalMinutes} min ago"),
        { TotalDays: < 1 } gone => string.Create(CultureInfo.InvariantCulture, $"{(int)gone.TotalHours} h ago"),
        _ => Date(then),
    };

    /// <summary>"5 Mar 2026".</summary>
    public static string Date(DateTimeOffset date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"1 234" with a thin space, as counters show numbers.</summary>
    public static string Count(long number) => number.ToString("#,0", CountFormat);

    /// <summary>"0.23 $".</summary>
    public static string Dollars(decimal dollars) => string.Create(CultureInfo.InvariantCulture, $"{dollars:0.00} $");

    private static readonly NumberFormatInfo CountFormat = new() { NumberGroupSeparator = "\u202f" };
}
