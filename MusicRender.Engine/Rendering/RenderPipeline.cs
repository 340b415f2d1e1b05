using Microsoft.Extensions.Logging;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;

namespace MusicRender.Engine.Rendering;

/// <summary>
/// The stages of a render, in order: validating, validated, (queued,) generating, processing, saving, extracting. It
/// writes progress into the log and gives back how the render ended; entering that in the catalogue, and showing it, is
/// the caller's.
/// </summary>
internal sealed partial class RenderPipeline(
    IRenderSlots slots,
    IPlanWriter planWriter,
    PartialTakes takes,
    TrackSaver saver,
    AudioEncoder encoder,
    RenderTelemetry telemetry,
    TimeProvider time,
    ILogger<RenderPipeline> logger)
{
    private static readonly TimeSpan NotedAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs a render to its end. Throws nothing that is expected, cancellation included.</summary>
    public async Task<RenderOutcome> RunAsync(RenderJob job, RenderLog log, CancellationToken ct)
    {
        using var scope = logger.BeginScope("Render {RenderId}", job.Id);
        using var watch = telemetry.Begin(job.Id, job.Generator.Name, time);
        var outcome = await RunAsync(job, new RenderProgress(log, watch, time), ct);
        watch.Ended(outcome.State, (outcome.Events[^1] as ErrorEvent)?.Failure, outcome.Track?.DurationMs ?? 0);
        return outcome;
    }

    private async Task<RenderOutcome> RunAsync(RenderJob job, RenderProgress progress, CancellationToken ct)
    {
        Take? take = null;
        try
        {
            Made made;
            try
            {
                made = await PrepareAsync(job, progress, ct) ?? await MakeAsync(job, progress, take = await BeginAsync(job, progress, ct), ct);
            }
            catch (Exception exception)
            {
                made = Made.Not(FailureOf(job, exception, wasAsked: take is not null, ct));
            }

            return made.Track is { } track
                ? new RenderOutcome(RenderState.Succeeded, progress.Succeeded(TrackSaver.ResultOf(track, job.Request.RequestId)), track, made.Peaks)
                : await EndAsync(job, progress, take, made.Failure!, ct);
        }
        finally
        {
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

    /// <summary>Checks and waits for a slot; null when the generator may be asked.</summary>
    private async Task<Made?> PrepareAsync(RenderJob job, RenderProgress progress, CancellationToken ct)
    {
        progress.Validating();
        if (PlanValidator.Check(job.Request.Composition) is { Count: > 0 } problems)
        {
            return Made.Not(RenderFailure.Invalid(problems));
        }

        progress.Validated();
        await foreach (var position in slots.AcquireAsync(job.Generator.Name, job.Generator.Capabilities.MaxConcurrency, job.Id, ct))
        {
            progress.Queued(position);
        }

        return null;
    }

    private async Task<Take> BeginAsync(RenderJob job, RenderProgress progress, CancellationToken ct)
    {
        job.OnStarted(time.GetUtcNow());
        progress.Generating(job.Generator);
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
            while (await NextAsync(outputs, progress, take))
            {
                if (outputs.Current is GeneratorOutput.Failed failed)
                {
                    return Made.Not(failed.Failure);
                }

                await TakeUpAsync(outputs.Current, progress, take, ct);
            }
        }

        progress.Processing(job.Generator);
        await take.FinishAsync(ct);
        if (!take.IsPlayable)
        {
            return Made.Not(RenderFailure.Server($"{job.Generator.DisplayName} gave no audio. Render again, or change the plan.", "no_audio"));
        }

        progress.Saving();
        var durationMs = take.DurationMs > 0 ? take.DurationMs : take.Notes.Composition.DurationMs ?? 0;
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
    private async ValueTask<bool> NextAsync(IAsyncEnumerator<GeneratorOutput> outputs, RenderProgress progress, Take take)
    {
        var next = outputs.MoveNextAsync();
        if (next.IsCompleted || !(progress.HasMore || take.HasMore))
        {
            return await next;
        }

        var waiting = next.AsTask();
        await progress.ShowMoreAsync(waiting);
        if (take.HasMore && await time.LastsAsync(waiting, NotedAfter))
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

    /// <summary>The end of a render without a track. What arrived of a paid take stays.</summary>
    private static async Task<RenderOutcome> EndAsync(RenderJob job, RenderProgress progress, Take? take, RenderFailure failure, CancellationToken ct)
    {
        var left = take is null ? null : await take.LeaveAsync();
        var paid = job.Generator.Capabilities.IsLocal ? null : job.Generator;
        if (job.Stopping.IsCancellationRequested)
        {
            failure = RenderEndings.Interrupted(paid?.DisplayName, wasAsked: take is not null, left);
        }
        else if (ct.IsCancellationRequested && failure.Reason == "cancelled")
        {
            return new RenderOutcome(RenderState.Cancelled, [progress.Failed(RenderEndings.Cancelled(take is null ? null : paid, left))], null, [], left);
        }

        return new RenderOutcome(RenderState.Failed, [progress.Failed(failure.With(left))], null, [], left);
    }

    private RenderFailure FailureOf(RenderJob job, Exception exception, bool wasAsked, CancellationToken ct)
    {
        switch (exception)
        {
            case OperationCanceledException when ct.IsCancellationRequested:
                return RenderEndings.Cancelled(null, null);
            case EncodingException:
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
