using System.Runtime.CompilerServices;

namespace MusicRender.Engine.Library;

/// <summary>Finished files in the library's own folder: publishing is giving a name.</summary>
/// <param name="root">The library's root, absolute.</param>
internal sealed class FolderFiles(string root) : IAudioFiles
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    private readonly Lock _lock = new();
    private readonly Dictionary<string, bool> _isOneVolume = new(StringComparer.Ordinal);

    public bool AreElsewhere => false;

    public Task<StoredFile?> FindAsync(string key, CancellationToken ct)
    {
        var file = new FileInfo(PathOf(key));
        return Task.FromResult(file.Exists ? Of(key, file) : null);
    }

    public async IAsyncEnumerable<StoredFile> ListAsync(string folder, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        var path = PathOf(folder);
        foreach (var file in Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", Everything) : [])
        {
            ct.ThrowIfCancellationRequested();
            StoredFile found;
            try
            {
                found = Of(Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), file);
            }
            catch (FileNotFoundException)
            {
                // It went while it was looked at.
                continue;
            }

            yield return found;
        }
    }

    /// <summary>True where both lie on one file system: then a name is given in one step.</summary>
    public bool TakesFrom(string folder)
    {
        lock (_lock)
        {
            if (!_isOneVolume.TryGetValue(folder, out var isOne))
            {
                _isOneVolume[folder] = isOne = IsOneVolume(folder, Path.Combine(root, AudioStore.AudioFolder));
            }

            return isOne;
        }
    }

    /// <summary>Beside its final place: giving a name is one step only within one file system.</summary>
    public string DraftOf(string key, string near)
    {
        var final = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(final)!);
        return final + AudioStore.UnfinishedExtension;
    }

    public Task PublishAsync(string path, string key, bool replace, CancellationToken ct)
    {
        var final = PathOf(key);
        Make(Path.GetDirectoryName(final)!);
        File.Move(path, final, replace);
        return Task.CompletedTask;
    }

    public Task PublishFolderAsync(string folder, string key, CancellationToken ct)
    {
        var final = PathOf(key);
        StemStore.Discard(final);
        Directory.CreateDirectory(Path.GetDirectoryName(final)!);
        Directory.Move(folder, final);
        return Task.CompletedTask;
    }

    public Task TakeBackAsync(string key, string path, CancellationToken ct)
    {
        if (File.Exists(PathOf(key)))
        {
            File.Move(PathOf(key), path, overwrite: false);
        }

        return Task.CompletedTask;
    }

    public Task<LocalFile?> ToDiskAsync(string key, CancellationToken ct) =>
        Task.FromResult(File.Exists(PathOf(key)) ? new LocalFile(PathOf(key), isCopy: false) : null);

    public Task DeleteAsync(string key, CancellationToken ct)
    {
        if (File.Exists(PathOf(key)))
        {
            File.Delete(PathOf(key));
        }

        return Task.CompletedTask;
    }

    public Task DeleteFolderAsync(string key, CancellationToken ct)
    {
        StemStore.Discard(PathOf(key));
        return Task.CompletedTask;
    }

    public Task CheckAsync(CancellationToken ct)
    {
        Probe(Path.Combine(root, AudioStore.AudioFolder));
        return Task.CompletedTask;
    }

    /// <summary>Makes a folder that is there, but for the first time: to look is cheaper than to try, for which the system locks what it is in.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made.</exception>
    public static void Make(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
        }
    }

    /// <summary>Writes something into a folder and removes it.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is read-only.</exception>
    public static void Probe(string folder)
    {
        Directory.CreateDirectory(folder);
        var probe = Path.Combine(folder, $".check-{Guid.NewGuid():N}{AudioStore.UnfinishedExtension}");
        using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        file.Write(new byte[4096]);
        file.Flush();
    }

    /// <summary>Keys are made of checked names: none leaves the root.</summary>
    private string PathOf(string key) => Path.Combine(root, key);

    private static StoredFile Of(string key, FileInfo file) => new(key, file.Length, file.LastWriteTimeUtc)
    {
        Path = file.FullName,
        Opening = () => new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan),
    };

    /// <summary>.NET copies where it is not, and does not say so; a file that is still the same one under its new name was not copied.</summary>
    private static bool IsOneVolume(string one, string other)
    {
        Directory.CreateDirectory(one);
        Directory.CreateDirectory(other);
        var name = $".check-{Guid.NewGuid():N}{AudioStore.UnfinishedExtension}";
        var (from, to) = (Path.Combine(one, name), Path.Combine(other, name));
        try
        {
            using var file = File.OpenHandle(from, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            File.Move(from, to);
            RandomAccess.Write(file, [1], 0);
            return new FileInfo(to).Length == 1;
        }
        finally
        {
            File.Delete(from);
            File.Delete(to);
        }
    }
}
