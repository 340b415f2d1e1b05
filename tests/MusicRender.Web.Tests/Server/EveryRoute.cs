using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MusicRender.Web.Tests.Server;

/// <summary>Everything that a server answers at, as requests.</summary>
internal static partial class EveryRoute
{
    /// <summary>Each method and path of each endpoint, with something in place of its parameters, and an address that leads nowhere.</summary>
    public static IReadOnlyList<(string Method, string Path)> Of(IServiceProvider services) =>
    [
        .. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET", "POST"])
                .Select(method => (method, $"/{Parameter().Replace(endpoint.RoutePattern.RawText ?? "", "x").TrimStart('/')}")))
            .Append(("GET", "/nowhere/at/all"))
            .Append(("OPTIONS", "/tracks"))
            .Append(("GET", "/appsettings.json"))
            .Distinct(),
    ];

    /// <summary>What is open to everybody: the page to sign in with what it is made of, and whether the program lives.</summary>
    public static bool IsOpen(string method, string path) =>
        (method, path) is ("GET", "/alive") or ("GET", "/sign-in") or ("POST", "/sign-in") or ("POST", "/sign-out") || (method is "GET" or "HEAD" && OpenAsset().IsMatch(path));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^/assets/(sign-in\.css|sign-in\.js|theme\.js|favicon\.svg|fonts/[^/]+\.woff2)$")]
    private static partial Regex OpenAsset();
}
