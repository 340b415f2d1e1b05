using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Library;

/// <summary>
/// The stems, <c>stems/{track}/{set}/{name}.mp3</c>, where finished files are. A set is entered in the catalogue when all of it is there.
/// What was paid for and is not entered yet lies below the library's root in <c>stems/.paid/{track}.{set}.zip</c>.
/// </summary>
public sealed class StemStore
{
    private const string StemsFolder = "stems";

    // Not a track's id: those have no dot.
    private const string UnfinishedFolder = ".unfinished";
    private const string PaidFolder = ".paid";
    private const string PaidExtension = ".zip";

    private readonly string _stems;
    private readonly IAudioFiles _files;

    /// <summary>Opens the store; folders are made when they are first written to.</summary>
    internal StemStore(IOptions<LibraryOptions> options, IAudioFiles files) =>
        (_stems, _files) = (Path.Combine(Path.GetFullPath(options.Value.Root), StemsFolder), files);

    /// <summary>A stem's path below the library's root, with forward slashes.</summary>
    public static string RelativePath(string trackId, string set, string name) => $"{StemsFolder}/{trackId}/{set}/{name}.mp3";

    /// <summary>A stem; null when it is gone. The names come from the catalogue, never from a request.</summary>
    /// <exception cref="ArgumentException">A name would leave the folder.</exception>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public Task<StoredFile?> FindAsync(string trackId, string set, string name, CancellationToken ct) =>
        _files.FindAsync($"{KeyOf(trackId, set)}/{AudioStore.Checked(name + ".mp3")}", ct);

    /// <summary>A new folder to work in; <see cref="PublishAsync"/> or <see cref="Discard"/> ends it.</summary>
    /// <param name="bytes">What will about be written; when the disk does not have that much, nothing is begun.</param>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public string Begin(long bytes)
    {
        var folder = Path.Combine(_stems, UnfinishedFolder, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(Path.Combine(_stems, PaidFolder));
        if (new DriveInfo(folder).AvailableFreeSpace < bytes)
        {
            Directory.Delete(folder);
            throw new IOException("There is no room for the stems.", AudioStore.NoSpace);
        }

        return folder;
    }

    /// <summary>Gives a folder, whose files are flushed to disk, its place. What was there before is gone.</summary>
    /// <exception cref="IOException">The disk is full or gone, or the storage does not answer.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public Task PublishAsync(string folder, string trackId, string set, CancellationToken ct) => _files.PublishFolderAsync(folder, KeyOf(trackId, set), ct);

    /// <summary>Removes a folder and what is in it; nothing happens when it is gone already.</summary>
    public static void Discard(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already.
        }
    }

    /// <summary>Where that lies which was paid for, until its stems are entered.</summary>
    public string PaidPathOf(string trackId, string set) => Path.Combine(_stems, PaidFolder, AudioStore.Checked($"{trackId}.{set}{PaidExtension}"));

    /// <summary>True when something lies there.</summary>
    public bool HasPaid(string trackId, string set) => File.Exists(PaidPathOf(trackId, set));

    /// <summary>The sets of which that is true.</summary>
    public IReadOnlyList<(string TrackId, string Set)> Paid() => Directory.Exists(Path.Combine(_stems, PaidFolder))
        ? [.. Directory.EnumerateFiles(Path.Combine(_stems, PaidFolder), "*" + PaidExtension).Select(path => Path.GetFileName(path).Split('.')).Where(name => name.Length == 3).Select(name => (name[0], name[1]))]
        : [];

    /// <summary>Removes what lies there: its stems are entered, or nobody wants them any more.</summary>
    public void ForgetPaid(string trackId, string set)
    {
        if (HasPaid(trackId, set))
        {
            File.Delete(PaidPathOf(trackId, set));
        }
    }

    /// <summary>Removes a set.</summary>
    public Task DeleteAsync(string trackId, string set, CancellationToken ct) => _files.DeleteFolderAsync(KeyOf(trackId, set), ct);

    /// <summary>Removes all stems of a track.</summary>
    public async Task DeleteAsync(string trackId, CancellationToken ct)
    {
        await _files.DeleteFolderAsync($"{StemsFolder}/{AudioStore.Checked(trackId)}", ct);
        foreach (var (_, set) in Paid().Where(paid => paid.TrackId == trackId))
        {
            ForgetPaid(trackId, set);
        }
    }

    /// <summary>Removes what earlier processes left unfinished. Call before the first job.</summary>
    public void RemoveUnfinished() => Discard(Path.Combine(_stems, UnfinishedFolder));

    private static string KeyOf(string trackId, string set) => $"{StemsFolder}/{AudioStore.Checked(trackId)}/{AudioStore.Checked(set)}";
}
