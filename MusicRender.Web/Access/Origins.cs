using Microsoft.AspNetCore.Cors.Infrastructure;
using MusicRender.Web.Api;

namespace MusicRender.Web.Access;

/// <summary>Who may call from a browser: configuration section <c>MusicRender:Cors</c>.</summary>
public sealed class OriginOptions
{
    /// <summary>Allowed origins, as browsers send them: <c>http://localhost:5173</c>. A configured list replaces the default one.</summary>
    public IReadOnlyList<string>? Origins { get; set; }

    /// <summary>What is allowed out of the box.</summary>
    public static IReadOnlyList<string> Default { get; } =
    [
        "http://localhost:3000", "http://localhost:5173", "http://localhost:8000",
        "http://127.0.0.1:3000", "http://127.0.0.1:5173", "http://127.0.0.1:8000",
    ];
}

/// <summary>One list of origins for REST (CORS) and for every socket. Pages of this server itself are always allowed.</summary>
internal static class Origins
{
    /// <summary>Adds the list. After the engine, whose catalogue it is read from at the start.</summary>
    public static IServiceCollection AddOrigins(this IServiceCollection services)
    {
        services.AddOptions<OriginOptions>().BindConfiguration("MusicRender:Cors")
            .Validate(
                options => (options.Origins ?? []).All(AllowedOrigins.IsOrigin),
                "MusicRender:Cors:Origins must be origins such as http://localhost:5173, without a path.")
            .ValidateOnStart();
        services.AddSingleton<AllowedOrigins>();
        services.AddHostedService(provider => provider.GetRequiredService<AllowedOrigins>());
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<AllowedOrigins>((cors, allowed) =>
            cors.AddDefaultPolicy(policy => policy
                .SetIsOriginAllowed(allowed.Contains)
                .AllowAnyHeader()
                .AllowAnyMethod()
                .AllowCredentials()
                .WithExposedHeaders("X-Request-ID", "Location", "Retry-After", "Content-Disposition", "Content-Range", "Accept-Ranges", "ETag")));
        return services;
    }

    /// <summary>Refuses what pages of other origins open or send without a browser asking first: sockets, and plain posts.</summary>
    public static IApplicationBuilder UseOrigins(this IApplicationBuilder app)
    {
        var allowed = app.ApplicationServices.GetRequiredService<AllowedOrigins>();
        return app.Use(async (context, next) =>
        {
            var origin = context.Request.Headers.Origin.ToString();
            if (IsReading(context) || origin.Length == 0 || allowed.Contains(origin) || origin == $"{context.Request.Scheme}://{context.Request.Host}")
            {
                await next(context);
                return;
            }

            await Problems.Of(StatusCodes.Status403Forbidden, "Pages of this origin may not do this here. Allow it in the studio's settings or in MusicRender:Cors:Origins.").ExecuteAsync(context);
        });
    }

    private static bool IsReading(HttpContext context) =>
        !context.WebSockets.IsWebSocketRequest
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method));
}
