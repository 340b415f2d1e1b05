using Microsoft.Extensions.Logging;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>How the making of stems ended.</summary>
/// <param name="Stems">The stems, whose files are in place; empty when it failed.</param>
/// <param name="Failure">Why it failed, or null.</param>
/// <param name="HasBegun">True when the maker was asked: what costs money may have cost it.</param>
internal sealed record StemOutcome(IReadOnlyList<Stem> Stems, RenderFailure? Failure, bool HasBegun);

/// <summary>Makes the stems of a track: waits for a slot, asks the maker, encodes, and puts the files in place all at once.</summary>
internal sealed partial class StemPipeline(
    IRenderSlots slots,
    GeneratorCatalogue generators,
    AudioStore audio,
    StemStore store,
    AudioEncoder encoder,
    AudioDecoder decoder,
    TimeProvider time,
    ILogger<StemPipeline> logger)
{
    /// <summary>The share of the making, %; the rest is for making the files durable.</summary>
    private const int MadePercent = 95;

    /// <summary>Runs to the end. Throws nothing that is expected, cancellation included.</summary>
    public async Task<StemOutcome> RunAsync(Track track, StemSet set, IStemMaker maker, StemFeed feed, CancellationToken ct)
    {
        var holder = RenderId.New(time.GetUtcNow());
        var hasBegun = false;
        StemOutcome Ended(string message, string reason) =>
            new([], hasBegun && !maker.IsLocal ? StemRecords.WithCost(RenderFailure.Server(message, reason), store.HasPaid(track.Id, StemRecords.NameOf(set))) : RenderFailure.Server(message, reason), hasBegun);
        string? folder = null;
        try
        {
            var capacity = generators.Known(maker.Generator)?.Capabilities.MaxConcurrency ?? 1;
            await foreach (var place in slots.AcquireAsync(new SlotRequest(maker.Generator, capacity, holder), ct))
            {
                feed.Tell(0, $"Waiting for other work to end, place {place.Position} in line");
            }

            folder = store.Begin(RoomFor(track, set, maker));
            hasBegun = true;
            var (stems, failure) = await MakeAsync(track, set, maker, folder, feed, ct);
            if (failure is not null)
            {
                return new StemOutcome([], failure, hasBegun);
            }

            if (stems.Count == 0)
            {
                return Ended("No stems came of this track.", "no_stems");
            }

            await store.PublishAsync(folder, track.Id, StemRecords.NameOf(set), CancellationToken.None);
            return new StemOutcome(stems, null, hasBegun);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return Ended("The work was stopped.", "cancelled");
        }
        catch (EncodingException exception)
        {
            Log.EncoderFailed(logger, track.Id, set, exception);
            return Ended(exception.Message, "encoder");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.LibraryFailed(logger, track.Id, set, exception);
            return Ended(AudioStore.Explain(exception, "make the stems again"), "library");
        }
        catch (Exception exception)
        {
            Log.Bug(logger, track.Id, set, exception);
            return Ended("Something went wrong inside MusicRender. The server's log has the details.", "internal");
        }
        finally
        {
            await CleanUpAsync(maker, holder, folder, track.Id);
        }
    }

    private async Task<(IReadOnlyList<Stem> Stems, RenderFailure? Failure)> MakeAsync(Track track, StemSet set, IStemMaker maker, string folder, StemFeed feed, CancellationToken ct)
    {
        var work = Directory.CreateDirectory(Path.Combine(folder, "work"));
        using var source = await audio.ToDiskAsync(track.FileName, ct);
        var request = new StemRequest
        {
            Set = set,
            AudioPath = source?.Path ?? "",
            FileName = track.FileName,
            Composition = track.Composition,
            Seed = track.Seed,
            DurationMs = track.DurationMs,
            GeneratorVersion = track.GeneratorVersion,
            WorkFolder = work.FullName,
            PaidPath = store.PaidPathOf(track.Id, StemRecords.NameOf(set)),
        };
        var files = new OrderedDictionary<string, StemFile>();
        try
        {
            StemFile? current = null;
            await foreach (var output in maker.SeparateAsync(request, ct).WithCancellation(ct))
            {
                switch (output)
                {
                    case StemOutput.Progress progress:
                        feed.Tell(progress.Total > 0 ? (int)(progress.Done * MadePercent / progress.Total) : 0, progress.Message);
                        break;
                    case StemOutput.Begin begin:
                        if (!files.TryGetValue(begin.Name, out current))
                        {
                            current = new StemFile(encoder, Path.Combine(folder, AudioStore.Checked($"{begin.Name}.mp3")), PcmFormat.FramesOf(track.DurationMs));
                            files.Add(begin.Name, current);
                        }

                        break;
                    case StemOutput.Pcm pcm:
                        await current!.AddAsync(pcm.Samples, ct);
                        break;
                    case StemOutput.Encoded encoded:
                        await current!.AddAsync(encoded.Bytes, ct);
                        break;
                    case StemOutput.Failed failed:
                        return ([], failed.Failure);
                }
            }

            feed.Tell(MadePercent, "Saving the stems");
            var stems = new List<Stem>();
            foreach (var (name, file) in files)
            {
                var peaks = await file.FinishAsync(decoder, ct);
                stems.Add(new Stem(name, StemStore.RelativePath(track.Id, StemRecords.NameOf(set), name), file.Length, peaks));
            }

            work.Delete(recursive: true);
            return (stems, null);
        }
        finally
        {
            foreach (var file in files.Values)
            {
                await file.DisposeAsync();
            }
        }
    }

    /// <summary>Gives the slot back and removes what is not in place. How it ended does not depend on it.</summary>
    private async Task CleanUpAsync(IStemMaker maker, RenderId holder, string? folder, string trackId)
    {
        try
        {
            if (folder is not null)
            {
                StemStore.Discard(folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotRemoved(logger, trackId, exception);
        }

        try
        {
            await slots.ReleaseAsync(maker.Generator, holder);
        }
        catch (Exception exception)
        {
            Log.SlotNotReleased(logger, trackId, exception);
        }
    }

    /// <summary>Bytes that the stems will about need; what comes as an archive is there twice for a while.</summary>
    private static long RoomFor(Track track, StemSet set, IStemMaker maker) =>
        (long)track.DurationMs * AudioFormat.Mp3.Kilobits / 8 * (set == StemSet.Two ? 2 : 6) * (maker.IsLocal ? 1 : 2);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Stems ({Set}) of track {TrackId}: the encoder or the decoder failed.")]
        public static partial void EncoderFailed(ILogger logger, string trackId, StemSet set, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Stems ({Set}) of track {TrackId}: the library's folder failed.")]
        public static partial void LibraryFailed(ILogger logger, string trackId, StemSet set, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "Stems ({Set}) of track {TrackId}: a bug.")]
        public static partial void Bug(ILogger logger, string trackId, StemSet set, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "Stems of track {TrackId}: what was left over could not be removed.")]
        public static partial void NotRemoved(ILogger logger, string trackId, Exception exception);

        [LoggerMessage(5, LogLevel.Warning, "Stems of track {TrackId}: the slot could not be given back.")]
        public static partial void SlotNotReleased(ILogger logger, string trackId, Exception exception);
    }
}
