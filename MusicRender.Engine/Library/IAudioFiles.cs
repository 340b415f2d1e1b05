namespace MusicRender.Engine.Library;

/// <summary>
/// Where finished files are: a folder, or a bucket. A file's key is its path below the library, with forward slashes:
/// <c>audio/night-drive_89abcdef.mp3</c>. A file appears under its key only when all of it is there.
/// </summary>
/// <remarks>What goes wrong is an <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>, wherever the files are.</remarks>
internal interface IAudioFiles
{
    /// <summary>True when the files are not on this machine and outlive it.</summary>
    bool AreElsewhere { get; }

    /// <summary>A file, or null when there is none of that key.</summary>
    Task<StoredFile?> FindAsync(string key, CancellationToken ct);

    /// <summary>The files of a folder and of the folders in it, in no order.</summary>
    IAsyncEnumerable<StoredFile> ListAsync(string folder, CancellationToken ct);

    /// <summary>True when a file in this folder of this machine can be published as it is; else <see cref="DraftOf"/> says where to write it.</summary>
    bool TakesFrom(string folder);

    /// <summary>Where to write a file on this machine that is then published under a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="near">The file that it is made of.</param>
    string DraftOf(string key, string near);

    /// <summary>Gives a file of this machine, flushed to its disk, a key. The path is free afterwards.</summary>
    /// <exception cref="IOException">There is a file of that key, and it is not to be replaced; or it failed, and the file is where it was.</exception>
    Task PublishAsync(string path, string key, bool replace, CancellationToken ct);

    /// <summary>Gives a folder of this machine, whose files are flushed, a place. What was there before is gone.</summary>
    Task PublishFolderAsync(string folder, string key, CancellationToken ct);

    /// <summary>Takes a file back to a path of this machine. Nothing happens when there is none of that key.</summary>
    Task TakeBackAsync(string key, string path, CancellationToken ct);

    /// <summary>A file for programs that read nothing but files of this machine; null when there is none of that key.</summary>
    Task<LocalFile?> ToDiskAsync(string key, CancellationToken ct);

    /// <summary>Removes a file; nothing happens when it is gone already.</summary>
    Task DeleteAsync(string key, CancellationToken ct);

    /// <summary>Removes a folder and all that is in it; nothing happens when it is gone already.</summary>
    Task DeleteFolderAsync(string key, CancellationToken ct);

    /// <summary>Whether files can be written; throws what is wrong.</summary>
    Task CheckAsync(CancellationToken ct);
}

/// <summary>A finished file.</summary>
/// <param name="Key">Its path below the library, with forward slashes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ModifiedAt">When it was published.</param>
public sealed record StoredFile(string Key, long Length, DateTimeOffset ModifiedAt)
{
    /// <summary>Where it is on this machine; null when it is elsewhere.</summary>
    public string? Path { get; init; }

    /// <summary>How it is opened.</summary>
    public required Func<Stream> Opening { get; init; }

    /// <summary>Opens it for reading, at any position.</summary>
    /// <exception cref="FileNotFoundException">It was removed meanwhile. Of files that are elsewhere the first reading says so.</exception>
    public Stream Open() => Opening();
}

/// <summary>A finished file on this machine: itself, or a copy that goes when this is disposed.</summary>
/// <param name="path">Where.</param>
/// <param name="isCopy">Whether it is a copy.</param>
public sealed class LocalFile(string path, bool isCopy) : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isCopy)
        {
            File.Delete(path);
        }
    }
}

/// <summary>Files that are elsewhere cannot be had now. The message says why, for people.</summary>
public sealed class StorageException : IOException
{
    /// <summary>Made of what went wrong.</summary>
    public StorageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>True when the storage answers, and the file is not there any more, or is another one.</summary>
    public bool IsGone { get; init; }
}
