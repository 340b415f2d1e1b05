using System.Reflection;
using MusicRender.Engine;
using MusicRender.Web.Api.Documents;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.Api;

/// <summary><c>/health</c>, <c>/ready</c>, <c>/alive</c>.</summary>
internal static class HealthApi
{
    private static readonly string Version = typeof(HealthApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static readonly Dictionary<string, string> Stopping = new() { ["server"] = Draining.Reason };

    public static void MapHealthApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", async (EngineHealth health, TimeProvider time, CancellationToken ct) => Answer(await health.CheckAsync(ct), time))
            .Documented("health", "Health", "Health", "Checks everything that the server depends on.")
            .Gives<HealthBody>(200, "All is well.")
            .Gives<HealthBody>(503, "Something is wrong; `checks` says what.");
        routes.MapGet("/ready", async (EngineHealth health, IHostApplicationLifetime lifetime, TimeProvider time, CancellationToken ct) =>
            Answer(lifetime.ApplicationStopping.IsCancellationRequested ? Stopping : await health.CheckLibraryAsync(ct), time))
            .Documented("ready", "Health", "Readiness", "Whether the library answers, and the server is not stopping.")
            .Gives<HealthBody>(200, "Ready.")
            .Gives<HealthBody>(503, "Not ready; `checks` says why.");
        routes.MapGet("/alive", (TimeProvider time) => Answer(new Dictionary<string, string>(), time))
            .Documented("alive", "Health", "Liveness", "Whether the program runs.")
            .Gives<HealthBody>(200, "It does.")
            .WithMetadata(OpenToAll.Mark);
    }

    private static IResult Answer(IReadOnlyDictionary<string, string> checks, TimeProvider time)
    {
        var isHealthy = checks.Values.All(check => check == EngineHealth.Ok);
        return Results.Json(
            new HealthBody(isHealthy ? "healthy" : "degraded", "musicrender", Version, time.GetUtcNow(), checks),
            WireJson.Wire.HealthBody,
            statusCode: isHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
