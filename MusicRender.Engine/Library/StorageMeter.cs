using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Library;

/// <summary>What a folder below the library's root holds.</summary>
/// <param name="Name">The folder's name; empty for what lies in the root itself.</param>
/// <param name="Files">Files, at any depth.</param>
/// <param name="Bytes">Their lengths, added.</param>
public sealed record StorageShare(string Name, int Files, long Bytes);

/// <summary>What the library takes up.</summary>
/// <param name="Root">Its folder, absolute.</param>
/// <param name="Shares">Its parts, largest first.</param>
/// <param name="FreeBytes">What its disk still holds; null when the disk does not say.</param>
public sealed record StorageUse(string Root, IReadOnlyList<StorageShare> Shares, long? FreeBytes)
{
    /// <summary>All of it.</summary>
    public long Bytes => Shares.Sum(share => share.Bytes);
}

/// <summary>Measures what the library takes up.</summary>
public interface IStorageMeter
{
    /// <summary>Walks the library's folders. A file that goes meanwhile is passed over.</summary>
    Task<StorageUse> MeasureAsync(CancellationToken ct);
}

/// <summary>Measures by the file system.</summary>
internal sealed class StorageMeter(IOptions<LibraryOptions> options) : IStorageMeter
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
    private static readonly EnumerationOptions Here = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    public Task<StorageUse> MeasureAsync(CancellationToken ct) => Task.Run(() => Measure(ct), ct);

    private StorageUse Measure(CancellationToken ct)
    {
        var root = new DirectoryInfo(Path.GetFullPath(options.Value.Root));
        var shares = new List<StorageShare>();
        if (root.Exists)
        {
            shares.Add(Share("", root, Here, ct));
            shares.AddRange(root.EnumerateDirectories("*", Here).Select(folder => Share(folder.Name, folder, Everything, ct)));
        }

        return new StorageUse(root.FullName, [.. shares.OrderByDescending(share => share.Bytes).ThenBy(share => share.Name, StringComparer.Ordinal)], Free(root.FullName));
    }

    private static StorageShare Share(string name, DirectoryInfo folder, EnumerationOptions depth, CancellationToken ct)
    {
        var (files, bytes) = (0, 0L);
        try
        {
            foreach (var file in folder.EnumerateFiles("*", depth))
            {
                ct.ThrowIfCancellationRequested();
                bytes += LengthOf(file);
                files++;
            }
        }
        catch (DirectoryNotFoundException)
        {
            // It went while it was counted.
        }

        return new StorageShare(name, files, bytes);
    }

    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            // It went while it was counted.
            return 0;
        }
    }

    private static long? Free(string root)
    {
        try
        {
            return new DriveInfo(root).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
