using System.Net;
using MusicRender.Web.Api;

namespace MusicRender.Web.Access;

/// <summary>Stands before every endpoint that is not marked with <see cref="OpenToAll"/>, and before addresses that lead nowhere.</summary>
internal static class DoorKeeping
{
    private const string Challenge = "Bearer realm=\"MusicRender\"";

    /// <summary>Lets in whom the door lets in, and answers everybody else.</summary>
    public static IApplicationBuilder UseDoor(this IApplicationBuilder app) => app.Use(next =>
    {
        var door = app.ApplicationServices.GetRequiredService<Door>();
        // Whoever names hosts has them checked by the framework, before all of this.
        var namesHosts = !string.IsNullOrEmpty(app.ApplicationServices.GetRequiredService<IConfiguration>()["AllowedHosts"]);
        return context =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is not null)
            {
                return next(context);
            }

            var verdict = door.Judge(context, out var wait);
            if (verdict != Verdict.Welcome)
            {
                return RefuseAsync(context, verdict, wait, SignIn.AddressOf(context.Request));
            }

            // Without a token, a foreign page whose name is pointed at this machine would pass for one of ours.
            return door.IsOpen && !namesHosts && !IsLoopbackName(context.Request.Host.Host)
                ? Problems.Of(StatusCodes.Status400BadRequest, "This server is not called by that name. Names are allowed in AllowedHosts.").ExecuteAsync(context)
                : next(context);
        };
    });

    /// <summary>Answers somebody who may not come in: people with the page to sign in, programs with problem details.</summary>
    /// <param name="context">The request.</param>
    /// <param name="verdict">Why not.</param>
    /// <param name="wait">How long to wait, when it is for that.</param>
    /// <param name="returnTo">Where to go when they have signed in.</param>
    public static Task RefuseAsync(HttpContext context, Verdict verdict, TimeSpan wait, string returnTo)
    {
        var (status, reason, detail) = Explain(verdict, wait);
        context.Response.Headers.CacheControl = "no-store";
        if (verdict is Verdict.TooManyTries or Verdict.NotYet)
        {
            context.RetryAfter(wait);
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = verdict == Verdict.WrongToken ? $"{Challenge}, error=\"invalid_token\"" : Challenge;
        }

        if (verdict == Verdict.WrongToken && context.Request.Cookies.ContainsKey(Credentials.Cookie))
        {
            // The token is another one by now. A page that keeps asking with the old cookie would use up all tries.
            context.Response.Cookies.Delete(Credentials.Cookie);
        }

        return verdict is Verdict.NoToken or Verdict.WrongToken or Verdict.TooManyTries && SignIn.WantsPage(context.Request)
            ? SignIn.ShowAsync(context, status, verdict == Verdict.NoToken ? null : detail, returnTo)
            : Problems.Of(status, detail, reason).ExecuteAsync(context);
    }

    private static (int Status, string Reason, string Detail) Explain(Verdict verdict, TimeSpan wait) => verdict switch
    {
        Verdict.NoToken => (StatusCodes.Status401Unauthorized, "token_needed", "This server wants its access token: send it as 'Authorization: Bearer TOKEN', or open /sign-in in a browser."),
        Verdict.WrongToken => (StatusCodes.Status401Unauthorized, "token_wrong", "That is not the access token of this server."),
        Verdict.NotFromHere => (StatusCodes.Status401Unauthorized, "token_needed", "This server is for its own machine only, and the request came through a proxy. Whoever runs it can set MusicRender:Access:Token, and name the proxy in MusicRender:Access:Proxies."),
        Verdict.TooManyTries => (StatusCodes.Status429TooManyRequests, "too_many_tries", $"Too many wrong access tokens came from this address. Try again in {ComingBack.Seconds(wait)} s."),
        _ => (StatusCodes.Status503ServiceUnavailable, "starting", "The server is starting. Try again in a second."),
    };

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
