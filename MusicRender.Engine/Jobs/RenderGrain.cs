using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Jobs.Cluster;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>
/// One render: enters it in the catalogue, has it run in this process, and serves its log to any number of watchers. One that runs
/// elsewhere, or that nobody has taken up yet, is followed in the catalogue.
/// </summary>
[CollectionAgeLimit(Minutes = 2)]
[RenderPlacement]
internal sealed partial class RenderGrain(
    RenderRecords records,
    RenderRuns runs,
    PartialTakes takes,
    TakeKeeper keeper,
    ITrackLibrary library,
    TimeProvider time,
    ILogger<RenderGrain> logger) : Grain, IRenderGrain, IDisposable
{
    /// <summary>How long a run that was overtaken is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Cancelled when the render is to be watched on another node: an activation goes only when nobody waits on it.</summary>
    private CancellationTokenSource _leaving = new();
    private RenderRecord? _record;
    private RenderLog _log = new();
    private RenderRunner? _run;
    private RenderFollower? _follower;
    private bool _isCancelWanted;

    private RenderId Id => new(this.GetPrimaryKeyString());

    public async Task<RenderFailure?> StartAsync(string generator, RenderRequest request, string? requestHash)
    {
        if (_record is not null || runs.Has(Id))
        {
            return null;
        }

        if (runs.IsStopping)
        {
            return RenderRuns.Stopping;
        }

        var hold = runs.Hold(Id, epoch: 1);
        var record = new RenderRecord(Id, RenderState.Queued, generator, request, null, time.GetUtcNow(), null, null, hold.Epoch, runs.Node);
        var first = RenderProgress.Accepted(record.CreatedAt);
        try
        {
            if (!await records.AcceptAsync(record, first, requestHash, CancellationToken.None))
            {
                hold.Dispose();
                return IdempotencyKeys.Taken;
            }
        }
        catch (Exception exception) when (exception is DbUpdateException or DbException or IOException)
        {
            hold.Dispose();
            Log.NotAccepted(logger, Id, exception);
            return RenderRecords.FailureOf(exception);
        }

        Run(record, hold, new RenderLog(first));
        return null;
    }

    public async Task TakeUpAsync(long seen)
    {
        if (!runs.MayTakeUp)
        {
            // It goes to a node that may. What runs here goes on until that one has it.
            await _leaving.CancelAsync();
            MigrateOnIdle();
            return;
        }

        Stay();
        if (await LoadAsync() is not { Log: null } record || !await IsFreeAsync(seen))
        {
            return;
        }

        var hold = runs.Hold(Id, seen + 1);
        if (!await records.TakeUpAsync(Id, seen, runs.Node))
        {
            hold.Dispose();
            return;
        }

        await StopFollowingAsync();
        // From here on nobody else adds to it.
        _log.Append([.. await records.EventsAsync(Id, _log.NextSequence - 1, CancellationToken.None)]);
        Log.TakenUp(logger, Id, hold.Epoch);
        Run(await records.FindAsync(Id, CancellationToken.None) ?? record, hold, _log);
    }

    public async IAsyncEnumerable<RenderEvent> WatchAsync(long after, [EnumeratorCancellation] CancellationToken ct = default)
    {
        if (await LoadAsync() is null)
        {
            yield break;
        }

        if (_run is null && runs.IsStopping && _log.Last is not { IsTerminal: true })
        {
            // A node that stops waits for its watchers. They hear the rest on another.
            throw new SiloUnavailableException("This node is stopping.");
        }

        Stay();
        var leaving = _leaving.Token;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, leaving);
        await using var entries = _log.ReadAsync(after, either.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await NextAsync(entries, leaving, ct))
        {
            yield return entries.Current;
        }
    }

    public async IAsyncEnumerable<byte[]> ListenAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        if (!takes.Store.TryGetPartial(Id.Value, out var partial) || partial.TryOpenRead() is not { } file)
        {
            yield break;
        }

        Stay();
        var leaving = _leaving.Token;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, leaving);
        await using (file)
        {
            await using var blocks = partial.ListenAsync(file, either.Token).GetAsyncEnumerator(CancellationToken.None);
            while (await NextAsync(blocks, leaving, ct))
            {
                yield return blocks.Current.ToArray();
            }
        }
    }

    public async Task CancelAsync()
    {
        if (await LoadAsync() is not null)
        {
            _isCancelWanted = true;
            if (_run is { IsWorking: true } run)
            {
                await run.CancelAsync();
            }
            else if (await records.FindAsync(Id, CancellationToken.None) is { Log: null } elsewhere)
            {
                // One that runs elsewhere cannot be told. It is taken from there, and ended here.
                await TakeUpAsync(elsewhere.Epoch);
                if (!runs.MayTakeUp && !runs.IsStopping)
                {
                    throw new SiloUnavailableException("This node has lost its lease.");
                }
            }
        }
    }

    public async Task<RenderStatus?> FindAsync()
    {
        if (await LoadAsync() is not { } record)
        {
            return null;
        }

        var last = _log.Last;
        var progress = _log.LastProgress;
        var (take, kept) = last is ErrorEvent { Failure: var failure } ? await LeftAsync(record, failure) : default;
        return new RenderStatus
        {
            Id = Id,
            State = StateOf(last, progress),
            Progress = progress,
            Sequence = last?.Sequence ?? 0,
            Title = record.Request.Composition.Title,
            Generator = record.Generator,
            DraftId = record.Request.DraftId,
            CreatedAt = record.CreatedAt,
            StartedAt = _run?.StartedAt ?? record.StartedAt,
            FinishedAt = last is { IsTerminal: true } ? _run?.FinishedAt ?? record.FinishedAt : null,
            Result = (last as ResultEvent)?.Result ?? kept,
            Failure = take is null && kept is null ? (last as ErrorEvent)?.Failure.WithoutTake() : (last as ErrorEvent)?.Failure,
            PartialTake = take,
            Client = record.Request.Client,
            LengthMs = record.Request.Composition.DurationMs,
            EtaSeconds = last is { IsTerminal: true } ? null : progress?.EtaAt(time.GetUtcNow()),
        };
    }

    public async Task<KeptTake> KeepAsync()
    {
        if (await LoadAsync() is not { } record)
        {
            return new KeptTake(null, null);
        }

        if (_log.Last is not { IsTerminal: true } last)
        {
            return new KeptTake(null, RenderFailure.Server("This render is still under way. Cancel it first, or wait for its track.", "under_way"));
        }

        // Calls of a grain come one after the other: nobody else keeps this take.
        var (track, failure) = last is ResultEvent
            ? (await library.FindAsync(Id.Value, CancellationToken.None), RenderFailure.Server("The track of this render was removed. Render it again.", "no_take"))
            : await keeper.KeepAsync(record, StateOf(last, null), _log.Snapshot(), CancellationToken.None);
        return track is null ? new KeptTake(null, failure) : new KeptTake(track, null);
    }

    /// <summary>What runs here goes on: it is the process's, not the activation's.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => StopFollowingAsync();

    public void Dispose() => _leaving.Dispose();

    private void Run(RenderRecord record, RenderHold hold, RenderLog log)
    {
        (_record, _log) = (record, log);
        Attach(runs.Start(record, hold, log, _isCancelWanted));
    }

    /// <summary>An activation that was to go, and for which there was no other node, is watched here again as soon as this one may have it.</summary>
    private void Stay()
    {
        if (_leaving.IsCancellationRequested && runs.MayTakeUp)
        {
            _leaving.Dispose();
            _leaving = new CancellationTokenSource();
        }
    }

    /// <summary>The next one; whoever waits hears the rest on another node when this one has to let go.</summary>
    private static async ValueTask<bool> NextAsync<T>(IAsyncEnumerator<T> items, CancellationToken leaving, CancellationToken ct)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new SiloUnavailableException("This node has lost its lease.");
        }
    }

    /// <summary>Only where it runs is a render watched without asking the catalogue: the activation stays as long.</summary>
    private void Attach(RenderRunner run)
    {
        DelayDeactivation(TimeSpan.MaxValue);
        _run = run;
        _ = LetGoAfterAsync(run);
    }

    /// <summary>Whoever asks from a run's end on is answered from the catalogue.</summary>
    private async Task LetGoAfterAsync(RenderRunner run)
    {
        await run.Ended;
        LetGo("The run has ended here.");
    }

    /// <summary>False while a run of this process works on the render. One that was overtaken is ended first.</summary>
    /// <param name="seen">The epoch in the catalogue.</param>
    private async Task<bool> IsFreeAsync(long seen)
    {
        if (_run is not { } run)
        {
            return true;
        }

        if (run.Epoch < seen)
        {
            run.Lose();
        }

        if (run.IsWorking)
        {
            return false;
        }

        // What it has open is closed before somebody else opens it here.
        await run.Ended.WaitAsync(Patience, time);
        (_run, _log) = (null, new RenderLog());
        return true;
    }

    private void LetGo(string why) => GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, why));

    /// <summary>The render's record, from the run or the catalogue when this activation did not begin it; null when there is none.</summary>
    private async Task<RenderRecord?> LoadAsync()
    {
        if (_record is not null)
        {
            return _record;
        }

        if (runs.TryGet(Id, out var run))
        {
            (_record, _log) = (run.Render, run.Log);
            Attach(run);
        }
        else if (await records.FindAsync(Id, CancellationToken.None) is { } found && _record is null)
        {
            var log = new RenderLog(found.Log ?? await records.EventsAsync(Id, 0, CancellationToken.None));
            if (_record is null)
            {
                (_record, _log) = (found, log);
                _follower = found.Log is null ? new RenderFollower(Id, log, records, () => LetGo("The render has ended elsewhere."), time, logger) : null;
            }
        }

        return _record;
    }

    private async Task StopFollowingAsync()
    {
        if (_follower is { } follower)
        {
            _follower = null;
            await follower.DisposeAsync();
        }
    }

    /// <summary>What is left of a render that failed: a take, or the track that was made of it.</summary>
    private async Task<(PartialTake? Take, RenderResult? Kept)> LeftAsync(RenderRecord record, RenderFailure failure)
    {
        if (PartialTake.Of(failure) is not { } take)
        {
            return default;
        }

        return await takes.HasAsync(Id, CancellationToken.None)
            ? (take, null)
            : (null, await library.FindAsync(Id.Value, CancellationToken.None) is { } track ? TrackSaver.ResultOf(track, record.Request.RequestId) : null);
    }

    private static RenderState StateOf(RenderEvent? last, ProgressEvent? progress) => last switch
    {
        ResultEvent => RenderState.Succeeded,
        ErrorEvent error => error.Failure.Reason == "cancelled" ? RenderState.Cancelled : RenderState.Failed,
        _ => progress is null or { Stage: RenderStage.Queued } ? RenderState.Queued : RenderState.Running,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Render {RenderId}: could not be entered in the catalogue, and was not accepted.")]
        public static partial void NotAccepted(ILogger logger, RenderId renderId, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "Render {RenderId}: nobody ran it; it is taken up here, in epoch {Epoch}.")]
        public static partial void TakenUp(ILogger logger, RenderId renderId, long epoch);
    }
}
