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
    private const double EncoderBar = 1.15;
    private const double PeerBar = 2;
    private const int PeerSeconds = 180;

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
        var table = new Table("Sketch: seconds of music a second of wall", "song", "length s", "Sketch alone", "ffmpeg alone", "whole way", "two at once", "whole way's time ÷ ffmpeg's", "bar");
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
            var ratio = Quantiles.Median(encoder.Zip(whole, (one, other) => one / other).ToList());
            table.Add(name, seconds, Quantiles.Median(alone), Quantiles.Median(encoder), median, Quantiles.Median(together), ratio, median >= Bar && ratio <= EncoderBar ? "met" : "missed");
        }

        table.Note($"Bars: {Bar:0} × real time for the whole way, and {EncoderBar} of the time that ffmpeg needs alone. The whole way is `POST /render` to its answer: generator, ffmpeg, tags, catalogue, file. ffmpeg alone is the anchor: the same samples and settings, from memory. {(isSmoke ? "One round." : "Medians of three rounds.")}");
        report.Add(table);
        await CompareAsync(place, scratch, report, isSmoke);
        await SketchFirstSound.ListenAsync(http, report, isSmoke);
        await SketchPreviewBench.RunAsync(report, isSmoke);
        await SketchFirstSound.WeighAsync(http, process, report, isSmoke);
    }

    private static async Task CompareAsync(BenchmarkPlace place, ScratchFolder scratch, Report report, bool isSmoke)
    {
        var seconds = isSmoke ? 20 : PeerSeconds;
        if (await FluidSynthPeer.TryMakeAsync(place, scratch, seconds) is not { } peer)
        {
            return;
        }

        var plan = await BenchmarkPlans.OfAsync("Birthday song", seconds);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < (isSmoke ? 1 : 5); round++)
        {
            theirs.Add(seconds / await TimedAsync(peer.RenderAsync));
            ours.Add(seconds / await TimedAsync(() => GenerateAsync(plan)));
        }

        var ratio = Quantiles.Median(ours.Zip(theirs, (one, other) => one / other).ToList());
        var table = new Table("Sketch: synthesis beside FluidSynth's", "length s", "Sketch × real time", "FluidSynth × real time", "ratio", "bar");
        table.Add(seconds, Quantiles.Median(ours), Quantiles.Median(theirs), ratio, ratio >= PeerBar ? "met" : "missed");
        table.Note($"One thread each, one after the other; FluidSynth plays five parts of General MIDI to a file, Sketch a song with voice, drums, bass, chords, pad and lead. The bar is {PeerBar:0}, the aim 6.");
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
