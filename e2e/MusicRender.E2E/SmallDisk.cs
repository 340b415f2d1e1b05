using System.Diagnostics;

namespace MusicRender.E2E;

/// <summary>A real disk that is soon full: a small file system in memory. Mounting it takes root.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>Puts a disk of a size ("24m") at a folder.</summary>
    public static async Task<SmallDisk> MountAsync(string folder, string size)
    {
        Directory.CreateDirectory(folder);
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder);
        return new SmallDisk(folder);
    }

    /// <summary>Writes a file, named from the disk on, until there is no room left.</summary>
    public void Fill(string path)
    {
        using var file = new FileStream(Path.Combine(Folder, path), FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
        try
        {
            for (var page = new byte[4_096]; ;)
            {
                file.Write(page);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await RunAsync("umount", "--lazy", Folder);

    private static async Task RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{command} failed; run it as root on Linux.");
    }
}
