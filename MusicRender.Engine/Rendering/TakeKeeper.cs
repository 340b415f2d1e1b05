using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>Makes tracks of takes that did not come to their end. Called for one render at a time.</summary>
internal sealed partial class TakeKeeper(PartialTakes takes, TrackSaver saver, RenderRecords records, ITrackLibrary library, ILogger<TakeKeeper> logger)
{
    /// <summary>Makes the track. Until the catalogue has it, the take stays what it is; asking again gives the same track.</summary>
    /// <param name="render">The render; it failed or was cancelled.</param>
    /// <param name="state">Which of the two.</param>
    /// <param name="log">Its whole log.</param>
    /// <param name="ct">Stops before the track is saved, or not at all.</param>
    /// <returns>The track, or why there is none.</returns>
    public async Task<(Track? Track, RenderFailure? Failure)> KeepAsync(RenderRecord render, RenderState state, IReadOnlyList<RenderEvent> log, CancellationToken ct)
    {
        if (await library.FindAsync(render.Id.Value, ct) is { } kept)
        {
            return (kept, null);
        }

        try
        {
            return await takes.HasAsync(render.Id, ct) && await takes.OpenAsync(render.Id, ct) is { } take
                ? await KeepAsync(render, takes.Find(render.Id) ?? TakeNotes.Of(render.Request), take, state, log, ct)
                : (null, RenderFailure.Server("Nothing of this render is there to be kept. Render it again.", "no_take"));
        }
        catch (EncodingException exception)
        {
            Log.NotKept(logger, render.Id, exception);
            return (null, RenderFailure.Server(exception.Message, "encoder"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(logger, render.Id, exception);
            return (null, RenderFailure.Server($"{AudioStore.Explain(exception, "keep it again")} What arrived is still there.", "library"));
        }
    }

    private async Task<(Track? Track, RenderFailure? Failure)> KeepAsync(RenderRecord render, TakeNotes notes, OpenTake take, RenderState state, IReadOnlyList<RenderEvent> log, CancellationToken ct)
    {
        await using var audio = take.Audio;
        // So that it is found again when the process ends between the track's name and its row.
        takes.Note(render.Id, notes, before: null);
        var track = await saver.SaveAsync(
            TrackSaver.TrackOf(render.Id, render.Generator, render.Request, notes, take.Intake.DurationMs, isPartial: true), audio, TrackSaver.InfoFrame(audio, take.Intake, 0), ct);
        try
        {
            // The generator's own waveform, if there was one, is of the whole song.
            await records.KeepAsync(render.Id, track, await saver.PeaksAsync(track, CancellationToken.None), state, log, CancellationToken.None);
        }
        catch (Exception exception)
        {
            await takes.Store.WithdrawAsync(track.FileName, audio.Path, CancellationToken.None);
            if (exception is not (DbUpdateException or DbException))
            {
                throw;
            }

            Log.NotKept(logger, render.Id, exception);
            return (null, RenderRecords.FailureOf(exception, "keep it again"));
        }

        await takes.ForgetAsync(render.Id);
        return (track, null);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Render {RenderId}: what arrived of it could not be made a track; it is still there.")]
        public static partial void NotKept(ILogger logger, RenderId renderId, Exception exception);
    }
}
