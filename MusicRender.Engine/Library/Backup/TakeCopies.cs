using Microsoft.Extensions.Logging;

namespace MusicRender.Engine.Library.Backup;

/// <summary>Paid takes that are in a bucket, as the files that they are in a library's folder: a backup has them in one form, and is restored to either.</summary>
internal sealed partial class TakeCopies(AudioStore store, IAudioFiles files, TimeProvider time, ILogger<TakeCopies> logger)
{
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The takes of a bucket, file by file: names below the library's root, and where each lies until the next is asked for. None without a bucket.</summary>
    /// <param name="folder">A folder that is not there, to work in.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="IOException">The storage does not answer, or the disk is full.</exception>
    public async IAsyncEnumerable<(string Name, string Path)> ReadAsync(string folder, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        if (files is not S3Files bucket)
        {
            yield break;
        }

        var copies = new PartialFiles(folder);
        var pieces = new TakePieces(bucket, copies, time, logger);
        foreach (var id in await pieces.AllAsync(ct))
        {
            try
            {
                foreach (var path in await FetchAsync(id, folder, copies, pieces, ct))
                {
                    yield return ($"{BackupLayout.Partial}/{Path.GetFileName(path)}", path);
                }
            }
            finally
            {
                StemStore.Discard(folder);
            }
        }
    }

    /// <summary>Moves the takes that were restored on this machine to where this library keeps them.</summary>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public async Task MoveAsync(CancellationToken ct)
    {
        foreach (var id in store.Partials.All())
        {
            await store.Pieces.MoveAsync(id, ct);
        }
    }

    /// <summary>The files of a take. One that changes while it is fetched, because more arrives or its notes are written anew, is fetched again; none when it is gone.</summary>
    private async Task<string[]> FetchAsync(string id, string folder, PartialFiles copies, TakePieces pieces, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            StemStore.Discard(folder);
            copies.Prepare();
            if (await TryFetchAsync(id, folder, copies, pieces, ct))
            {
                return Directory.GetFiles(folder);
            }

            if (!(await pieces.AllAsync(ct)).Contains(id))
            {
                return [];
            }

            await Task.Delay(Pause, time, ct);
        }

        Log.LeftOut(logger, id);
        return [];
    }

    /// <summary>What this machine has of a take is the newest there is; the rest comes from the bucket. False when it has become a track, or was given up.</summary>
    private async Task<bool> TryFetchAsync(string id, string folder, PartialFiles copies, TakePieces pieces, CancellationToken ct)
    {
        try
        {
            foreach (var path in store.Partials.FilesOf(id).Where(File.Exists))
            {
                File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
            }

            await pieces.FetchAsync(id, ct);
            return copies.Has(id);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or StorageException { IsGone: true })
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The take of render {RenderId} could not be read whole: the backup is without it.")]
        public static partial void LeftOut(ILogger logger, string renderId);
    }
}
