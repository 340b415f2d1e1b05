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
    /// <summary>The bucket that holds the finished files; null when the folder does.</summary>
    public string? Bucket { get; init; }

    /// <summary>All of it.</summary>
    public long Bytes => Shares.Sum(share => share.Bytes);
}

/// <summary>Measures what the library takes up.</summary>
public interface IStorageMeter
{
    /// <summary>Walks the library's folders, and its bucket if it has one. A file that goes meanwhile is passed over.</summary>
    /// <exception cref="IOException">The bucket's storage does not answer.</exception>
    Task<StorageUse> MeasureAsync(CancellationToken ct);
}

/// <summary>Measures by the file system, and by what the bucket lists.</summary>
internal sealed class StorageMeter(IOptions<LibraryOptions> options, IAudioFiles files) : IStorageMeter
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
    private static readonly EnumerationOptions Here = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    public async Task<StorageUse> MeasureAsync(CancellationToken ct)
    {
        var here = await Task.Run(() => Measure(ct), ct);
        return files.AreElsewhere ? await WithBucketAsync(here, ct) : here;
    }

    private async Task<StorageUse> WithBucketAsync(StorageUse here, CancellationToken ct)
    {
        var shares = here.Shares.ToDictionary(share => share.Name);
        await foreach (var file in files.ListAsync("", ct))
        {
            var name = file.Key.Split('/') is [var folder, _, ..] ? folder : "";
            var before = shares.GetValueOrDefault(name) ?? new StorageShare(name, 0, 0);
            shares[name] = before with { Files = before.Files + 1, Bytes = before.Bytes + file.Length };
        }

        return here with { Shares = Ordered(shares.Values), Bucket = options.Value.S3.Bucket };
    }

    private StorageUse Measure(CancellationToken ct)
    {
        var root = new DirectoryInfo(Path.GetFullPath(options.Value.Root));
        var shares = new List<StorageShare>();
        if (root.Exists)
        {
            shares.Add(Share("", root, Here, ct));
            shares.AddRange(root.EnumerateDirectories("*", Here).Select(folder => Share(folder.Name, folder, Everything, ct)));
        }

        return new StorageUse(root.FullName, Ordered(shares), Free(root.FullName));
    }

    private static List<StorageShare> Ordered(IEnumerable<StorageShare> shares) => [.. shares.OrderByDescending(share => share.Bytes).ThenBy(share => share.Name, StringComparer.Ordinal)];

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
