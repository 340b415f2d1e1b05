using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace MusicRender.Web.Access;

/// <summary>Forwarded addresses: believed from configured proxies, and from nobody else.</summary>
internal static class Proxies
{
    public static IServiceCollection AddProxies(this IServiceCollection services)
    {
        // After everything else, so that ASPNETCORE_FORWARDEDHEADERS_ENABLED, which believes anybody, does not.
        services.AddOptions<ForwardedHeadersOptions>().PostConfigure<IOptions<AccessOptions>>((forwarded, access) =>
        {
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in access.Value.Proxies)
            {
                AccessOptions.TryReadProxy(proxy, out var network);
                forwarded.KnownIPNetworks.Add(network);
            }

            forwarded.ForwardLimit = null;
            forwarded.ForwardedHeaders = access.Value.Proxies.Count == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        });
        return services;
    }
}
