using MusicRender.Engine.Library.Backup;

namespace MusicRender.Engine;

/// <summary>Backs the library up, also while a server runs on it, and restores it where there is none.</summary>
public sealed class EngineBackup
{
    private readonly LibraryBackup _backup;
    private readonly LibraryRestore _restore;

    internal EngineBackup(LibraryBackup backup, LibraryRestore restore) => (_backup, _restore) = (backup, restore);

    /// <summary>Writes all of the library into a new file.</summary>
    /// <exception cref="BackupException">It cannot be made; nothing is left of it.</exception>
    public Task<BackupContents> BackUpAsync(string path, CancellationToken ct) => _backup.WriteAsync(Path.GetFullPath(path), ct);

    /// <summary>Makes the library of a backup.</summary>
    /// <exception cref="BackupException">There is a library already, or the file is no whole backup.</exception>
    public Task<BackupContents> RestoreAsync(string path, CancellationToken ct) => _restore.ReadAsync(Path.GetFullPath(path), ct);
}
