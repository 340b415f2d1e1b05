using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Library;

/// <summary>
/// What was made of tracks because somebody asked for it: <c>made/{track}/{name}</c>, where finished files are. Everything there can be
/// made again. A file appears under its name only when all of it is there.
/// </summary>
public sealed class MadeFileStore
{
    private const string MadeFolder = "made";

    // Not a track's id: those have no dot.
    private const string UnfinishedFolder = ".unfinished";

    private readonly string _unfinished;
    private readonly IAudioFiles _files;

    /// <summary>Opens the store; folders are made when they are first written to.</summary>
    internal MadeFileStore(IOptions<LibraryOptions> options, IAudioFiles files) =>
        (_unfinished, _files) = (Path.Combine(Path.GetFullPath(options.Value.Root), MadeFolder, UnfinishedFolder), files);

    /// <summary>A file; null when it is not made. The names come from the program, never from a request.</summary>
    /// <exception cref="ArgumentException">A name would leave the folder.</exception>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public Task<StoredFile?> FindAsync(string trackId, string name, CancellationToken ct) => _files.FindAsync(KeyOf(trackId, name), ct);

    /// <summary>A free path to write a file to; <see cref="PublishAsync"/> or <see cref="File.Delete"/> ends it.</summary>
    /// <param name="bytes">What will be written at most; when the disk does not have that much, nothing is begun.</param>
    /// <param name="free">What the disk has, bytes.</param>
    /// <returns>The path, or null when there is no room.</returns>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public string? TryBegin(long bytes, out long free)
    {
        Directory.CreateDirectory(_unfinished);
        free = new DriveInfo(_unfinished).AvailableFreeSpace;
        return free < bytes ? null : Path.Combine(_unfinished, Guid.NewGuid().ToString("N"));
    }

    /// <summary>Flushes a file to disk, then gives it its name. What was there before is gone.</summary>
    /// <exception cref="IOException">The disk is full or gone, or the storage does not answer.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public Task PublishAsync(string path, string trackId, string name, CancellationToken ct)
    {
        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush(flushToDisk: true);
        }

        return _files.PublishAsync(path, KeyOf(trackId, name), replace: true, ct);
    }

    /// <summary>Removes the files of a track whose names begin and end so, all but one: those were made before it changed.</summary>
    /// <param name="trackId">The track.</param>
    /// <param name="start">How the names begin.</param>
    /// <param name="end">How they end.</param>
    /// <param name="name">The one that stays.</param>
    /// <param name="ct">Stops before the next one.</param>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public async Task DeleteOthersAsync(string trackId, string start, string end, string name, CancellationToken ct)
    {
        foreach (var file in await _files.ListAsync($"{MadeFolder}/{AudioStore.Checked(trackId)}", ct).ToListAsync(ct))
        {
            var other = file.Key.Split('/')[^1];
            if (other != name && other.StartsWith(start, StringComparison.Ordinal) && other.EndsWith(end, StringComparison.Ordinal))
            {
                await _files.DeleteAsync(file.Key, ct);
            }
        }
    }

    /// <summary>Removes what was made of a track; nothing happens when there is nothing.</summary>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public Task DeleteAsync(string trackId, CancellationToken ct) => _files.DeleteFolderAsync($"{MadeFolder}/{AudioStore.Checked(trackId)}", ct);

    /// <summary>Removes what earlier processes left unfinished. Call before the first file is made.</summary>
    public void RemoveUnfinished() => StemStore.Discard(_unfinished);

    private static string KeyOf(string trackId, string name) => $"{MadeFolder}/{AudioStore.Checked(trackId)}/{AudioStore.Checked(name)}";
}
