using System.Globalization;

namespace MusicRender.Benchmarks.Measuring;

/// <summary>What the kernel says of a process and its children at one moment.</summary>
/// <param name="CpuSeconds">CPU time used so far, children that have ended included.</param>
/// <param name="ResidentMegabytes">Resident memory now, MiB.</param>
/// <param name="PeakMegabytes">The most resident memory since the start, or since <see cref="ForgetPeak"/>, MiB.</param>
internal readonly record struct ProcessFigures(double CpuSeconds, double ResidentMegabytes, double PeakMegabytes)
{
    // Linux gives times to user space in hundredths of a second on every architecture (USER_HZ).
    private const double TicksASecond = 100;

    /// <summary>Reads <c>/proc/PID</c>: user, system, and the same of children that were waited for.</summary>
    public static ProcessFigures Of(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        // The name in brackets may hold spaces; the fields that count come after it.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        var status = File.ReadAllLines($"/proc/{processId}/status");
        return new ProcessFigures(ticks / TicksASecond, Megabytes(status, "VmRSS:"), Megabytes(status, "VmHWM:"));
    }

    /// <summary>Files, sockets and pipes that a process has open now.</summary>
    public static int OpenDescriptors(int processId) => Directory.EnumerateFileSystemEntries($"/proc/{processId}/fd").Count();

    /// <summary>The peak counts from now on.</summary>
    public static void ForgetPeak(int processId) => File.WriteAllText($"/proc/{processId}/clear_refs", "5");

    private static double Megabytes(string[] status, string name)
    {
        var line = status.First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim(), CultureInfo.InvariantCulture) / 1024.0;
    }
}
