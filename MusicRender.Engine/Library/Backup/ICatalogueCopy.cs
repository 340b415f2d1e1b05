namespace MusicRender.Engine.Library.Backup;

/// <summary>Copies of the catalogue, made while it is in use, each as it was at one moment.</summary>
internal interface ICatalogueCopy
{
    /// <summary>The copy's name in a backup; it says what kind of catalogue it is of.</summary>
    string EntryName { get; }

    /// <summary>Writes a copy to a new file.</summary>
    /// <exception cref="BackupException">It cannot be made.</exception>
    Task WriteAsync(string path, CancellationToken ct);

    /// <summary>Takes tracks out of a copy: they were removed while their files were read.</summary>
    Task ForgetAsync(string path, IReadOnlyCollection<string> trackIds, CancellationToken ct);

    /// <summary>Throws when there is a catalogue already.</summary>
    /// <exception cref="BackupException">There is.</exception>
    Task RequireNoneAsync(CancellationToken ct);

    /// <summary>Makes the catalogue of a copy.</summary>
    /// <exception cref="BackupException">It cannot be made.</exception>
    Task RestoreAsync(string path, CancellationToken ct);
}

/// <summary>A backup could not be made or restored. The message says why, for whoever asked for it.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
