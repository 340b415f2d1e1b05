using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Studio;

/// <summary>What a page shows of a render: the fold of its events.</summary>
public sealed record RenderView
{
    /// <summary>Where the generating begins: what comes after it tells its pace.</summary>
    private const int GeneratingFrom = 15;

    /// <summary>Where it stands.</summary>
    public RenderState State { get; init; } = RenderState.Queued;

    /// <summary>The stage that is going on, or null before the first.</summary>
    public RenderStage? Stage { get; init; }

    /// <summary>0–100.</summary>
    public int Percent { get; init; }

    /// <summary>What is going on, in words.</summary>
    public string Message { get; init; } = RenderTexts.Waiting;

    /// <summary>1 for the next in line, or null.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>When it will be done, as measured renders say; null while that is not known.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>True as soon as there is sound.</summary>
    public bool IsPlayable { get; init; }

    /// <summary>When its first event came, or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How fast the percentage rises while music is generated.</summary>
    public RenderPace Pace { get; init; } = new(null, 0, default, GeneratingFrom);

    /// <summary>The newest event seen.</summary>
    public long Sequence { get; init; }

    /// <summary>What was made, when it succeeded.</summary>
    public RenderResult? Result { get; init; }

    /// <summary>Why it ended, when it did not succeed.</summary>
    public RenderFailure? Failure { get; init; }

    /// <summary>What arrived of a paid render that did not come to its end, while nobody has kept it; else null.</summary>
    public PartialTake? Take { get; init; }

    /// <summary>True when nobody knows the render.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>True when nothing more will come.</summary>
    public bool HasEnded => IsUnknown || State is RenderState.Succeeded or RenderState.Failed or RenderState.Cancelled;

    /// <summary>How long it will still take, the wait included: as this render's own pace says, or else as others took; null while that is not known.</summary>
    public TimeSpan? TimeLeft(DateTimeOffset now) => (State, Stage) switch
    {
        (RenderState.Running, RenderStage.Generating) => Pace.Left(now) ?? Foreseen(now),
        (RenderState.Queued, RenderStage.Queued) => Foreseen(now),
        _ => null,
    };

    /// <summary>The view after an event. An event that was seen already changes nothing.</summary>
    public RenderView After(RenderEvent next)
    {
        if (next.Sequence <= Sequence)
        {
            return this;
        }

        var seen = this with { Sequence = next.Sequence, StartedAt = StartedAt ?? next.Timestamp };
        return next switch
        {
            ProgressEvent progress => seen with
            {
                State = progress.Stage is RenderStage.Queued ? RenderState.Queued : RenderState.Running,
                Stage = progress.Stage,
                Percent = progress.Percent,
                Message = progress.Message,
                QueuePosition = progress.QueuePosition,
                EndsAt = progress.EtaSeconds is { } left ? progress.Timestamp + TimeSpan.FromSeconds(left) : null,
                IsPlayable = IsPlayable || progress.IsPlayable,
                Pace = progress.Stage is RenderStage.Generating ? Pace.After(progress.Percent, progress.Timestamp) : Pace,
            },
            ResultEvent result => seen with
            {
                State = RenderState.Succeeded,
                Stage = RenderStage.Complete,
                Percent = 100,
                Message = RenderTexts.Ready,
                QueuePosition = null,
                Result = result.Result,
            },
            ErrorEvent error => seen with
            {
                State = error.Failure.Reason == "cancelled" ? RenderState.Cancelled : RenderState.Failed,
                Message = error.Failure.Message,
                QueuePosition = null,
                Failure = error.Failure,
                Take = new FailureDetails(error.Failure).Take,
            },
            _ => seen,
        };
    }

    private TimeSpan? Foreseen(DateTimeOffset now) => EndsAt - now is { Ticks: > 0 } left ? left : null;

    /// <summary>The view of a render that has ended, when its log says no more.</summary>
    public RenderView After(RenderStatus status) => this with
    {
        State = status.State,
        Result = status.Result ?? Result,
        Failure = status.Failure ?? Failure,
        Take = status.PartialTake,
        Message = status.Failure?.Message ?? Message,
        Percent = status.State is RenderState.Succeeded ? 100 : Percent,
        Stage = status.State is RenderState.Succeeded ? RenderStage.Complete : Stage,
    };
}
