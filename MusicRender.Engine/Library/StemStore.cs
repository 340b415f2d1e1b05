using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Library;

/// <summary>
/// The stems below the library's root, <c>stems/{track}/{set}/{name}.mp3</c>. A set appears all at once, when all of it is
/// on disk. What was paid for and is not entered yet lies in <c>stems/.paid/{track}.{set}.zip</c>.
/// </summary>
public sealed class StemStore
{
    private const string StemsFolder = "stems";

    // Not a track's id: those have no dot.
    private const string UnfinishedFolder = ".unfinished";
    private const string PaidFolder = ".paid";
    private const string PaidExtension = ".zip";

    private readonly string _stems;

    /// <summary>Opens the store; folders are made when they are first written to.</summary>
    public StemStore(IOptions<LibraryOptions> options) => _stems = Path.Combine(Path.GetFullPath(options.Value.Root), StemsFolder);

    /// <summary>A stem's path below the library's root, with forward slashes.</summary>
    public static string RelativePath(string trackId, string set, string name) => $"{StemsFolder}/{trackId}/{set}/{name}.mp3";

    /// <summary>Where a stem is, for the server to read from. The names come from the catalogue, never from a request.</summary>
    /// <exception cref="ArgumentException">A name would leave the folder.</exception>
    public string PathOf(string trackId, string set, string name) => Path.Combine(FolderOf(trackId, set), AudioStore.Checked(name + ".mp3"));

    /// <summary>A new folder to work in; <see cref="Publish"/> or <see cref="Discard"/> ends it.</summary>
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
    /// <exception cref="IOException">The disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public void Publish(string folder, string trackId, string set)
    {
        var final = FolderOf(trackId, set);
        Discard(final);
        Directory.CreateDirectory(Path.GetDirectoryName(final)!);
        Directory.Move(folder, final);
    }

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
    public void Delete(string trackId, string set) => Discard(FolderOf(trackId, set));

    /// <summary>Removes all stems of a track.</summary>
    public void Delete(string trackId)
    {
        Discard(Path.Combine(_stems, AudioStore.Checked(trackId)));
        foreach (var (_, set) in Paid().Where(paid => paid.TrackId == trackId))
        {
            ForgetPaid(trackId, set);
        }
    }

    /// <summary>Removes what earlier processes left unfinished. Call before the first job.</summary>
    public void RemoveUnfinished() => Discard(Path.Combine(_stems, UnfinishedFolder));

    private string FolderOf(string trackId, string set) => Path.Combine(_stems, AudioStore.Checked(trackId), AudioStore.Checked(set));
}
