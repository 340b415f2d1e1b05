using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Rendering.Accounts;

namespace MusicRender.Engine.Jobs;

/// <summary>
/// One render: enters it in the catalogue, runs its stages on a background task off the grain's scheduler, and serves
/// its log to any number of watchers.
/// </summary>
[CollectionAgeLimit(Minutes = 2)]
internal sealed partial class RenderGrain(
    RenderRecords records,
    RenderPipeline pipeline,
    GeneratorCatalogue generators,
    PartialTakes takes,
    TakeKeeper keeper,
    ITrackLibrary library,
    LiveLogs live,
    ElevenLabsAccount account,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<RenderGrain> logger) : Grain, IRenderGrain, IDisposable
{
    /// <summary>How long to wait before the end of a render is written once more.</summary>
    private static readonly TimeSpan[] FinishAttempts = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(1_200)];

    /// <summary>Cancelled by somebody, or by the server as soon as it begins to stop: while everything that a clean end needs is still there.</summary>
    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
    private RenderRecord? _record;
    private RenderLog _log = new();
    private Task _run = Task.CompletedTask;
    private DateTimeOffset? _startedAt;
    private DateTimeOffset? _finishedAt;

    private RenderId Id => new(this.GetPrimaryKeyString());

    public async Task<RenderFailure?> StartAsync(string generator, RenderRequest request)
    {
        if (_record is not null)
        {
            return null;
        }

        var record = new RenderRecord(Id, RenderState.Queued, generator, request, null, time.GetUtcNow(), null, null);
        try
        {
            await records.AcceptAsync(record, CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbUpdateException or DbException or IOException)
        {
            Log.NotAccepted(logger, Id, exception);
            return RenderRecords.FailureOf(exception);
        }

        _record = record;
        live.Add(Id, _log);
        DelayDeactivation(TimeSpan.MaxValue);
        var known = generators.Known(generator)!;
        var job = new RenderJob
        {
            Id = Id,
            Request = request,
            Generator = known,
            Format = AudioFormat.TryParse(GeneratorCatalogue.FormatOf(known, request.Options), out var format) ? format : AudioFormat.Mp3,
            Seed = request.Options.Seed!.Value,
            OnStarted = at => _startedAt = at,
            Stopping = lifetime.ApplicationStopping,
        };
        _run = Task.Run(() => RunAsync(job));
        return null;
    }

    public async IAsyncEnumerable<RenderEvent> WatchAsync(long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        if (await LoadAsync() is null)
        {
            yield break;
        }

        await foreach (var entry in _log.ReadAsync(after, ct))
        {
            yield return entry;
        }
    }

    public async IAsyncEnumerable<byte[]> ListenAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        if (!takes.Store.TryGetPartial(Id.Value, out var partial) || partial.TryOpenRead() is not { } file)
        {
            yield break;
        }

        await using (file)
        {
            await foreach (var bytes in partial.ListenAsync(file, ct))
            {
                yield return bytes.ToArray();
            }
        }
    }

    public async Task CancelAsync()
    {
        if (await LoadAsync() is not null)
        {
            await _cancel.CancelAsync();
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
            StartedAt = _startedAt ?? record.StartedAt,
            FinishedAt = last is { IsTerminal: true } ? _finishedAt ?? record.FinishedAt : null,
            Result = (last as ResultEvent)?.Result ?? kept,
            Failure = take is null && kept is null ? (last as ErrorEvent)?.Failure.WithoutTake() : (last as ErrorEvent)?.Failure,
            PartialTake = take,
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

    public Task EndedAsync()
    {
        DelayDeactivation(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _cancel.CancelAsync();
        await _run;
    }

    public void Dispose() => _cancel.Dispose();

    private async Task RunAsync(RenderJob job)
    {
        var outcome = await pipeline.RunAsync(job, _log, _cancel.Token);
        _finishedAt = time.GetUtcNow();
        var failure = await FinishAsync(outcome);
        if (failure is not null)
        {
            outcome = outcome.Track is { } track ? await NotEnteredAsync(job, track, failure) : outcome;
        }
        else if (!job.Generator.Capabilities.IsLocal && outcome.Take is null)
        {
            takes.Forget(Id);
        }

        // Only now do watchers see the end: the catalogue has it.
        _log.Append([.. outcome.Events]);
        account.Spent(job.Generator.Name);
        live.Remove(Id);
        if (failure is null)
        {
            // Whoever asks from now on is answered from the catalogue.
            GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The render has ended."));
        }
        else if (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await LetGoAsync();
        }
    }

    /// <summary>Enters the end in the catalogue, with some patience: a song is not given up for a busy moment. Null, or what went wrong at last.</summary>
    private async Task<Exception?> FinishAsync(RenderOutcome outcome)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await records.FinishAsync(Id, outcome, [.. _log.Snapshot(), .. outcome.Events], _startedAt, CancellationToken.None);
                return null;
            }
            catch (Exception exception)
            {
                Log.NotFinished(logger, Id, exception);
                if (attempt == FinishAttempts.Length)
                {
                    return exception;
                }

                await Task.Delay(FinishAttempts[attempt], time);
            }
        }
    }

    /// <summary>Lets the activation go when it has been idle for a while.</summary>
    private async Task LetGoAsync()
    {
        try
        {
            await this.AsReference<IRenderGrain>().EndedAsync();
        }
        catch (Exception exception)
        {
            Log.NotLetGo(logger, Id, exception);
        }
    }

    /// <summary>The catalogue does not have the track: its file goes, or is a take again that somebody may keep later, if it cost something.</summary>
    private async Task<RenderOutcome> NotEnteredAsync(RenderJob job, Track track, Exception failure)
    {
        PartialTake? take = null;
        if (job.Generator.Capabilities.IsLocal)
        {
            await DeleteAsync(track.FileName);
        }
        else
        {
            take = await takes.WithdrawAsync(Id, track);
        }

        return Ended(RenderRecords.FailureOf(failure).With(take));
    }

    /// <summary>What is left of a render that failed: a take, or the track that was made of it.</summary>
    private async Task<(PartialTake? Take, RenderResult? Kept)> LeftAsync(RenderRecord record, RenderFailure failure)
    {
        if (PartialTake.Of(failure) is not { } take)
        {
            return default;
        }

        return takes.Has(Id)
            ? (take, null)
            : (null, await library.FindAsync(Id.Value, CancellationToken.None) is { } track ? TrackSaver.ResultOf(track, record.Request.RequestId) : null);
    }

    /// <summary>Removes the file of a track that the catalogue does not have; whoever waits for the end hears it all the same.</summary>
    private async Task DeleteAsync(string fileName)
    {
        try
        {
            await takes.Store.DeleteAsync(fileName, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotDeleted(logger, Id, fileName, exception);
        }
    }

    /// <summary>The render's record, taken from the catalogue when this activation did not start it; null when there is none.</summary>
    private async Task<RenderRecord?> LoadAsync()
    {
        if (_record is null && await records.FindAsync(Id, CancellationToken.None) is { } found && _record is null)
        {
            // Without a log the catalogue could not take the end of this render: what is left of a paid one is still there.
            var wasAsked = found.Log is null && takes.Has(Id);
            var name = wasAsked ? generators.Known(found.Generator)?.DisplayName ?? found.Generator : null;
            var log = found.Log ?? Ended(RenderEndings.Interrupted(name, wasAsked, wasAsked ? await takes.TryMeasureAsync(Id) : null)).Events;
            if (_record is null)
            {
                _log = new RenderLog(log);
                _record = found;
            }
        }

        return _record;
    }

    private RenderOutcome Ended(RenderFailure failure) =>
        new(RenderState.Failed, [new ErrorEvent { Sequence = _log.NextSequence, Timestamp = time.GetUtcNow(), Failure = failure }], null, []);

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

        [LoggerMessage(4, LogLevel.Warning, "Render {RenderId}: its activation stays longer than it needs to.")]
        public static partial void NotLetGo(ILogger logger, RenderId renderId, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Render {RenderId}: its end could not be entered in the catalogue.")]
        public static partial void NotFinished(ILogger logger, RenderId renderId, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "Render {RenderId}: its file {FileName} could not be removed.")]
        public static partial void NotDeleted(ILogger logger, RenderId renderId, string fileName, Exception exception);
    }
}
