using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace MusicRender.Web.Access;

/// <summary>Puts the door together: the token, the limits, the proxies.</summary>
internal static class AccessServices
{
    /// <summary>The largest body that the server takes at all. Where a body is read, a smaller limit holds.</summary>
    private const int MaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>Adds the door. Before the engine, so that it is not shut for longer than need be at the start.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>().BindConfiguration("MusicRender:Access")
            .Validate(options => options.IsTokenGood, "MusicRender:Access:Token must be 16 to 200 letters, digits, '-', '.', '_' or '~'.")
            .Validate(options => options.Proxies.All(proxy => AccessOptions.TryReadProxy(proxy, out _)), "MusicRender:Access:Proxies must be addresses such as 192.0.2.7, or networks such as 10.0.0.0/8.")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitCheck>();
        services.AddOptions<LimitOptions>().BindConfiguration("MusicRender:Limits").ValidateOnStart();
        services.AddProxies();
        services.AddSingleton<KeptToken>();
        services.AddSingleton<Door>();
        services.AddHostedService<AccessStartup>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitOptions>>((kestrel, limits) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = limits.Value.Connections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = limits.Value.Connections;
        });
        return services;
    }

    /// <summary>Sees through the configured proxies: before everything that looks at addresses.</summary>
    public static IApplicationBuilder UseProxies(this IApplicationBuilder app) => app.UseForwardedHeaders();

    private sealed class LimitCheck : IValidateOptions<LimitOptions>
    {
        public ValidateOptionsResult Validate(string? name, LimitOptions options) =>
            options.Wrong().ToList() is { Count: > 0 } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
