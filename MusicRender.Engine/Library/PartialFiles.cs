using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Library;

/// <summary>
/// The names in <c>partial/</c>: <c>{id}.mp3</c> is what is being made, <c>{id}-ordered.mp3</c> the same when its parts came
/// in another order than they are played, <c>{id}.json</c> what is known of a paid take beside its sound.
/// </summary>
internal sealed class PartialFiles(string folder)
{
    private const string NotesExtension = ".json";
    private const string NewExtension = ".new";
    private const int CopyBuffer = 128 * 1024;

    /// <summary>Makes the folder, if it is not there.</summary>
    public void Prepare() => Directory.CreateDirectory(folder);

    /// <summary>Where a render's audio is.</summary>
    public string AudioOf(string renderId, bool isOrdered = false) => Path.Combine(folder, AudioStore.Checked(renderId) + (isOrdered ? "-ordered.mp3" : ".mp3"));

    /// <summary>True when something is kept of a paid take.</summary>
    public bool HasNotes(string renderId) => File.Exists(NotesOf(renderId));

    /// <summary>What is known of a paid take, or null.</summary>
    public byte[]? ReadNotes(string renderId)
    {
        try
        {
            return File.ReadAllBytes(NotesOf(renderId));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes that down: all of it or nothing.</summary>
    /// <param name="renderId">The render.</param>
    /// <param name="notes">Bytes.</param>
    /// <param name="isDurable">True to have it on the disk itself when this returns; else it survives the process, not the machine.</param>
    public void WriteNotes(string renderId, ReadOnlySpan<byte> notes, bool isDurable)
    {
        var path = NotesOf(renderId);
        using (var file = File.OpenHandle(path + NewExtension, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, notes, 0);
            if (isDurable)
            {
                RandomAccess.FlushToDisk(file);
            }
        }

        File.Move(path + NewExtension, path, overwrite: true);
    }

    /// <summary>Writes pieces of partial audio one behind the other into the file that holds ordered parts; the first file stays as it is.</summary>
    public async Task PutInOrderAsync(PartialAudio partial, string renderId, IReadOnlyList<(long From, long To)> pieces, CancellationToken ct)
    {
        var ordered = AudioOf(renderId, isOrdered: true);
        var unfinished = ordered + AudioStore.UnfinishedExtension;
        try
        {
            await CopyPiecesAsync(partial, pieces, unfinished, ct);
        }
        catch
        {
            // Half of it only takes the room that the notes may need.
            File.Delete(unfinished);
            throw;
        }

        // Never half of it under its name.
        File.Move(unfinished, ordered, overwrite: true);
    }

    /// <summary>Removes all there is of a render, the notes first: without them the rest is nothing.</summary>
    public void Remove(string renderId)
    {
        string[] paths = [NotesOf(renderId), AudioOf(renderId), AudioOf(renderId, isOrdered: true)];
        foreach (var path in paths.Where(File.Exists))
        {
            File.Delete(path);
        }
    }

    /// <summary>The renders of which something is kept.</summary>
    public IReadOnlyList<string> Noted() =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*" + NotesExtension).Select(path => Path.GetFileNameWithoutExtension(path))] : [];

    /// <summary>Removes every file but the audio and the notes of these renders.</summary>
    public void RemoveAllBut(IReadOnlyCollection<string> renderIds)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var kept = renderIds.SelectMany(id => new[] { NotesOf(id), AudioOf(id), AudioOf(id, isOrdered: true) }).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => !kept.Contains(file)))
        {
            File.Delete(file);
        }
    }

    private static async Task CopyPiecesAsync(PartialAudio partial, IReadOnlyList<(long From, long To)> pieces, string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        await using var audio = partial.OpenRead();
        file.Write(Id3Tag.Blank((int)partial.Start));
        file.Position = partial.Start;
        var buffer = new byte[CopyBuffer];
        foreach (var (from, to) in pieces)
        {
            audio.Position = partial.Start + from;
            for (var left = to - from; left > 0;)
            {
                var read = await audio.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), ct);
                ArgumentOutOfRangeException.ThrowIfZero(read);
                file.Write(buffer, 0, read);
                left -= read;
            }
        }

        file.Flush(flushToDisk: true);
    }

    private string NotesOf(string renderId) => Path.Combine(folder, AudioStore.Checked(renderId) + NotesExtension);
}
