using MusicRender.Engine.Generators;

namespace MusicRender.Engine.Rendering;

/// <summary>
/// Writes the progress of one run into the journal of its render, with the percentages and words of the wire contract: never
/// backwards, nothing invented, at most ten messages of one stage a second. A run that is not the render's first goes on from
/// the log as it stands: what was told already is not told again.
/// </summary>
internal sealed class RenderProgress(RenderJournal journal, RenderTelemetry.Watch watch, TimeProvider time)
{
    private const int GeneratingFrom = 15;
    private const int GeneratingTo = 70;
    private const double EnoughShare = 0.1;
    private static readonly TimeSpan EnoughTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private int _percent = journal.Log.LastProgress?.Percent ?? 0;
    private RenderStage? _stage = journal.Log.LastProgress?.Stage;
    private long _lastMessage;
    private bool _isPlayable;
    private GeneratorOutput.Progress? _more;
    private DateTimeOffset? _begunAt;
    private DateTimeOffset? _endsAt;

    /// <summary>True while there is a newer message than the one shown, held back by the pace.</summary>
    public bool HasMore => _more is not null;

    /// <summary>The first entries of a render that was accepted: its plan has been checked.</summary>
    public static IReadOnlyList<ProgressEvent> Accepted(DateTimeOffset now) =>
    [
        new() { Sequence = 1, Timestamp = now, Stage = RenderStage.Validating, Percent = 5, Message = "Validating composition plan..." },
        new() { Sequence = 2, Timestamp = now, Stage = RenderStage.Validated, Percent = 10, Message = "Composition plan validated successfully" },
    ];

    public void Queued(QueuePlace place) => Add(
        RenderStage.Queued,
        10,
        $"Waiting for a free slot: {(place.Position == 1 ? "next in line" : $"number {place.Position} in line")}",
        isFiner: _stage == RenderStage.Queued,
        place.Position,
        place.EtaSeconds);

    /// <param name="generator">What generates.</param>
    /// <param name="expected">How long it will take, as its last renders say; null while that is not known.</param>
    public void Generating(IMusicGenerator generator, TimeSpan? expected = null)
    {
        _begunAt = time.GetUtcNow();
        _endsAt = _begunAt + expected;
        Add(
            RenderStage.Generating,
            GeneratingFrom,
            _stage == RenderStage.Generating ? $"{generator.DisplayName} begins this track again: the server that made it has stopped" : $"Starting music generation with {generator.DisplayName}...");
    }

    public void WritingPlan() => Add(RenderStage.Generating, _percent, "Writing a composition plan from the prompt...");

    /// <summary>Shows what the generator says; what comes too soon is held back until there is time, or something newer.</summary>
    public void Generated(GeneratorOutput.Progress progress)
    {
        if (time.GetElapsedTime(_lastMessage) < Pace)
        {
            _more = progress;
            return;
        }

        // The stage that follows has the last percent for itself.
        var share = progress.TotalMs > 0 ? Math.Clamp((double)progress.DoneMs / progress.TotalMs, 0, 1) : 0;
        Measure(share);
        var percent = Math.Min(GeneratingTo - 1, GeneratingFrom + (int)((GeneratingTo - GeneratingFrom) * share));
        Add(RenderStage.Generating, percent, progress.Message, isFiner: true);
        _more = null;
    }

    /// <summary>Shows what was held back as soon as there is time, unless what is waited for comes first.</summary>
    public async Task ShowMoreAsync(Task waitedFor)
    {
        if (_more is not { } more)
        {
            return;
        }

        if (await time.LastsAsync(waitedFor, Pace - time.GetElapsedTime(_lastMessage)))
        {
            Generated(more);
        }
    }

    /// <summary>The first audio can be played from here on.</summary>
    public void Playable()
    {
        if (!_isPlayable)
        {
            _isPlayable = true;
            Add(RenderStage.Generating, _percent, "First audio is ready to play");
        }
    }

    public void Processing(IMusicGenerator generator) =>
        Add(RenderStage.Processing, 70, generator.Capabilities.IsLocal ? "Generation complete, processing audio..." : "API call complete, processing response...");

    public void Saving() => Add(RenderStage.Saving, 85, "Saving audio file to disk...");

    public void Extracting() => Add(RenderStage.Extracting, 95, "Extracting metadata...");

    /// <summary>The two last entries of a render that succeeded; they get their numbers, and are shown, when the catalogue has them.</summary>
    public IReadOnlyList<RenderEvent> Succeeded(RenderResult result)
    {
        var complete = Make(RenderStage.Complete, 100, "Render complete!");
        return [complete, new ResultEvent { Sequence = 0, Timestamp = complete.Timestamp, Result = result }];
    }

    /// <summary>The last entry of a render that did not; likewise.</summary>
    public ErrorEvent Failed(Plan.RenderFailure failure) => new() { Sequence = 0, Timestamp = time.GetUtcNow(), Failure = failure };

    /// <summary>What is measured of this very render says more than others do, once there is enough of it.</summary>
    private void Measure(double share)
    {
        if (share >= EnoughShare && _begunAt is { } begunAt && time.GetUtcNow() - begunAt is var took && took >= EnoughTime)
        {
            _endsAt = begunAt + (took / share);
        }
    }

    private void Add(RenderStage stage, int percent, string message, bool isFiner = false, int? position = null, int? eta = null)
    {
        _lastMessage = time.GetTimestamp();
        watch.At(stage);
        if (stage < _stage || (stage == _stage && stage > RenderStage.Generating))
        {
            // An earlier run has told it.
            return;
        }

        _stage = stage;
        _percent = Math.Max(_percent, percent);
        journal.Add(Make(stage, _percent, message, position, stage is RenderStage.Generating ? Eta() : eta), isFiner);
    }

    /// <summary>Seconds to the end; null when that is not known, or was foreseen wrongly.</summary>
    private int? Eta() => _endsAt - time.GetUtcNow() is { Ticks: > 0 } left ? (int)Math.Ceiling(Math.Min(left.TotalSeconds, int.MaxValue)) : null;

    private ProgressEvent Make(RenderStage stage, int percent, string message, int? position = null, int? eta = null) => new()
    {
        Sequence = 0,
        Timestamp = time.GetUtcNow(),
        Stage = stage,
        Percent = percent,
        Message = message,
        QueuePosition = position,
        EtaSeconds = eta,
        IsPlayable = _isPlayable,
    };
}
