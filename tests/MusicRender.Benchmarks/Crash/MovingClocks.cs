using System.Globalization;
using MusicRender.Benchmarks.Measuring;

namespace MusicRender.Benchmarks.Crash;

/// <summary>Nodes whose clocks can be moved while they run: libfaketime, which tells each process the time that a file says. Clocks that only go forward, which Linux keeps too, are left alone.</summary>
internal sealed class MovingClocks(string folder)
{
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(2);

    /// <summary>The settings of a node, with a clock of its own.</summary>
    public IReadOnlyDictionary<string, string> Of(int node, IReadOnlyDictionary<string, string> settings)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(FileOf(node), "+0");
        return new Dictionary<string, string>(settings)
        {
            ["LD_PRELOAD"] = Library(),
            ["FAKETIME_TIMESTAMP_FILE"] = FileOf(node),
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["DONT_FAKE_MONOTONIC"] = "1",
            // It keeps a folder of shared memory for each tree of processes otherwise.
            ["FAKETIME_DISABLE_SHM"] = "1",
        };
    }

    /// <summary>Sets a node's clock to so much after the machine's (negative: before it), and waits until the node sees that.</summary>
    public async Task MoveAsync(int node, TimeSpan offset)
    {
        // Whole at once: a node reads it at any time.
        await File.WriteAllTextAsync($"{FileOf(node)}.new", offset.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture));
        File.Move($"{FileOf(node)}.new", FileOf(node), overwrite: true);
        await Task.Delay(Noticed);
    }

    private string FileOf(int node) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"clock-{node}"));

    private static string Library() =>
        Directory.EnumerateDirectories("/usr/lib").Select(machine => Path.Combine(machine, "faketime", "libfaketime.so.1")).FirstOrDefault(File.Exists)
            ?? throw new BenchmarkException("Clocks are moved by libfaketime: install Debian's package 'faketime'.");
}
