using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Library;

/// <summary>
/// What was made of tracks because somebody asked for it, below the library's root: <c>made/{track}/{name}</c>. Everything
/// there can be made again. A file appears under its name only when all of it is on disk.
/// </summary>
public sealed class MadeFileStore
{
    private const string MadeFolder = "made";

    // Not a track's id: those have no dot.
    private const string UnfinishedFolder = ".unfinished";

    private readonly string _made;

    /// <summary>Opens the store; folders are made when they are first written to.</summary>
    public MadeFileStore(IOptions<LibraryOptions> options) => _made = Path.Combine(Path.GetFullPath(options.Value.Root), MadeFolder);

    /// <summary>Where a file is, or would be. The names come from the program, never from a request.</summary>
    /// <exception cref="ArgumentException">A name would leave the folder.</exception>
    public string PathOf(string trackId, string name) => Path.Combine(_made, AudioStore.Checked(trackId), AudioStore.Checked(name));

    /// <summary>A free path to write a file to; <see cref="Publish"/> or <see cref="File.Delete"/> ends it.</summary>
    /// <param name="bytes">What will be written at most; when the disk does not have that much, nothing is begun.</param>
    /// <param name="free">What the disk has, bytes.</param>
    /// <returns>The path, or null when there is no room.</returns>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public string? TryBegin(long bytes, out long free)
    {
        var folder = Path.Combine(_made, UnfinishedFolder);
        Directory.CreateDirectory(folder);
        free = new DriveInfo(folder).AvailableFreeSpace;
        return free < bytes ? null : Path.Combine(folder, Guid.NewGuid().ToString("N"));
    }

    /// <summary>Flushes a file to disk, then gives it its name. What was there before is gone.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public void Publish(string path, string trackId, string name)
    {
        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush(flushToDisk: true);
        }

        var final = PathOf(trackId, name);
        Directory.CreateDirectory(Path.GetDirectoryName(final)!);
        File.Move(path, final, overwrite: true);
    }

    /// <summary>Removes the files of a track with names of a pattern, all but one: those were made before it changed.</summary>
    public void DeleteOthers(string trackId, string pattern, string name)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_made, AudioStore.Checked(trackId)), pattern).Where(file => Path.GetFileName(file) != name))
        {
            File.Delete(file);
        }
    }

    /// <summary>Removes what was made of a track; nothing happens when there is nothing.</summary>
    public void Delete(string trackId) => StemStore.Discard(Path.Combine(_made, AudioStore.Checked(trackId)));

    /// <summary>Removes what earlier processes left unfinished. Call before the first file is made.</summary>
    public void RemoveUnfinished() => StemStore.Discard(Path.Combine(_made, UnfinishedFolder));
}
