using System.Globalization;
using System.Text.RegularExpressions;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Studio;

/// <summary>Lengths, sizes, times and money as people read them, in the culture and the time zone of the one who reads.</summary>
public static partial class Wording
{
    /// <summary>"1:30" of 90 000 ms. The same everywhere: players show times like this.</summary>
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
            (0, var rest) => WordingTexts.Seconds.With(Count(rest)),
            (var minutes, 0) => WordingTexts.Minutes.With(Count(minutes)),
            var (minutes, rest) => WordingTexts.MinutesAndSeconds.With(Count(minutes), Count(rest)),
        };
    }

    /// <summary>"2.1 MB".</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => WordingTexts.Bytes.With(Count(bytes)),
        < 1_000_000 => WordingTexts.Kilobytes.With(Number(bytes / 1_000.0, 0)),
        < 1_000_000_000 => WordingTexts.Megabytes.With(Number(bytes / 1_000_000.0, 1)),
        _ => WordingTexts.Gigabytes.With(Number(bytes / 1_000_000_000.0, 1)),
    };

    /// <summary>"just now", "5 min ago", "3 h ago", then the date.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalMinutes: < 1 } => WordingTexts.JustNow,
        { TotalHours: < 1 } gone => WordingTexts.MinutesAgo.With(Count((int)gone.TotalMinutes)),
        { TotalDays: < 1 } gone => WordingTexts.HoursAgo.With(Count((int)gone.TotalHours)),
        _ => Date(then),
    };

    /// <summary>"5 Mar 2026", "Mar 5, 2026", "5. März 2026": the culture's long date without the weekday, its month short.</summary>
    public static string Date(DateTimeOffset date)
    {
        var pattern = Weekday().Replace(CultureInfo.CurrentCulture.DateTimeFormat.LongDatePattern, "").Replace("MMMM", "MMM", StringComparison.Ordinal);
        return Here(date).ToString(pattern.Trim(' ', ',', '،', '、'), CultureInfo.CurrentCulture);
    }

    /// <summary>"5 Mar 2026, 14:05": the date, and the time as the culture writes it without seconds.</summary>
    public static string Moment(DateTimeOffset date) => WordingTexts.Moment.With(Date(date), Here(date).ToString("t", CultureInfo.CurrentCulture));

    /// <summary>"1,234".</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>"2.5".</summary>
    /// <param name="number">The number.</param>
    /// <param name="digits">Digits behind the point; zeros among them are shown.</param>
    public static string Number(double number, int digits) => number.ToString($"N{digits}", CultureInfo.CurrentCulture);

    /// <summary>"$0.23".</summary>
    public static string Dollars(decimal dollars)
    {
        var format = (NumberFormatInfo)CultureInfo.CurrentCulture.NumberFormat.Clone();
        (format.CurrencySymbol, format.CurrencyDecimalDigits) = ("$", 2);
        return dollars.ToString("C", format);
    }

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> things) => things switch
    {
        [] => "",
        [var one] => one,
        [.., var last] => WordingTexts.ListEnd.With(string.Join(WordingTexts.ListComma, things.SkipLast(1)), last),
    };

    private static DateTimeOffset Here(DateTimeOffset date) => TimeZoneInfo.ConvertTime(date, ReaderZone.Current);

    [GeneratedRegex(@"(?:\s*,\s*)?d{4}(?:\s*[,،、]?\s*)?")]
    private static partial Regex Weekday();
}
