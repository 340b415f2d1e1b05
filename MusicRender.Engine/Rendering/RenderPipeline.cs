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
    AudioStore store,
    AudioEncoder encoder,
    AudioDecoder decoder,
    TimeProvider time,
    ILogger<RenderPipeline> logger)
{
    private const string UntitledTrack = "Untitled track";

    /// <summary>Runs a render to its end. Throws nothing that is expected, cancellation included.</summary>
    public async Task<RenderOutcome> RunAsync(RenderJob job, RenderLog log, CancellationToken ct)
    {
        var progress = new RenderProgress(log, time);
        try
        {
            progress.Validating();
            if (PlanValidator.Check(job.Request.Composition) is { Count: > 0 } problems)
            {
                return Failed(progress, RenderFailure.Invalid(problems));
            }

            progress.Validated();
            await foreach (var position in slots.AcquireAsync(job.Generator.Name, job.Generator.Capabilities.MaxConcurrency, job.Id, ct))
            {
                progress.Queued(position);
            }

            return await GenerateAsync(job, progress, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return new RenderOutcome(RenderState.Cancelled, [progress.Failed(RenderFailure.Server("The render was cancelled.", "cancelled"))], null, []);
        }
        catch (EncodingException exception)
        {
            Log.EncoderFailed(logger, job.Id, exception);
            return Failed(progress, RenderFailure.Server(exception.Message, "encoder"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.LibraryFailed(logger, job.Id, exception);
            return Failed(progress, RenderFailure.Server(AudioStore.Explain(exception), "library"));
        }
        catch (Exception exception)
        {
            Log.Bug(logger, job.Id, exception);
            return Failed(progress, RenderFailure.Server($"Something went wrong inside MusicRender. The server's log has the details of render {job.Id}.", "internal"));
        }
        finally
        {
            await ReleaseAsync(job);
        }
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

    private async Task<RenderOutcome> GenerateAsync(RenderJob job, RenderProgress progress, CancellationToken ct)
    {
        job.OnStarted(time.GetUtcNow());
        progress.Generating(job.Generator);
        var (composition, known) = await PlanAsync(job, progress, ct);
        await using var take = new Take(store, encoder, job.Id, job.Format, composition.DurationMs ?? 0);
        SongMetadata? made = null;
        IReadOnlyList<WordTiming>? words = null;
        var request = new GenerationRequest
        {
            Composition = composition,
            Seed = job.Seed,
            OutputFormat = GeneratorCatalogue.FormatOf(job.Generator, job.Request.Options) ?? job.Format.Name,
            Options = job.Request.Options,
        };
        await foreach (var output in job.Generator.GenerateAsync(request, ct).WithCancellation(ct))
        {
            switch (output)
            {
                case GeneratorOutput.Pcm pcm:
                    await take.AddAsync(pcm, ct);
                    break;
                case GeneratorOutput.Encoded encoded:
                    await take.AddAsync(encoded, ct);
                    break;
                case GeneratorOutput.Progress step:
                    progress.Generated(step);
                    break;
                case GeneratorOutput.Metadata metadata:
                    made = metadata.Song;
                    break;
                case GeneratorOutput.Waveform waveform:
                    take.Add(waveform);
                    break;
                case GeneratorOutput.Words timings:
                    words = timings.Timings;
                    break;
                case GeneratorOutput.Failed failed:
                    return Failed(progress, failed.Failure);
            }

            if (take.IsPlayable)
            {
                progress.Playable();
            }
        }

        progress.Processing(job.Generator);
        await take.FinishAsync();
        if (!take.IsPlayable)
        {
            return Failed(progress, RenderFailure.Server($"{job.Generator.DisplayName} gave no audio. Render again, or change the plan.", "no_audio"));
        }

        var title = composition.Title is { } own && !string.IsNullOrWhiteSpace(own) ? own.Trim() : null;
        var song = SongFacts.Merge(known, made, title);
        return await SaveAsync(job, progress, take, new Recording(composition, song, words), ct);
    }

    private async Task<(Composition Composition, SongMetadata? Song)> PlanAsync(RenderJob job, RenderProgress progress, CancellationToken ct)
    {
        if (job.Request.Composition is not PromptComposition prompt || job.Generator.Capabilities.TakesPrompts)
        {
            return (job.Request.Composition, job.Request.Song);
        }

        progress.WritingPlan();
        var written = await planWriter.WriteAsync(
            new PlanRequest { Prompt = prompt.Prompt, Generator = job.Generator.Name, MusicLengthMs = prompt.MusicLengthMs, ForceInstrumental = prompt.ForceInstrumental, Title = prompt.Title, Seed = job.Seed },
            ct);
        return (written.Plan with { Title = prompt.Title ?? written.Song.Title }, written.Song);
    }

    private async Task<RenderOutcome> SaveAsync(RenderJob job, RenderProgress progress, Take take, Recording recording, CancellationToken ct)
    {
        progress.Saving();
        var (frames, first) = await CountAsync(take.Partial, ct);
        var durationMs = (int)(take.Frames > 0 ? PcmFormat.MillisecondsOf(take.Frames) : first.SampleRate > 0 ? (long)frames * first.Samples * 1000 / first.SampleRate : recording.Composition.DurationMs ?? 0);
        var title = recording.Song.Title is { Length: > 0 } known ? known : UntitledTrack;
        var tags = SongFacts.TagsOf(recording.Composition, recording.Song, recording.Words, title, durationMs);
        var fileName = FileNames.Of(recording.Song.Title, job.Id.Short);
        List<ReadOnlyMemory<byte>> head = [tags.ToBytes()];
        if (take.Frames > 0)
        {
            head.Add(await InfoFrameAsync(take, frames, ct));
        }

        var size = await store.PublishAsync(take.Partial, fileName, head, ct);
        try
        {
            progress.Extracting();
            var peaks = take.Peaks ?? await decoder.PeaksAsync(store.PathOf(fileName), PcmFormat.FramesOf(durationMs), ct);
            var now = time.GetUtcNow();
            var track = new Track
            {
                Id = job.Id.Value,
                FileName = fileName,
                FilePath = AudioStore.RelativePath(fileName),
                ContentType = AudioFormat.ContentType,
                FileSizeBytes = size,
                DurationMs = durationMs,
                Title = title,
                Song = recording.Song,
                Composition = recording.Composition,
                Words = recording.Words,
                Generator = job.Generator.Name,
                GeneratorVersion = job.Generator.Capabilities.Version,
                Seed = job.Seed,
                DraftId = job.Request.DraftId,
                CreatedAt = now,
            };
            return new RenderOutcome(RenderState.Succeeded, progress.Succeeded(ResultOf(job, track)), track, peaks);
        }
        catch
        {
            store.Delete(fileName);
            throw;
        }
    }

    private static RenderResult ResultOf(RenderJob job, Track track) => new()
    {
        Id = job.Id,
        FileName = track.FileName,
        FilePath = track.FilePath,
        ContentType = track.ContentType,
        FileSizeBytes = track.FileSizeBytes,
        DurationMs = track.DurationMs,
        Composition = track.Composition,
        Song = track.Song,
        Words = track.Words,
        Generator = track.Generator,
        Seed = track.Seed,
        RequestId = job.Request.RequestId,
        FinishedAt = track.CreatedAt,
    };

    private static async Task<(int Frames, Mp3Frames.Header First)> CountAsync(PartialAudio partial, CancellationToken ct)
    {
        await using var audio = partial.OpenRead();
        return await Mp3Frames.CountAsync(audio, ct);
    }

    private static async Task<byte[]> InfoFrameAsync(Take take, int frames, CancellationToken ct)
    {
        var header = new byte[4];
        await using (var audio = take.Partial.OpenRead())
        {
            await audio.ReadExactlyAsync(header, ct);
        }

        Mp3Frames.TryRead(header, out var first);
        return Mp3InfoFrame.Make(header, frames, take.Partial.Length, take.Frames * first.SampleRate / PcmFormat.SampleRate);
    }

    private static RenderOutcome Failed(RenderProgress progress, RenderFailure failure) =>
        new(RenderState.Failed, [progress.Failed(failure)], null, []);

    /// <summary>What was made, beside its sound.</summary>
    private sealed record Recording(Composition Composition, SongMetadata Song, IReadOnlyList<WordTiming>? Words);

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
