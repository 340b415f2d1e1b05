using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing.Matching;

namespace MusicRender.Web.Studio;

/// <summary>
/// Decides where a page and the REST API share an address (<c>/tracks/{id}</c>): who accepts HTML gets the page,
/// programs get the API.
/// </summary>
internal sealed class PageNegotiation : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <summary>After the framework's own policies: methods and hosts are decided by then.</summary>
    public override int Order => 1000;

    /// <summary>True for a person's browser that asks for a page.</summary>
    internal static bool WantsPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);

    /// <inheritdoc/>
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(IsPage) && endpoints.Any(endpoint => !IsPage(endpoint));

    /// <inheritdoc/>
    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var (hasPage, hasOther) = (false, false);
        for (var at = 0; at < candidates.Count; at++)
        {
            if (candidates.IsValidCandidate(at))
            {
                var isPage = IsPage(candidates[at].Endpoint);
                hasPage |= isPage;
                hasOther |= !isPage;
            }
        }

        if (hasPage && hasOther)
        {
            var wantsPage = WantsPage(httpContext);
            for (var at = 0; at < candidates.Count; at++)
            {
                if (IsPage(candidates[at].Endpoint) != wantsPage)
                {
                    candidates.SetValidity(at, false);
                }
            }
        }

        return Task.CompletedTask;
    }

    private static bool IsPage(Endpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
}
