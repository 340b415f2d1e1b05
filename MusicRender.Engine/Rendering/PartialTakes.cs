using System.Text.Json;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;

namespace MusicRender.Engine.Rendering;

/// <summary>
/// The paid takes on disk: audio, and beside it what is known of it. The audio is there from the moment the generator is asked
/// until the catalogue has the track, or knows that there is nothing to hear.
/// </summary>
internal sealed partial class PartialTakes(AudioStore store, ITrackLibrary library, ILogger<PartialTakes> logger)
{
    private const int ReadBuffer = 128 * 1024;

    /// <summary>Where they lie.</summary>
    public AudioStore Store => store;

    /// <summary>Writes down what is known of a take, beyond what was written down before.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public void Note(RenderId id, TakeNotes notes, TakeNotes? before) =>
        store.Partials.AddNotes(id.Value, JsonSerializer.SerializeToUtf8Bytes(TakeNotesLine.Of(notes, before), RenderingJson.Documents.TakeNotesLine));

    /// <summary>The same, when failing is no reason to stop: older notes are there. False when it failed.</summary>
    public bool TryNote(RenderId id, TakeNotes notes, TakeNotes? before)
    {
        try
        {
            Note(id, notes, before);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotEnded(id, exception);
            return false;
        }
    }

    /// <summary>True when a paid generator was asked for this render and what it gave has not become a track.</summary>
    /// <remarks>True also while that cannot be told: nobody is asked twice because a storage is away.</remarks>
    public async Task<bool> HasAsync(RenderId id, CancellationToken ct)
    {
        try
        {
            return await store.Pieces.HasAsync(id.Value, ct);
        }
        catch (IOException exception)
        {
            NotEnded(id, exception);
            return true;
        }
    }

    /// <summary>The renders for which that is true, in no order; among them those that are under way.</summary>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public async Task<IReadOnlyList<RenderId>> AllAsync(CancellationToken ct) =>
        [.. (await store.Pieces.AllAsync(ct)).Select(name => RenderId.TryParse(name, out var id) ? id : (RenderId?)null).OfType<RenderId>()];

    /// <summary>What is known of a take beyond its request; null when nothing was noted, or none of it can be read: a power cut tears what was not flushed.</summary>
    public TakeNotes? Find(RenderId id)
    {
        TakeNotes? notes = null;
        foreach (var line in store.Partials.ReadNotes(id.Value) ?? [])
        {
            try
            {
                notes = line.IsEmpty ? notes : JsonSerializer.Deserialize(line.Span, RenderingJson.Documents.TakeNotesLine)?.AddTo(notes) ?? notes;
            }
            catch (JsonException exception)
            {
                NotEnded(id, exception);
            }
        }

        return notes;
    }

    /// <summary>Finds the audio of a take, wherever a process that was killed while saving has left it, and puts it back in its place; null when there is none.</summary>
    public async Task<string?> LocateAsync(RenderId id, CancellationToken ct)
    {
        var path = PathOf(id);
        foreach (var fileName in await store.FilesOfAsync(id.Short, ct))
        {
            if (await library.FindAsync(fileName, ct) is null)
            {
                await store.WithdrawAsync(fileName, path, ct);
            }
        }

        await store.Pieces.FetchAsync(id.Value, ct);
        path = PathOf(id);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Removes what an earlier run of a render that costs nothing has published without a row in the catalogue.</summary>
    public async Task ClearNamesAsync(RenderId id, CancellationToken ct)
    {
        foreach (var fileName in await store.FilesOfAsync(id.Short, ct))
        {
            if (await library.FindAsync(fileName, ct) is null)
            {
                await store.DeleteAsync(fileName, ct);
            }
        }
    }

    /// <summary>
    /// Opens the audio of a take as it is to be heard: its parts in order, and no half frame at its end. Null when there is
    /// nothing to hear. The file stays when the audio is disposed.
    /// </summary>
    public async Task<OpenTake?> OpenAsync(RenderId id, CancellationToken ct)
    {
        if (await LocateAsync(id, ct) is not { } path)
        {
            return null;
        }

        var take = await ReadAsync(path, ct);
        take.Audio.Leave();
        if (Find(id) is { } notes && notes.PiecesInOrder(take.Audio.Length) is { Count: > 0 } pieces)
        {
            await using (take.Audio)
            {
                (take, _) = await OrderAsync(id, take.Audio, pieces, notes, ct);
                take.Audio.Leave();
            }

            File.Delete(path);
        }

        if (take.Intake.Counter.Frames == 0)
        {
            await take.Audio.DisposeAsync();
            return null;
        }

        take.Audio.Cut(take.Intake.Counter.WholeBytes);
        return take;
    }

    /// <summary>How much there is of a take, as it lies there; null when there is nothing to hear, or when that cannot be told now.</summary>
    public async Task<PartialTake?> TryMeasureAsync(RenderId id)
    {
        try
        {
            var path = PathOf(id);
            return File.Exists(path) ? await MeasureAsync(path, CancellationToken.None) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotEnded(id, exception);
            return null;
        }
    }

    /// <summary>How much there is in a take's file, in whole frames; null when there is nothing to hear.</summary>
    public static async Task<PartialTake?> MeasureAsync(string path, CancellationToken ct)
    {
        var take = await ReadAsync(path, ct);
        take.Audio.Leave();
        await take.Audio.DisposeAsync();
        return take.Intake.Counter.Frames == 0 ? null : new PartialTake(take.Intake.DurationMs, take.Intake.Counter.WholeBytes);
    }

    /// <summary>
    /// What a process that was killed left of a take: its parts in order, and how much there is. Null when there is nothing
    /// to hear.
    /// </summary>
    public async Task<PartialTake?> RecoverAsync(RenderId id, CancellationToken ct)
    {
        if (await LocateAsync(id, ct) is { } path)
        {
            await PartialFiles.RenewAsync(path, ct);
        }

        if (await OpenAsync(id, ct) is not { } take)
        {
            return null;
        }

        await take.Audio.DisposeAsync();
        return new PartialTake(take.Intake.DurationMs, take.Audio.Length);
    }

    /// <summary>Puts parts in order in a file of their own. From the moment the notes say so, the first file counts no more.</summary>
    public async Task<(OpenTake Ordered, TakeNotes Notes)> OrderAsync(RenderId id, PartialAudio audio, IReadOnlyList<(long From, long To)> pieces, TakeNotes notes, CancellationToken ct)
    {
        await store.Partials.PutInOrderAsync(audio, id.Value, pieces, ct);
        var ordered = notes with { Parts = [], IsOrdered = true };
        if (store.Partials.Has(id.Value))
        {
            Note(id, ordered, before: null);
        }

        return (await ReadAsync(store.Partials.AudioOf(id.Value, isOrdered: true), ct), ordered);
    }

    /// <summary>Takes back a track that the catalogue could not take: it is a partial take again.</summary>
    public async Task<PartialTake?> WithdrawAsync(RenderId id, Track track)
    {
        try
        {
            await store.WithdrawAsync(track.FileName, PathOf(id), CancellationToken.None);
            return new PartialTake(track.DurationMs, track.FileSizeBytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It lies under its track's name; opening it as a take finds it there.
            NotEnded(id, exception);
            return null;
        }
    }

    /// <summary>Removes all there is of a take: it has become a track, or there was nothing to hear.</summary>
    public async Task ForgetAsync(RenderId id)
    {
        try
        {
            await store.Pieces.RemoveAsync(id.Value, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next start clears it away.
            NotEnded(id, exception);
        }
    }

    /// <summary>Writes down that something of a take could not be done.</summary>
    public void NotEnded(RenderId id, Exception exception) => Log.NotEnded(logger, id, exception);

    private string PathOf(RenderId id)
    {
        var ordered = store.Partials.AudioOf(id.Value, isOrdered: true);
        return Find(id)?.IsOrdered ?? File.Exists(ordered) ? ordered : store.Partials.AudioOf(id.Value);
    }

    private static async Task<OpenTake> ReadAsync(string path, CancellationToken ct)
    {
        var intake = new Mp3Intake();
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan))
        {
            var buffer = new byte[ReadBuffer];
            for (int read; (read = await file.ReadAsync(buffer, ct)) > 0;)
            {
                intake.Add(buffer.AsMemory(0, read));
            }

            intake.EndPart();
        }

        return new OpenTake(PartialAudio.Open(path, intake.Stripped), intake);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Render {RenderId}: something of its take could not be kept up to date on the disk.")]
        public static partial void NotEnded(ILogger logger, RenderId renderId, Exception exception);
    }
}

/// <summary>A take that was found on disk: its audio, and what was counted in it.</summary>
internal sealed record OpenTake(PartialAudio Audio, Mp3Intake Intake);
