using System.Formats.Tar;
using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Library.Backup;

/// <summary>Makes a library of a backup, where none is yet. Finished files go to wherever this library keeps them: folder or bucket.</summary>
internal sealed class LibraryRestore(IOptions<LibraryOptions> options, IAudioFiles files, ICatalogueCopy catalogue, TakeCopies takes)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _root = Path.GetFullPath(options.Value.Root);

    private string Arriving => Path.Combine(_root, ".restoring");

    /// <summary>Restores.</summary>
    /// <returns>What was restored; tracks are not counted.</returns>
    /// <exception cref="BackupException">It cannot be done, or not to its end: then remove what is there before another try.</exception>
    public async Task<BackupContents> ReadAsync(string path, CancellationToken ct)
    {
        await RequireNoneAsync(ct);
        try
        {
            await using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
            Directory.CreateDirectory(_root);
            return await ReadAsync(source, ct);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            throw new BackupException($"{path} cannot be restored: {exception.Message}", exception);
        }
        finally
        {
            File.Delete(Arriving);
        }
    }

    private async Task<BackupContents> ReadAsync(FileStream source, CancellationToken ct)
    {
        await using var tar = new TarReader(source);
        var (count, bytes) = (0, 0L);
        while (await tar.GetNextEntryAsync(copyData: false, ct) is { } entry)
        {
            if (entry.EntryType != TarEntryType.RegularFile || !(entry.Name == catalogue.EntryName || BackupLayout.IsKey(entry.Name) || BackupLayout.IsOwn(entry.Name)))
            {
                throw new BackupException($"there is \"{entry.Name}\" in it, which no backup of this kind of library has. A backup of PostgreSQL goes to PostgreSQL, one of SQLite to SQLite.");
            }

            await entry.ExtractToFileAsync(Arriving, overwrite: true, ct);
            (count, bytes) = (count + 1, bytes + entry.Length);
            if (entry.Name == catalogue.EntryName)
            {
                await takes.MoveAsync(ct);
                await catalogue.RestoreAsync(Arriving, ct);
                return new BackupContents(0, count, bytes);
            }

            await PutAsync(entry.Name, ct);
        }

        throw new BackupException("it breaks off: the catalogue, which comes last, is not in it.");
    }

    private Task PutAsync(string name, CancellationToken ct)
    {
        if (BackupLayout.IsKey(name))
        {
            return files.PublishAsync(Arriving, name, replace: false, ct);
        }

        var final = Path.Combine(_root, name);
        var folder = Path.GetDirectoryName(final)!;
        if (BackupLayout.IsSecret(name) && folder != _root && !OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
        else
        {
            Directory.CreateDirectory(folder);
        }

        File.Move(Arriving, final, overwrite: false);
        return Task.CompletedTask;
    }

    private async Task RequireNoneAsync(CancellationToken ct)
    {
        if (Directory.Exists(_root) && Directory.EnumerateFileSystemEntries(_root).Any())
        {
            throw new BackupException($"{_root} is not empty. Name a new folder in MusicRender:Library:Root.");
        }

        foreach (var folder in BackupLayout.Finished.Append(TakePieces.Folder))
        {
            if (await files.ListAsync(folder, ct).AnyAsync(ct))
            {
                throw new BackupException("there are finished files already where this library keeps them. Name a new folder, or a new bucket or prefix.");
            }
        }

        await catalogue.RequireNoneAsync(ct);
    }
}
