namespace MusicRender.Web.Api;

/// <summary>Gives every response its <c>X-Request-ID</c>: the caller's own, if it sent a sane one.</summary>
internal static class RequestIds
{
    /// <summary>The header's name.</summary>
    public const string Header = "X-Request-ID";
    private const int MaxLength = 128;

    public static string RequestId(this HttpContext context) => (string)context.Items[Header]!;

    public static IApplicationBuilder UseRequestIds(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var sent = context.Request.Headers[Header].ToString();
        var id = IsSane(sent) ? sent : Guid.NewGuid().ToString("N");
        context.Items[Header] = id;

        // Late, because the answer to a bug begins by clearing the headers.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = id;
            return Task.CompletedTask;
        });
        return next(context);
    });

    private static bool IsSane(string id) =>
        id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');
}
