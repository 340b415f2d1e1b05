using Scalar.AspNetCore;

namespace MusicRender.Web.Api;

/// <summary>What every answer tells browsers: no foreign scripts, no frames, no guessing of types, no addresses for others.</summary>
internal static class SecurityHeaders
{
    // Styles may be inline: MudBlazor writes its theme as an element, and parts have their sizes as attributes.
    private const string BeforeScripts = "default-src 'self'; base-uri 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; script-src 'self'";

    private const string Permissions = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), midi=(), display-capture=(), browsing-topics=()";

    /// <summary>Adds them to every answer.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // Late, because the answer to a bug begins by clearing the headers.
        context.Response.OnStarting(
            static state =>
            {
                var context = (HttpContext)state;
                Apply(context.Response.Headers, context.Items[ScalarOptions.NonceHttpContextItemKey] as string);
                return Task.CompletedTask;
            },
            context);
        return next(context);
    });

    /// <summary>Adds them to one answer.</summary>
    /// <param name="headers">Its headers.</param>
    /// <param name="nonce">What the page's own scripts are marked with; null when it has none in its text.</param>
    public static void Apply(IHeaderDictionary headers, string? nonce = null)
    {
        headers.ContentSecurityPolicy = nonce is null ? BeforeScripts : $"{BeforeScripts} 'nonce-{nonce}'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Not no-referrer: with that, browsers send forms of our own pages with the origin null.
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        if (headers.CacheControl.Count == 0)
        {
            // What is behind a token is not for caches that several people share.
            headers.CacheControl = "private";
        }
    }
}
