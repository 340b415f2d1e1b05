using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Telemetry;

/// <summary>What an operator's collector gets of a render.</summary>
public sealed class TelemetryTests(MeasuredApp app) : IClassFixture<MeasuredApp>
{
    [Fact]
    public async Task Render_OverTheSocket_IsOneTraceFromSocketToStore()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref _) => ActivitySamplingResult.AllData, ActivityStopped = spans.Enqueue };
        ActivitySource.AddActivityListener(listener);

        await using var client = await SocketClient.RunAsync(app, Plans.Message("Traced song"));
        var id = client.Received[^1].GetProperty("data").Text("id");
        while (!spans.Any(span => span.Kind == ActivityKind.Server && span.DisplayName.Contains("/render/ws", StringComparison.Ordinal)))
        {
            // The socket's own span ends a moment after its last message.
            await Task.Delay(20, MusicRenderApp.Patience);
        }

        var render = spans.Single(span => id.Equals(span.GetTagItem("musicrender.render_id")));
        var trace = spans.Where(span => span.TraceId == render.TraceId).ToList();
        Assert.Contains(trace, span => span.Kind == ActivityKind.Server && span.DisplayName.Contains("/render/ws", StringComparison.Ordinal));
        Assert.Superset(new HashSet<string> { "queued", "generating", "processing", "saving", "extracting", "publish audio", "catalogue write" }, trace.Select(span => span.DisplayName).ToHashSet());
        Assert.Equal("saving", trace.Single(span => span.DisplayName == "publish audio").Parent!.DisplayName);
        await SentAsync("traces", id, "/render/ws", "IRenderGrain/Start", "generating", "processing", "saving", "extracting", "publish audio", "catalogue write", "succeeded");
    }

    [Fact]
    public async Task Renders_AreCountedByStageAndOutcome()
    {
        await using var socket = await SocketClient.RunAsync(app, Plans.Message("Counted song"));
        using (var failed = await app.PostAsync("/render", Failing("Uncounted song")))
        {
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        }

        await SentAsync(
            "metrics", "musicrender.renders", "musicrender.renders.under_way", "musicrender.render.duration", "musicrender.render.speed", "musicrender.queue.wait", "musicrender.sockets", "succeeded", "failed", "out_of_strings");
    }

    [Fact]
    public async Task Log_CarriesTheRendersId()
    {
        app.Scripted.On("Buggy song", Scripts.Throwing("A string broke."));
        var id = await app.StartAsync("Buggy song", "scripted");
        await app.UntilAsync(id, status => status.State == "failed");

        await SentAsync("logs", id, "RenderId");
    }

    [Fact]
    public async Task FilesAndHealth_AreNotTraced()
    {
        using (var health = await app.GetAsync("/health"))
        using (var assets = await app.GetAsync("/assets/nothing.js"))
        {
            Assert.Equal(HttpStatusCode.NotFound, assets.StatusCode);
        }

        await app.RenderAsync("The last song");
        await SentAsync("traces", "POST /render");
        Assert.DoesNotContain("GET /health", app.Collector.Of("traces"), StringComparison.Ordinal);
        Assert.DoesNotContain("GET /assets", app.Collector.Of("traces"), StringComparison.Ordinal);
    }

    private string Failing(string title)
    {
        app.Scripted.On(title, Scripts.Failing("No strings left.", "out_of_strings"));
        return Plans.Wrapped(title, "scripted");
    }

    /// <summary>Waits until the collector has got all of these texts.</summary>
    private async Task SentAsync(string signal, params string[] texts)
    {
        var patience = MusicRenderApp.Patience;
        while (texts.Where(text => !app.Collector.Of(signal).Contains(text, StringComparison.Ordinal)).ToList() is { Count: > 0 } missing)
        {
            Assert.False(patience.IsCancellationRequested, $"The collector did not get {string.Join(", ", missing)} among the {signal}.");
            await Task.Delay(50, CancellationToken.None);
        }
    }
}
