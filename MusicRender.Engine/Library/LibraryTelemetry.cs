using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MusicRender.Engine.Library;

/// <summary>What operators see of the library: spans of writes to the catalogue and of files that are published, and how many writes failed.</summary>
public static class LibraryTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "MusicRender.Library";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("musicrender.catalogue.failures", "{write}", "Writes to the catalogue that failed; those that were tried again count each time.");

    /// <summary>A span of work on the library, or null while nobody listens.</summary>
    internal static Activity? Step(string name) => Source.StartActivity(name);

    /// <summary>A write to the catalogue failed.</summary>
    internal static void WriteFailed() => Failures.Add(1);
}
