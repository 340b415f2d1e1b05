using System.Diagnostics;
using System.Diagnostics.Metrics;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>
/// What operators see of renders: a span a render with one below it a stage, counts by stage and outcome, and how fast they are.
/// Costs next to nothing while nobody listens.
/// </summary>
public sealed class RenderTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "MusicRender";

    private const string GeneratorTag = "musicrender.generator";
    private const string StageTag = "musicrender.stage";
    private const string OutcomeTag = "musicrender.outcome";
    private const string ReasonTag = "musicrender.reason";
    private const string RenderTag = "musicrender.render_id";

    private static readonly ActivitySource Source = new(Name);

    private readonly UpDownCounter<int> _underWay;
    private readonly Counter<long> _ended;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _speed;
    private readonly Histogram<double> _wait;

    internal RenderTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _underWay = meter.CreateUpDownCounter<int>("musicrender.renders.under_way", "{render}", "Renders that wait or run on this node, by stage.");
        _ended = meter.CreateCounter<long>("musicrender.renders", "{render}", "Renders that have ended, by outcome.");
        _duration = meter.CreateHistogram<double>("musicrender.render.duration", "s", "From the first audio asked for to the end.");
        _speed = meter.CreateHistogram<double>("musicrender.render.speed", "1", "Seconds of music made in a second.");
        _wait = meter.CreateHistogram<double>("musicrender.queue.wait", "s", "From the beginning to a slot.");
    }

    /// <summary>Begins to watch a render on this node.</summary>
    /// <param name="id">The render.</param>
    /// <param name="generator">Its generator's name.</param>
    /// <param name="time">The clock.</param>
    internal Watch Begin(RenderId id, string generator, TimeProvider time) => new(this, id, generator, time);

    /// <summary>One render while it runs here. Not thread-safe; whoever runs the render calls it.</summary>
    internal sealed class Watch : IDisposable
    {
        private readonly RenderTelemetry _telemetry;
        private readonly TimeProvider _time;
        private readonly string _generator;
        private readonly long _begun;
        private readonly Activity? _render;
        private Activity? _step;
        private RenderStage? _stage;
        private long _generating;

        internal Watch(RenderTelemetry telemetry, RenderId id, string generator, TimeProvider time)
        {
            (_telemetry, _generator, _time, _begun) = (telemetry, generator, time, time.GetTimestamp());
            _render = Source.StartActivity("render", ActivityKind.Internal, Activity.Current?.Context ?? default, [new(RenderTag, id.Value), new(GeneratorTag, generator)]);
            At(RenderStage.Queued);
        }

        /// <summary>The render is at a stage now; nothing happens when it was there already.</summary>
        public void At(RenderStage stage)
        {
            if (_stage == stage)
            {
                return;
            }

            if (stage == RenderStage.Generating)
            {
                _generating = _time.GetTimestamp();
                _telemetry._wait.Record(_time.GetElapsedTime(_begun).TotalSeconds, Tag(GeneratorTag, _generator));
            }

            Leave();
            _stage = stage;
            _telemetry._underWay.Add(1, Tag(GeneratorTag, _generator), Tag(StageTag, NameOf(stage)));
            _step = Source.StartActivity(NameOf(stage));
        }

        /// <summary>The render has ended.</summary>
        /// <param name="outcome">How.</param>
        /// <param name="failure">Why, unless it succeeded.</param>
        /// <param name="musicMs">The music made, ms; 0 when there is none.</param>
        public void Ended(RenderState outcome, RenderFailure? failure, int musicMs)
        {
            var name = outcome.ToString().ToLowerInvariant();
            var took = _generating == 0 ? 0 : _time.GetElapsedTime(_generating).TotalSeconds;
            _telemetry._ended.Add(1, Tag(GeneratorTag, _generator), Tag(OutcomeTag, name), Tag(ReasonTag, failure?.Reason ?? "none"));
            if (took > 0)
            {
                _telemetry._duration.Record(took, Tag(GeneratorTag, _generator), Tag(OutcomeTag, name));
            }

            if (took > 0 && musicMs > 0)
            {
                _telemetry._speed.Record(musicMs / 1000.0 / took, Tag(GeneratorTag, _generator));
            }

            _render?.SetTag(OutcomeTag, name);
            if (failure is not null)
            {
                _render?.SetTag(ReasonTag, failure.Reason);
                _render?.SetStatus(outcome == RenderState.Cancelled ? ActivityStatusCode.Unset : ActivityStatusCode.Error, failure.Message);
            }
        }

        /// <summary>This node has no more to do with the render.</summary>
        public void Dispose()
        {
            Leave();
            _render?.Dispose();
        }

        private void Leave()
        {
            _step?.Dispose();
            _step = null;
            if (_stage is { } stage)
            {
                _telemetry._underWay.Add(-1, Tag(GeneratorTag, _generator), Tag(StageTag, NameOf(stage)));
                _stage = null;
            }
        }

        private static string NameOf(RenderStage stage) => stage.ToString().ToLowerInvariant();

        private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
    }
}
