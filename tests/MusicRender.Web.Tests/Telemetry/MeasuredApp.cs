using System.Globalization;
using MusicRender.Web.Tests.Server;

namespace MusicRender.Web.Tests.Telemetry;

/// <summary>A server that sends telemetry to a collector, much sooner than it would out of the box.</summary>
public sealed class MeasuredApp : MusicRenderApp
{
    private Collector? _collector;

    internal Collector Collector => _collector!;

    protected override bool IsQuiet => false;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Collector.Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = Soon,
        ["OTEL_BLRP_SCHEDULE_DELAY"] = Soon,
        ["OTEL_METRIC_EXPORT_INTERVAL"] = Soon,
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:Console:LogLevel:Default"] = "None",
    };

    private static string Soon => 100.ToString(CultureInfo.InvariantCulture);

    public override async ValueTask InitializeAsync()
    {
        _collector = await Collector.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Collector.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
