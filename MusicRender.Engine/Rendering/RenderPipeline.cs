using Microsoft.Extensions.Logging;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;

namespace MusicRender.Engine.Rendering;

/// <summary>
/// The stages of a render that was accepted, in order: (queued,) generating, processing, saving, extracting. It writes progress
/// into the journal and gives back how the render ended; entering that in the catalogue, and showing it, is the caller's.
/// </summary>
internal sealed partial class RenderPipeline(
    IRenderSlots slots,
    RenderHistory history,
    IPlanWriter planWriter,
    PartialTakes takes,
    TrackSaver saver,
    AudioEncoder encoder,
    RenderTelemetry telemetry,
    TimeProvider time,
    ILogger<RenderPipeline> logger)
{
    private static readonly TimeSpan EncoderGrace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan NotedAfter = TimeSpan.FromMilliseconds(200);

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
                    ?? await MakeAsync(job, progress, take = await BeginAsync(job, progress, free.Token), job.Generator.Capabilities.IsLocal ? free.Token : paid.Token);
            }
            catch (Exception exception)
            {
                made = Made.Not(await FailureOfAsync(job, exception, wasAsked: take is not null, take is null || job.Generator.Capabilities.IsLocal ? free.Token : paid.Token));
            }

            if (made.Track is { } track)
            {
                return new RenderOutcome(RenderState.Succeeded, progress.Succeeded(TrackSaver.ResultOf(track, job.Request.RequestId)), track, made.Peaks);
            }

            return IsLetGo(job, take) ? null : await EndAsync(job, progress, take, made.Failure!);
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
                await ReleaseAsync(job);
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

    private async Task<Take> BeginAsync(RenderJob job, RenderProgress progress, CancellationToken ct)
    {
        var notes = TakeNotes.Of(job.Request);
        if (job.Request.Composition is PromptComposition prompt && !job.Generator.Capabilities.TakesPrompts)
        {
            progress.WritingPlan();
            var written = await planWriter.WriteAsync(
                new PlanRequest { Prompt = prompt.Prompt, Generator = job.Generator.Name, MusicLengthMs = prompt.MusicLengthMs, ForceInstrumental = prompt.ForceInstrumental, Title = prompt.Title, Seed = job.Seed },
                ct);
            notes = new TakeNotes { Composition = written.Plan with { Title = prompt.Title ?? written.Song.Title }, Known = written.Song };
        }

        ct.ThrowIfCancellationRequested();
        if (job.Generator.Capabilities.IsLocal && job.Hold.Epoch > 1)
        {
            takes.Store.Partials.RemoveFreeBefore(job.Id.Value, job.Hold.Epoch);
        }

        await job.Hold.ConfirmAsync(ct);
        return await Take.BeginAsync(takes, encoder, job, notes);
    }

    private async Task<Made> MakeAsync(RenderJob job, RenderProgress progress, Take take, CancellationToken ct)
    {
        var request = new GenerationRequest
        {
            Composition = take.Notes.Composition,
            Seed = job.Seed,
            OutputFormat = GeneratorCatalogue.FormatOf(job.Generator, job.Request.Options) ?? job.Format.Name,
            Options = job.Request.Options,
        };
        take.Prepare(ct);
        var outputs = job.Generator.GenerateAsync(request, ct).GetAsyncEnumerator(ct);
        await using (outputs)
        {
            while (await NextAsync(outputs, job, progress, take))
            {
                if (job.Generator.Capabilities.IsLocal)
                {
                    // What is paid for is taken up whatever happens: it goes into a file that nobody else has open.
                    await job.Hold.ConfirmAsync(ct);
                }

                if (outputs.Current is GeneratorOutput.Failed failed)
                {
                    return Made.Not(failed.Failure);
                }

                await TakeUpAsync(outputs.Current, progress, take, ct);
            }
        }

        progress.Processing(job.Generator);
        await job.Hold.ConfirmAsync(ct);
        await take.FinishAsync(ct);
        if (!take.IsPlayable)
        {
            return Made.Not(RenderFailure.Server($"{job.Generator.DisplayName} gave no audio. Render again, or change the plan.", "no_audio"));
        }

        progress.Saving();
        var durationMs = take.DurationMs > 0 ? take.DurationMs : take.Notes.Composition.DurationMs ?? 0;
        if (job.Hold.Epoch > 1)
        {
            await takes.ClearNamesAsync(job.Id, ct);
        }

        await job.Hold.ConfirmAsync(ct);
        var track = await saver.SaveAsync(
            TrackSaver.TrackOf(job.Id, job.Generator.Name, job.Request, take.Notes, durationMs, isPartial: false) with { GeneratorVersion = job.Generator.Capabilities.Version },
            take.Partial,
            take.InfoFrame(),
            ct);
        try
        {
            progress.Extracting();
            return new Made(track, take.Peaks ?? await saver.PeaksAsync(track, ct), null);
        }
        catch when (!job.Hold.IsSure)
        {
            // It may be somebody else's by now. What no row names is cleared away by whoever comes next.
            throw;
        }
        catch when (job.Generator.Capabilities.IsLocal)
        {
            await takes.Store.DeleteAsync(track.FileName, CancellationToken.None);
            throw;
        }
        catch
        {
            await takes.Store.WithdrawAsync(track.FileName, take.Partial.Path, CancellationToken.None);
            throw;
        }
    }

    /// <summary>The generator's next output. In a wait the newest message is shown, and in one that lasts, what came is written down: the process may not survive it.</summary>
    private async ValueTask<bool> NextAsync(IAsyncEnumerator<GeneratorOutput> outputs, RenderJob job, RenderProgress progress, Take take)
    {
        var next = outputs.MoveNextAsync();
        if (next.IsCompleted || !(progress.HasMore || take.HasMore))
        {
            return await next;
        }

        var waiting = next.AsTask();
        await progress.ShowMoreAsync(waiting);
        if (take.HasMore && await time.LastsAsync(waiting, NotedAfter) && job.Hold.IsSure)
        {
            take.Note();
        }

        return await waiting;
    }

    private static async ValueTask TakeUpAsync(GeneratorOutput output, RenderProgress progress, Take take, CancellationToken ct)
    {
        switch (output)
        {
            case GeneratorOutput.Pcm pcm:
                await take.AddAsync(pcm, ct);
                break;
            case GeneratorOutput.Encoded encoded:
                await take.AddAsync(encoded.Bytes);
                break;
            case GeneratorOutput.Part part:
                await take.AddAsync(part);
                break;
            case GeneratorOutput.Waveform waveform:
                take.Add(waveform);
                break;
            case GeneratorOutput.Progress step:
                progress.Generated(step);
                break;
            default:
                take.Add(output);
                break;
        }

        if (take.IsPlayable)
        {
            progress.Playable();
        }
    }

    /// <summary>True when the render ends elsewhere or later: somebody else has it, or the server stops and nobody was asked who takes money.</summary>
    private static bool IsLetGo(RenderJob job, Take? take) =>
        job.Hold.Lost.IsCancellationRequested
        || (job.Stopping.IsCancellationRequested && !job.Cancelled.IsCancellationRequested && (take is null || job.Generator.Capabilities.IsLocal));

    /// <summary>The end of a render without a track. What arrived of a paid take stays.</summary>
    private static async Task<RenderOutcome> EndAsync(RenderJob job, RenderProgress progress, Take? take, RenderFailure failure)
    {
        var left = take is null ? null : await take.LeaveAsync();
        var paid = job.Generator.Capabilities.IsLocal ? null : job.Generator;
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

    /// <summary>Gives the slot back. How the render ended does not depend on it.</summary>
    private async Task ReleaseAsync(RenderJob job)
    {
        try
        {
            await slots.ReleaseAsync(job.Generator.Name, job.Id);
        }
        catch (Exception exception)
        {
            Log.SlotNotReleased(logger, job.Id, exception);
        }
    }

    /// <summary>What came of the stages: a track with its peaks, or why there is none.</summary>
    private sealed record Made(Track? Track, IReadOnlyList<float> Peaks, RenderFailure? Failure)
    {
        public static Made Not(RenderFailure failure) => new(null, [], failure);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Render {RenderId}: the encoder failed.")]
        public static partial void EncoderFailed(ILogger logger, RenderId renderId, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Render {RenderId}: the library's folder failed.")]
        public static partial void LibraryFailed(ILogger logger, RenderId renderId, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "Render {RenderId}: its slot could not be given back.")]
        public static partial void SlotNotReleased(ILogger logger, RenderId renderId, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "Render {RenderId}: a bug.")]
        public static partial void Bug(ILogger logger, RenderId renderId, Exception exception);
    }
}
