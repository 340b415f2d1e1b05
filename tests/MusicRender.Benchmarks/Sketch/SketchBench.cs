using System.Diagnostics;
using Microsoft.Extensions.Options;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Plan;

namespace MusicRender.Benchmarks.Sketch;

/// <summary>
/// Seconds of music a second: Sketch alone on one thread, ffmpeg alone with the same sound and settings, and the whole
/// way, from the request to the file in the library of the real server.
/// </summary>
internal static class SketchBench
{
    private const double Bar = 10;

    private static readonly (string QuickStart, int Seconds)[] Songs = [("Personal song", 90), ("Epic trailer", 90), ("Birthday song", 180), ("Gaming video", 180)];
    private static readonly (string QuickStart, int Seconds)[] SmokeSongs = [("Birthday song", 20)];

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        using var scratch = new ScratchFolder();
        var port = ChildProcess.FreePort();
        await using var process = new MusicRenderServer(place.Server).Start(scratch["library"], port, inMemory: false);
        using var http = new HttpClient { BaseAddress = MusicRenderServer.Address(port), Timeout = TimeSpan.FromMinutes(5) };
        await process.AnswersAsync(new Uri(http.BaseAddress, "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));

        var warm = await BenchmarkPlans.OfAsync("Personal song", 20);
        await GenerateAsync(warm);
        await RenderAsync(http, warm);
        var table = new Table("Sketch: seconds of music a second of wall", "song", "length s", "Sketch alone", "ffmpeg alone", "whole way", "two at once", "bar");
        foreach (var (name, seconds) in isSmoke ? SmokeSongs : Songs)
        {
            Report.Say($"{name}, {seconds} s...");
            var plan = await BenchmarkPlans.OfAsync(name, seconds);
            var (alone, encoder, whole, together) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < (isSmoke ? 1 : 3); round++)
            {
                List<float[]> sound = [];
                alone.Add(seconds / await TimedAsync(async () => sound = await GenerateAsync(plan)));
                encoder.Add(seconds / await TimedAsync(() => EncodeAsync(sound)));
                whole.Add(seconds / await TimedAsync(() => RenderAsync(http, plan)));
                together.Add(2 * seconds / await TimedAsync(() => Task.WhenAll(RenderAsync(http, plan), RenderAsync(http, plan))));
            }

            var median = Quantiles.Median(whole);
            table.Add(name, seconds, Quantiles.Median(alone), Quantiles.Median(encoder), median, Quantiles.Median(together), median >= Bar ? "met" : "missed");
        }

        table.Note($"Bar: {Bar:0} × real time for the whole way, which is `POST /render` to its answer: generator, ffmpeg, tags, catalogue, file. ffmpeg alone is the anchor: the same samples and settings, from memory. {(isSmoke ? "One round." : "Medians of three rounds.")}");
        report.Add(table);
    }

    private static async Task<double> TimedAsync(Func<Task> work)
    {
        var since = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    private static async Task<List<float[]>> GenerateAsync(CompositionPlan plan)
    {
        var generator = new SketchGenerator(new SketchOptions());
        var request = new GenerationRequest { Composition = plan, Seed = 1, OutputFormat = generator.Capabilities.OutputFormats[0] };
        var sound = new List<float[]>();
        await foreach (var output in generator.GenerateAsync(request, CancellationToken.None))
        {
            if (output is GeneratorOutput.Pcm pcm)
            {
                sound.Add(pcm.Samples.ToArray());
            }
        }

        return sound;
    }

    private static async Task EncodeAsync(List<float[]> sound)
    {
        await using var encoding = new AudioEncoder(Options.Create(new FfmpegOptions())).Start(AudioFormat.Mp3);
        var reading = ReadAsync(encoding);
        foreach (var block in sound)
        {
            await encoding.WriteAsync(block, CancellationToken.None);
        }

        encoding.Complete();
        await reading;
    }

    private static async Task ReadAsync(AudioEncoder.Encoding encoding)
    {
        var buffer = new byte[32 * 1024];
        while (await encoding.ReadAsync(buffer, CancellationToken.None) > 0)
        {
        }
    }

    private static async Task RenderAsync(HttpClient http, CompositionPlan plan)
    {
        using var body = new StringContent(PlanJson.ToCompactText(plan), System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("/render", UriKind.Relative), body);
        if (!response.IsSuccessStatusCode)
        {
            throw new BenchmarkException($"POST /render answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }
    }
}
