using System.Globalization;

namespace MusicRender.Web.Api;

/// <summary>When somebody who is turned away may come back.</summary>
internal static class ComingBack
{
    /// <summary>Says it in the answer's header.</summary>
    public static void RetryAfter(this HttpContext context, TimeSpan wait) =>
        context.Response.Headers.RetryAfter = Seconds(wait).ToString(CultureInfo.InvariantCulture);

    /// <summary>Whole seconds, at least one.</summary>
    public static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}
