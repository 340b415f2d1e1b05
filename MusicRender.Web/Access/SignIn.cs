using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using MusicRender.Web.Api;

namespace MusicRender.Web.Access;

/// <summary>
/// <c>/sign-in</c>: turns the token into a cookie. A plain form that needs no script; the link's script only fills it in.
/// <c>/sign-out</c> takes the cookie away.
/// </summary>
internal static class SignIn
{
    /// <summary>The page's address. The link has the token behind a # after it.</summary>
    public const string Path = "/sign-in";

    /// <summary>Where a form is posted that signs its browser out.</summary>
    public const string WayOut = "/sign-out";

    /// <summary>The largest form, bytes.</summary>
    private const int MaxFormBytes = 8 * 1024;

    /// <summary>What the page is made of, below the server's root.</summary>
    private static readonly string[] Assets = ["assets/sign-in.css", "assets/sign-in.js", "assets/theme.js", "assets/favicon.svg", "assets/fonts/"];

    /// <summary>How long a browser stays signed in.</summary>
    private static readonly TimeSpan CookieAge = TimeSpan.FromDays(180);

    /// <summary>Maps the page and its form.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext context, Door door) => door.IsOpen ? GoAsync(context, "/") : ShowAsync(context, StatusCodes.Status200OK, null, "/")).WithMetadata(OpenToAll.Mark);
        routes.MapPost(Path, EnterAsync).WithMetadata(OpenToAll.Mark);
        routes.MapPost(WayOut, LeaveAsync).WithMetadata(OpenToAll.Mark);
    }

    /// <summary>Lets everybody have what the page is made of.</summary>
    public static void OpenAssets(this IEndpointConventionBuilder assets) => assets.Add(endpoint =>
    {
        var route = (endpoint as RouteEndpointBuilder)?.RoutePattern.RawText?.TrimStart('/') ?? "";
        if (Assets.Any(asset => asset.EndsWith('/') ? route.StartsWith(asset, StringComparison.Ordinal) : route == asset))
        {
            endpoint.Metadata.Add(OpenToAll.Mark);
        }
    });

    /// <summary>Shows the page, in place of whatever was asked for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="problem">What was wrong with the last try, or null.</param>
    /// <param name="returnTo">Where to go afterwards.</param>
    public static Task ShowAsync(HttpContext context, int status, string? problem, string returnTo) =>
        new RazorComponentResult<SignInPage>(new Dictionary<string, object?> { [nameof(SignInPage.Problem)] = problem, [nameof(SignInPage.ReturnTo)] = returnTo }) { StatusCode = status, PreventStreamingRendering = true }.ExecuteAsync(context);

    /// <summary>True for a person's browser that asks for a page.</summary>
    public static bool WantsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || request.Path == Path) && request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>Where the request would have gone.</summary>
    public static string AddressOf(HttpRequest request) => $"{request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}";

    private static async Task EnterAsync(HttpContext context, Door door)
    {
        if (door.IsOpen)
        {
            await GoAsync(context, "/");
            return;
        }

        var form = await ReadAsync(context);
        var returnTo = form?["return"].ToString() is { } wish && IsOurs(wish) ? wish : "/";
        // Whoever pastes the whole link means what stands behind its #.
        var session = AccessToken.SessionOf((form?["token"].ToString() ?? "").Split('#')[^1].Trim());
        var verdict = door.Judge(session, context.Connection.RemoteIpAddress, out var wait);
        if (verdict != Verdict.Welcome)
        {
            await DoorKeeping.RefuseAsync(context, verdict, wait, returnTo);
            return;
        }

        // Lax: links to the studio work, and nobody else's page sends it along.
        context.Response.Cookies.Append(Credentials.Cookie, session, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = CookieAge, Path = "/" });
        await GoAsync(context, returnTo);
    }

    private static Task LeaveAsync(HttpContext context, Door door)
    {
        context.Response.Cookies.Delete(Credentials.Cookie);
        return GoAsync(context, door.IsOpen ? "/" : Path);
    }

    private static async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxFormBytes;
        }

        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static Task GoAsync(HttpContext context, string address)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = address;
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        return Task.CompletedTask;
    }

    /// <summary>An address of this server: a path, not a name of another one.</summary>
    private static bool IsOurs(string address) =>
        address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) && address.All(c => c is > ' ' and < '\u007F' and not '\\');
}
