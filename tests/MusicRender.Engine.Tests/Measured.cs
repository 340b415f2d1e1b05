using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Tests;

/// <summary>What operators see, for tests.</summary>
internal static class Measured
{
    /// <summary>Telemetry with a meter of its own.</summary>
    public static RenderTelemetry Telemetry() => new(Meters());

    private static IMeterFactory Meters() => new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
}
