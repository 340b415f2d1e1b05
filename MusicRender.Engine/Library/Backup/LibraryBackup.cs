using System.Data.Common;
using System.Formats.Tar;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Library.Backup;

/// <summary>What a backup holds.</summary>
/// <param name="Tracks">Tracks.</param>
/// <param name="Files">Files, the catalogue among them.</param>
/// <param name="Bytes">Their lengths, added.</param>
public sealed record BackupContents(int Tracks, int Files, long Bytes);

/// <summary>
/// Writes all of a library into one tar file while it is in use: every track that the copy of the catalogue knows is there with its
/// file. The catalogue comes last: a backup that has it is whole.
/// </summary>
internal sealed class LibraryBackup(IOptions<LibraryOptions> options, IAudioFiles files, ICatalogueCopy catalogue, IDbContextFactory<Catalogue> catalogues, TakeCopies takes)
{
    private const int Tries = 3;
    private const int CopyBuffer = 128 * 1024;

    private readonly string _root = Path.GetFullPath(options.Value.Root);

    /// <summary>Writes it. The file appears under its name when all of it is on disk.</summary>
    /// <exception cref="BackupException">It cannot be made; nothing is left of it.</exception>
    public async Task<BackupContents> WriteAsync(string path, CancellationToken ct)
    {
        if (File.Exists(path))
        {
            throw new BackupException($"{path} is there already. Name a new file.");
        }

        var (unfinished, copy) = (path + AudioStore.UnfinishedExtension, path + ".copy" + AudioStore.UnfinishedExtension);
        try
        {
            BackupContents contents;
            // For its owner alone: the key ring is in it, which opens every secret of the library. What is there already keeps its mode.
            File.Delete(copy);
            await using (File.Open(copy, OwnersOnly(FileOptions.None)))
            {
            }

            await using (var target = new FileStream(unfinished, OwnersOnly(FileOptions.Asynchronous)))
            {
                contents = await WriteAsync(target, copy, ct);
                target.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: false);
            return contents;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{path} cannot be written: {exception.Message}", exception);
        }
        catch (DbException exception)
        {
            throw new BackupException($"the catalogue cannot be read: {exception.Message}", exception);
        }
        finally
        {
            File.Delete(unfinished);
            File.Delete(copy);
        }
    }

    private static FileStreamOptions OwnersOnly(FileOptions options)
    {
        var how = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 128 * 1024, Options = options };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return how;
    }

    private async Task<BackupContents> WriteAsync(FileStream target, string copy, CancellationToken ct)
    {
        // The catalogue first: a file that comes later is no harm, a row without its file is.
        await catalogue.WriteAsync(copy, ct);
        var tracks = await TracksAsync(ct);
        await using var tar = new TarWriter(target, TarEntryFormat.Pax, leaveOpen: true);
        var (names, bytes) = (new HashSet<string>(StringComparer.Ordinal), 0L);
        // Takes before tracks: one that becomes a track meanwhile is there at least once.
        await foreach (var (name, path) in takes.ReadAsync(copy + ".takes", ct))
        {
            Count(name, await TryAddOwnAsync(tar, name, path, copy + ".own", ct));
        }

        foreach (var name in BackupLayout.OwnFiles(_root, hasTakes: !files.AreElsewhere))
        {
            Count(name, await TryAddOwnAsync(tar, name, Path.Combine(_root, name), copy + ".own", ct));
        }

        foreach (var folder in BackupLayout.Finished)
        {
            await foreach (var file in files.ListAsync(folder, ct))
            {
                Count(file.Key, BackupLayout.IsFinished(file.Key) ? await TryAddAsync(tar, file, copy + ".own", ct) : null);
            }
        }

        // Removed while their files were read.
        var here = (await TracksAsync(ct)).Keys;
        var gone = tracks.Where(track => !names.Contains(AudioStore.RelativePath(track.Value)) && !here.Contains(track.Key)).Select(track => track.Key).ToList();
        await catalogue.ForgetAsync(copy, gone, ct);
        await using var last = File.OpenRead(copy);
        await AddAsync(tar, catalogue.EntryName, last, DateTimeOffset.UtcNow, ct);
        return new BackupContents(tracks.Count - gone.Count, names.Count + 1, bytes + last.Length);

        void Count(string name, long? length)
        {
            if (length is { } added)
            {
                names.Add(name);
                bytes += added;
            }
        }
    }

    private async Task<Dictionary<string, string>> TracksAsync(CancellationToken ct)
    {
        await using var rows = await catalogues.CreateDbContextAsync(ct);
        return await rows.Tracks.AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.FileName, ct);
    }

    /// <summary>Adds a finished file, and gives its length; null when it is gone. One that was put in its place meanwhile is taken for it.</summary>
    private async Task<long?> TryAddAsync(TarWriter tar, StoredFile file, string copy, CancellationToken ct)
    {
        var found = file;
        for (var attempt = 1; found is not null && attempt <= Tries; attempt++)
        {
            try
            {
                // What is elsewhere may go while it is read, and an entry that has begun must come to its end.
                await using var stream = found.Path is null ? await FetchAsync(found, copy, ct) : found.Open();
                await AddAsync(tar, found.Key, stream, found.ModifiedAt, ct);
                return found.Length;
            }
            catch (Exception exception) when (IsGone(exception))
            {
                found = await files.FindAsync(file.Key, ct);
            }
        }

        return null;
    }

    private static async Task<FileStream> FetchAsync(StoredFile file, string copy, CancellationToken ct)
    {
        var target = new FileStream(copy, FileMode.Create, FileAccess.ReadWrite, FileShare.None, CopyBuffer, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        try
        {
            await using var source = file.Open();
            await source.CopyToAsync(target, CopyBuffer, ct);
            target.Position = 0;
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a file of this machine, and gives its length; null when it has become a track, or was given up. Some grow while they are read: a copy has a length.</summary>
    private static async Task<long?> TryAddOwnAsync(TarWriter tar, string name, string path, string copy, CancellationToken ct)
    {
        try
        {
            File.Copy(path, copy, overwrite: true);
            await using var stream = File.OpenRead(copy);
            await AddAsync(tar, name, stream, File.GetLastWriteTimeUtc(path), ct);
            return stream.Length;
        }
        catch (Exception exception) when (IsGone(exception))
        {
            return null;
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static bool IsGone(Exception exception) => exception is FileNotFoundException or DirectoryNotFoundException or StorageException { IsGone: true };

    private static Task AddAsync(TarWriter tar, string name, Stream content, DateTimeOffset modified, CancellationToken ct) =>
        tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = content,
                ModificationTime = modified,
                Mode = BackupLayout.IsSecret(name) ? UnixFileMode.UserRead | UnixFileMode.UserWrite : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            },
            ct);
}
