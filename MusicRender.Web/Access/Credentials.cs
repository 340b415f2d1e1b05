using MusicRender.Web.Api.Documents;

namespace MusicRender.Web.Access;

/// <summary>How a request shows that it may come in: <c>Authorization: Bearer</c>, the socket's subprotocol, or the cookie.</summary>
internal static class Credentials
{
    /// <summary>The cookie's name.</summary>
    public const string Cookie = OpenApiFinish.SessionCookie;

    /// <summary>What the subprotocol begins with that carries a token; browsers can send a socket no header.</summary>
    public const string TokenProtocol = "musicrender.token.";

    /// <summary>The subprotocol without a token.</summary>
    private const string PlainProtocol = "musicrender";

    private const string Bearer = "Bearer ";

    /// <summary>The session that the request shows, good or not; null when it shows none.</summary>
    public static string? SessionOf(HttpContext context)
    {
        // Other schemes are a proxy's business.
        if (context.Request.Headers.Authorization.ToString() is { Length: > 7 } header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AccessToken.SessionOf(header[Bearer.Length..].Trim());
        }

        if (context.WebSockets.IsWebSocketRequest && context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(IsToken) is { } protocol)
        {
            return AccessToken.SessionOf(protocol[TokenProtocol.Length..]);
        }

        return context.Request.Cookies[Cookie];
    }

    /// <summary>The subprotocol that the answer names: browsers want one of theirs back. The one without a token, when it is offered too.</summary>
    public static string? Agreed(IList<string> offered) =>
        offered.Contains(PlainProtocol) ? PlainProtocol : offered.FirstOrDefault(IsToken);

    private static bool IsToken(string protocol) => protocol.StartsWith(TokenProtocol, StringComparison.Ordinal);
}
