namespace MusicRender.Web.Studio;

/// <summary>Who sits before a circuit: a browser, by a random name that it keeps in a cookie. Nobody is known by it; renders are told apart by it.</summary>
public sealed class StudioClient
{
    /// <summary>The cookie's name.</summary>
    public const string Cookie = "musicrender.browser";

    private const int NameLength = 32;

    /// <summary>As renders carry it.</summary>
    public string Id { get; private set; } = ClientOf(NewName());

    /// <summary>Takes up what the page was made with.</summary>
    public void Take(string? name) => Id = name is { Length: NameLength } ? ClientOf(name) : Id;

    /// <summary>The browser's name, which it is given with its first page.</summary>
    public static string NameOf(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is { Length: NameLength } name && name.All(char.IsAsciiHexDigitLower))
        {
            return name;
        }

        name = NewName();
        if (!context.Response.HasStarted)
        {
            context.Response.Cookies.Append(Cookie, name, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
        }

        return name;
    }

    private static string ClientOf(string name) => $"browser:{name}";

    private static string NewName() => Guid.NewGuid().ToString("N");
}
