using System.Reflection;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering;
using MusicRender.Web.RenderSocket;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MusicRender.Web;

/// <summary>
/// Traces, metrics and logs for whoever runs this, sent by OTLP to where OpenTelemetry's own variables say
/// (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its relatives). Without that, nothing is gathered.
/// </summary>
internal static class Telemetry
{
    /// <summary>The variable that switches it on.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string ServiceName = "OTEL_SERVICE_NAME";

    /// <summary>Addresses that say nothing of a render: files, the page's own connection, and what is asked every few seconds.</summary>
    private static readonly string[] Unwatched = ["/_blazor", "/_framework", "/_content", "/assets", "/alive", "/ready", "/health"];

    /// <summary>Sends telemetry when an address for it is configured.</summary>
    /// <exception cref="OptionsValidationException">The address is none.</exception>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var endpoint = builder.Configuration[Endpoint];
        if (string.IsNullOrWhiteSpace(endpoint))
        {
            return;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new OptionsValidationException(Endpoint, typeof(Uri), [$"{Endpoint} must be an address such as http://127.0.0.1:4317."]);
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                builder.Configuration[ServiceName] ?? "musicrender",
                serviceVersion: typeof(Telemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
                serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}"))
            .WithTracing(tracing => tracing
                .AddSource(RenderTelemetry.Name, LibraryTelemetry.Name, "Microsoft.Orleans.Application", "System.Net.Http", "Npgsql")
                .AddAspNetCoreInstrumentation(requests => requests.Filter = context => !Array.Exists(Unwatched, path => context.Request.Path.StartsWithSegments(path))))
            .WithMetrics(metrics => metrics.AddMeter(
                RenderTelemetry.Name, LibraryTelemetry.Name, SocketCount.Meter, "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components.Server.Circuits", "Npgsql"))
            .WithLogging(null, logs => logs.IncludeScopes = true)
            .UseOtlpExporter();
    }
}
