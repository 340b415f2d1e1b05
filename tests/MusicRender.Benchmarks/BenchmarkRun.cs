using System.Globalization;
using MusicRender.Benchmarks.Client;
using MusicRender.Benchmarks.Crash;
using MusicRender.Benchmarks.Door;
using MusicRender.Benchmarks.ElevenLabs;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Micro;
using MusicRender.Benchmarks.Page;
using MusicRender.Benchmarks.Reports;
using MusicRender.Benchmarks.Sketch;
using MusicRender.Benchmarks.Socket;
using MusicRender.Benchmarks.Start;
using MusicRender.Benchmarks.Studio;

namespace MusicRender.Benchmarks;

/// <summary>Runs what was asked for, from the repository's root. 0 when everything works, 1 when not, 2 for a wrong argument.</summary>
internal static class BenchmarkRun
{
    private const string Usage = "usage: ./bench [--smoke] [--minutes=N] [socket | sketch | start | micro | door | elevenlabs | client | studio | input | page | cluster | crash | kill | soak]...   without a name: all of them but crash, kill and soak";

    /// <summary>Takes half an hour, and says nothing of speed: only when it is asked for, as <c>--crash</c> too.</summary>
    private const string Crash = "crash";

    /// <summary>What of it only kills.</summary>
    private const string Kill = "kill";

    /// <summary>Twenty minutes, and no more of speed.</summary>
    private const string Soak = "soak";

    private const string Minutes = "--minutes=";

    private static readonly Dictionary<string, Func<BenchmarkPlace, Report, bool, Task>> Benchmarks = new(StringComparer.Ordinal)
    {
        ["start"] = StartBench.RunAsync,
        ["sketch"] = SketchBench.RunAsync,
        ["micro"] = MicroBench.RunAsync,
        ["door"] = DoorBench.RunAsync,
        ["socket"] = SocketBench.RunAsync,
        ["elevenlabs"] = ElevenLabsBench.RunAsync,
        ["client"] = ClientBench.RunAsync,
        ["studio"] = StudioBench.RunAsync,
        ["input"] = InputBench.RunAsync,
        ["page"] = PageBench.RunAsync,
        ["cluster"] = ClusterOverhead.RunAsync,
        [Crash] = CrashBench.RunAsync,
        [Kill] = CrashBench.KillAsync,
        [Soak] = SoakBench.RunAsync,
    };

    /// <summary>Runs.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var isSmoke = arguments.Contains("--smoke");
        var minutes = arguments.LastOrDefault(argument => argument.StartsWith(Minutes, StringComparison.Ordinal))?[Minutes.Length..];
        var duration = double.TryParse(minutes ?? "10", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given) && given is > 0 and <= 15 ? TimeSpan.FromMinutes(given) : TimeSpan.Zero;
        if (duration == TimeSpan.Zero)
        {
            await Console.Error.WriteLineAsync($"{Minutes}N takes more than 0 and at most 15 minutes.\n{Usage}");
            return 2;
        }

        string[] wanted = [.. arguments.Where(argument => argument != "--smoke" && !argument.StartsWith(Minutes, StringComparison.Ordinal)).Select(argument => argument == $"--{Crash}" ? Crash : argument)];
        if (wanted.FirstOrDefault(name => !Benchmarks.ContainsKey(name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'.\n{Usage}");
            return 2;
        }

        var place = new BenchmarkPlace(Directory.GetCurrentDirectory(), duration);
        if (!File.Exists(Path.Combine(place.Server, "MusicRender.Web.dll")))
        {
            await Console.Error.WriteLineAsync($"There is no published build at {place.Server}. Start the benchmarks with ./bench, which makes one.");
            return 2;
        }

        var report = new Report(place.Results);
        foreach (var (name, run) in Benchmarks.Where(benchmark => wanted.Length == 0 ? benchmark.Key is not Kill && (isSmoke || benchmark.Key is not (Crash or Soak)) : wanted.Contains(benchmark.Key)))
        {
            Report.Say($"--- {name}{(isSmoke ? " (a quick pass: the figures say only that it works)" : "")}");
            try
            {
                await run(place, report, isSmoke);
            }
            catch (Exception exception) when (exception is BenchmarkException or IOException or HttpRequestException or OperationCanceledException)
            {
                report.Fail($"{name}: {exception.Message}");
            }
        }

        await report.SaveAsync();
        Report.Say($"\n{report.Machine}\nResults are in {Path.GetRelativePath(place.Root, place.Results)}/results.md and .json.");
        return report.Failures.Count == 0 ? 0 : 1;
    }
}

/// <summary>Where things are.</summary>
/// <param name="Root">The repository.</param>
/// <param name="Duration">How long what lasts is measured.</param>
internal sealed record BenchmarkPlace(string Root, TimeSpan Duration)
{
    /// <summary>The published build that is measured.</summary>
    public string Server => Path.Combine(Root, "artifacts", "publish", "app");

    /// <summary>Where results go.</summary>
    public string Results => Path.Combine(Root, "artifacts", "bench");

    /// <summary>Programs to measure against, which may be absent.</summary>
    public string Peers => Path.GetFullPath(Path.Combine(Root, "..", "shared", "peers"));
}
