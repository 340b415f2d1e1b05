using System.Diagnostics;
using System.Globalization;
using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.Client;

/// <summary>What the client package adds to somebody's bundle.</summary>
internal static class ClientBench
{
    private const double BarKilobytes = 12;

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        var start = new ProcessStartInfo("npm", ["--prefix", Path.Combine(place.Root, "wwwroot-assets", "client"), "run", "--silent", "size"]) { RedirectStandardOutput = true };
        using var npm = Process.Start(start)!;
        var said = await npm.StandardOutput.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0 || !int.TryParse(said, NumberStyles.None | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var bytes))
        {
            throw new IOException($"The client could not be bundled: {said}");
        }

        var kilobytes = bytes / 1024.0;
        var table = new Table("Client package: what it adds to a bundle", "bundled by", "gzipped KB", "bar");
        table.Add("esbuild, minified", kilobytes, kilobytes < BarKilobytes ? "met" : "missed");
        table.Note(FormattableString.Invariant($"Bar: {BarKilobytes} KB. All of the client, no dependencies."));
        report.Add(table);
    }
}
