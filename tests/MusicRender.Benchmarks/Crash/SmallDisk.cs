using System.Diagnostics;
using MusicRender.Benchmarks.Measuring;

namespace MusicRender.Benchmarks.Crash;

/// <summary>A disk that can be full or read-only: a small file system in memory. Takes root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Megabyte = 1 << 20;

    private SmallDisk(string folder) => Folder = folder;

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Mounts one of so many megabytes.</summary>
    public static async Task<SmallDisk> MountAsync(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);
        return new SmallDisk(folder);
    }

    /// <summary>Fills it to the last byte, again whenever somebody has made room, for so long; then there is room again.</summary>
    public async Task FillAsync(TimeSpan time)
    {
        var since = Stopwatch.GetTimestamp();
        await using (var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, 0))
        {
            var block = new byte[Megabyte];
            for (var size = block.Length; Stopwatch.GetElapsedTime(since) < time;)
            {
                try
                {
                    await ballast.WriteAsync(block.AsMemory(0, size));
                }
                catch (IOException)
                {
                    size = Math.Max(1, size / 4);
                    await Task.Delay(size == 1 ? 20 : 0);
                }
            }
        }

        File.Delete(Ballast);
    }

    /// <summary>Makes it read-only, or writable again. Nobody may have a file open for writing.</summary>
    public Task RemountAsync(bool isReadOnly) => RunAsync("mount", "-o", $"remount,{(isReadOnly ? "ro" : "rw")}", Folder);

    public async ValueTask DisposeAsync() => await RunAsync("umount", Folder);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new BenchmarkException($"{program} {string.Join(' ', arguments)}: {said.Trim()}");
        }
    }
}
