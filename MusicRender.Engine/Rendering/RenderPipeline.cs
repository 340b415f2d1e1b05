using Microsoft.Extensions.Logging;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>
/// The stages of a render that was accepted, in order: (queued,) generating, processing, saving, extracting. It writes progress
/// into the journal and gives back how the render ended; entering that in the catalogue, and showing it, is the caller's.
/// </summary>
internal sealed partial class RenderPipeline(
    IRenderSlots slots,
    RenderHistory history,
    TrackMaker maker,
    RenderTelemetry telemetry,
    TimeProvider time,
    ILogger<RenderPipeline> logger)
{
    private static readonly TimeSpan EncoderGrace = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Runs a render to its end. Null when it did not come to an end here: somebody else has it, or the server stops and it was
    /// let go of. Throws nothing that is expected, cancellation included.
    /// </summary>
    public async Task<RenderOutcome?> RunAsync(RenderJob job, RenderJournal journal)
    {
        using var scope = logger.BeginScope("Render {RenderId}", job.Id);
        using var watch = telemetry.Begin(job.Id, job.Generator.Name, time);
        var outcome = await RunAsync(job, journal, new RenderProgress(journal, watch, time));
        if (outcome is not null)
        {
            watch.Ended(outcome.State, (outcome.Events[^1] as ErrorEvent)?.Failure, outcome.Track?.DurationMs ?? 0);
        }

        return outcome;
    }

    private async Task<RenderOutcome?> RunAsync(RenderJob job, RenderJournal journal, RenderProgress progress)
    {
        using var paid = CancellationTokenSource.CreateLinkedTokenSource(job.Cancelled, job.Interrupted, job.Hold.Lost);
        using var free = CancellationTokenSource.CreateLinkedTokenSource(paid.Token, job.Stopping);
        Take? take = null;
        try
        {
            Made made;
            try
            {
                made = await PrepareAsync(job, journal, progress, free.Token)
                    ?? await maker.MakeAsync(job, progress, take = await maker.BeginAsync(job, progress, free.Token), job.Generator.Capabilities.IsLocal ? free.Token : paid.Token);
            }
            catch (Exception exception)
            {
                made = Made.Not(await FailureOfAsync(job, exception, wasAsked: take is not null, take is null || job.Generator.Capabilities.IsLocal ? free.Token : paid.Token));
            }

            if (made.Track is { } track)
            {
                return new RenderOutcome(RenderState.Succeeded, progress.Succeeded(TrackSaver.ResultOf(track, job.Request.RequestId)), track, made.Peaks);
            }

            if (IsLetGo(job, take))
            {
                return null;
            }

            if (take is not null && !await IsOwnAsync(job))
            {
                take.LetBe();
                return null;
            }

            return await EndAsync(job, progress, take, made.Failure!);
        }
        finally
        {
            if (job.Hold.Lost.IsCancellationRequested)
            {
                take?.LetBe();
            }

            try
            {
                await (take?.DisposeAsync() ?? ValueTask.CompletedTask);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The partial file stays; the next start clears it away.
                Log.LibraryFailed(logger, job.Id, exception);
            }
            finally
            {
                if (job.Hold.Lost.IsCancellationRequested)
                {
                    // The slot is whoever's who has the render now.
                    slots.LetBe(job.Id);
                }
                else
                {
                    await slots.ReleaseAsync(job.Generator.Name, job.Id);
                }
            }
        }
    }

    /// <summary>Waits for a slot, and until the catalogue knows that the generator is about to be asked; null when it may be.</summary>
    private async Task<Made?> PrepareAsync(RenderJob job, RenderJournal journal, RenderProgress progress, CancellationToken ct)
    {
        await foreach (var place in slots.AcquireAsync(job.Slot, ct))
        {
            progress.Queued(place);
        }

        var now = time.GetUtcNow();
        progress.Generating(job.Generator, (await history.LookUpAsync(job.Generator.Name, ct))?.For(job.Request.Composition.DurationMs));
        try
        {
            await journal.BeginAsync(now, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Made.Not(RenderRecords.FailureOf(exception));
        }

        job.OnStarted(now);
        return null;
    }

    /// <summary>True when the render ends elsewhere or later: somebody else has it, or the server stops and nobody was asked who takes money.</summary>
    private static bool IsLetGo(RenderJob job, Take? take) =>
        job.Hold.Lost.IsCancellationRequested
        || (job.Stopping.IsCancellationRequested && !job.Cancelled.IsCancellationRequested && (take is null || job.Generator.Capabilities.IsLocal));

    /// <summary>Whether the files of a take may be touched: while the node's lease has lapsed they may be somebody else's. A server that stops does not wait to hear it.</summary>
    private static async Task<bool> IsOwnAsync(RenderJob job)
    {
        try
        {
            await job.Hold.ConfirmAsync(job.Interrupted);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The end of a render without a track. What arrived of a paid take stays.</summary>
    private static async Task<RenderOutcome> EndAsync(RenderJob job, RenderProgress progress, Take? take, RenderFailure failure)
    {
        var left = take is null ? null : await take.LeaveAsync();
        var paid = job.Generator.Capabilities.IsLocal ? null : job.Generator.DisplayName;
        if (failure.Reason == "cancelled" && job.Cancelled.IsCancellationRequested)
        {
            return new RenderOutcome(RenderState.Cancelled, [progress.Failed(RenderEndings.Cancelled(take is null ? null : paid, left))], null, [], left);
        }

        if (job.Interrupted.IsCancellationRequested)
        {
            failure = RenderEndings.Interrupted(job.Generator.DisplayName, wasAsked: take is not null, left);
        }

        return new RenderOutcome(RenderState.Failed, [progress.Failed(failure.With(left))], null, [], left);
    }

    private async Task<RenderFailure> FailureOfAsync(RenderJob job, Exception exception, bool wasAsked, CancellationToken ct)
    {
        switch (exception)
        {
            case OperationCanceledException when ct.IsCancellationRequested:
                return RenderEndings.Cancelled(null, null);
            case EncodingException:
                // A signal that stops the server and everything below it reaches the encoder first, now and then.
                await Task.Delay(EncoderGrace, time, job.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Log.EncoderFailed(logger, job.Id, exception);
                return Billed(RenderFailure.Server(exception.Message, "encoder"));
            case IOException or UnauthorizedAccessException:
                Log.LibraryFailed(logger, job.Id, exception);
                return Billed(RenderFailure.Server(AudioStore.Explain(exception), "library"));
            default:
                Log.Bug(logger, job.Id, exception);
                return Billed(RenderFailure.Server($"Something went wrong inside MusicRender. The server's log has the details of render {job.Id}.", "internal"));
        }

        // What went wrong here is nothing that the upstream knows of.
        RenderFailure Billed(RenderFailure failure) => wasAsked && !job.Generator.Capabilities.IsLocal ? failure.MayBeBilled() : failure;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Render {RenderId}: the encoder failed.")]
        public static partial void EncoderFailed(ILogger logger, RenderId renderId, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Render {RenderId}: the library's folder failed.")]
        public static partial void LibraryFailed(ILogger logger, RenderId renderId, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "Render {RenderId}: a bug.")]
        public static partial void Bug(ILogger logger, RenderId renderId, Exception exception);
    }
}
