using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace MusicRender.Web.Studio;

/// <summary>Numbers and dates as the reader's browser asks for them, in its time zone. The texts are English until there are others.</summary>
internal static class ReaderCulture
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>
    /// Gives every circuit the culture of the browser's Accept-Language, and its time zone. Only circuits: what programs send and get is the same
    /// wherever they are.
    /// </summary>
    public static IApplicationBuilder UseReaderCulture(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal),
        circuits => circuits.UseReaderZone().UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(English),
            SupportedCultures = [.. CultureInfo.GetCultures(CultureTypes.AllCultures).Where(culture => culture.Name.Length > 0)],
            SupportedUICultures = [English],
            RequestCultureProviders = [new AcceptLanguageHeaderRequestCultureProvider()],
        }));

    /// <summary>
    /// A handler for what others tell, in the culture and the time zone of whoever asks for it here. A circuit draws in the culture of the one that
    /// made it draw, and what all readers share is told from somebody else's circuit.
    /// </summary>
    public static Action Keep(Action handler)
    {
        var kept = Keep<object?>(_ => handler());
        return () => kept(null);
    }

    /// <summary>The same for a handler of something that is told.</summary>
    public static Action<T> Keep<T>(Action<T> handler)
    {
        var (culture, zone) = (CultureInfo.CurrentCulture, ReaderZone.Current);
        return told =>
        {
            var (cultureBefore, zoneBefore) = (CultureInfo.CurrentCulture, ReaderZone.Current);
            (CultureInfo.CurrentCulture, ReaderZone.Current) = (culture, zone);
            try
            {
                handler(told);
            }
            finally
            {
                (CultureInfo.CurrentCulture, ReaderZone.Current) = (cultureBefore, zoneBefore);
            }
        };
    }
}
