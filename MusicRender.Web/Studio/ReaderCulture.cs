using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace MusicRender.Web.Studio;

/// <summary>Numbers and dates as the reader's browser asks for them. The texts are English until there are others.</summary>
internal static class ReaderCulture
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>
    /// Gives every circuit the culture of the browser's Accept-Language. Only circuits: what programs send and get is the same
    /// wherever they are.
    /// </summary>
    public static IApplicationBuilder UseReaderCulture(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal),
        circuits => circuits.UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(English),
            SupportedCultures = [.. CultureInfo.GetCultures(CultureTypes.AllCultures).Where(culture => culture.Name.Length > 0)],
            SupportedUICultures = [English],
            RequestCultureProviders = [new AcceptLanguageHeaderRequestCultureProvider()],
        }));

    /// <summary>
    /// A handler for what others tell, in the culture of whoever asks for it here. A circuit draws in the culture of the one that
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
        var culture = CultureInfo.CurrentCulture;
        return told =>
        {
            var before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = culture;
            try
            {
                handler(told);
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        };
    }
}
