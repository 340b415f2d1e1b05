using System.Text.RegularExpressions;

namespace MusicRender.Web.Studio;

/// <summary>The time zone of whoever reads a page. The browser tells it in a cookie before its circuit starts (theme.ts).</summary>
internal static partial class ReaderZone
{
    /// <summary>The cookie: a name of the time zone database, "Europe/Berlin".</summary>
    public const string Cookie = "musicrender.zone";

    private static readonly AsyncLocal<TimeZoneInfo?> Zone = new();

    /// <summary>The zone here; UTC where nobody said one. It flows as the culture does.</summary>
    public static TimeZoneInfo Current
    {
        get => Zone.Value ?? TimeZoneInfo.Utc;
        set => Zone.Value = value;
    }

    /// <summary>The zone of a name; UTC for none, and for what is no name of a zone.</summary>
    public static TimeZoneInfo Of(string? name) =>
        name is not null && Name().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Gives every circuit the zone of its browser.</summary>
    public static IApplicationBuilder UseReaderZone(this IApplicationBuilder circuits) => circuits.Use((context, next) =>
    {
        Current = Of(context.Request.Cookies[Cookie]);
        return next(context);
    });

    // Zones are found as files: nothing that leads elsewhere is looked for.
    [GeneratedRegex(@"^[A-Za-z0-9_+\-]{1,32}(?:/[A-Za-z0-9_+\-]{1,32}){0,3}\z")]
    private static partial Regex Name();
}
