using System.Globalization;
using System.Text.Json;
using MusicRender.Benchmarks.Measuring;

namespace MusicRender.Benchmarks.ElevenLabs;

/// <summary>Direct calls, so many at once, from a process of its own.</summary>
internal static class DirectLoad
{
    /// <summary>Makes the calls and writes the time of each to a file, as JSON. Arguments: UPSTREAM AT-ONCE TOTAL DURATION-MS FILE.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        int Number(int at) => int.Parse(arguments[at], CultureInfo.InvariantCulture);
        using var call = new DirectCall(new Uri(arguments[0]), Number(3));
        var times = new double[Number(2)];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Number(1)).Select(async _ =>
        {
            for (int at; (at = Interlocked.Increment(ref next)) < times.Length;)
            {
                times[at] = (await call.RunAsync(CancellationToken.None)).EndMs;
            }
        }));
        await File.WriteAllTextAsync(arguments[4], JsonSerializer.Serialize(Quantiles.Of(times)));
    }

    /// <summary>Starts such a process and gives what it measured.</summary>
    public static async Task<Quantiles> MeasureAsync(Uri upstream, int atOnce, int total, int durationMs)
    {
        using var scratch = new ScratchFolder();
        await using (var load = ChildProcess.StartOwn("direct", upstream.ToString(), Text(atOnce), Text(total), Text(durationMs), scratch["times.json"]))
        {
            await load.EndsAsync();
        }

        return JsonSerializer.Deserialize<Quantiles>(await File.ReadAllTextAsync(scratch["times.json"]))!;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
