using Xunit;

namespace MusicRender.Engine.Tests;

/// <summary>
/// Real disks that are soon full or read-only: small file systems in memory. Mounting them takes root; without it these
/// tests fail and say so, for nothing else shows what they show.
/// </summary>
internal sealed class SmallDisks : IAsyncDisposable
{
    private readonly List<string> _mounts = [];

    /// <summary>Puts a disk of a size ("300k", "2m") at a folder.</summary>
    public async Task MountAsync(string folder, string size)
    {
        Directory.CreateDirectory(folder);
        try
        {
            await Processes.RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder);
        }
        catch (Exception exception)
        {
            Assert.Fail($"This test needs a file system of its own and could not mount one; run it as root on Linux. {exception.Message}");
        }

        _mounts.Add(folder);
    }

    /// <summary>Makes it read-only ("ro") or writable ("rw").</summary>
    public static Task<byte[]> RemountAsync(string folder, string mode) => Processes.RunAsync("mount", "-o", $"remount,{mode}", folder);

    /// <summary>Writes until the disk is full, then gives some of it back.</summary>
    public static async Task FillAsync(string path, int leave)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 0);
        try
        {
            for (var page = new byte[4_096]; ;)
            {
                await file.WriteAsync(page);
            }
        }
        catch (IOException)
        {
            file.SetLength(Math.Max(0, file.Length - leave));
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A disk may stand in another.
        foreach (var mount in Enumerable.Reverse(_mounts))
        {
            await Processes.RunAsync("umount", mount);
        }
    }
}
