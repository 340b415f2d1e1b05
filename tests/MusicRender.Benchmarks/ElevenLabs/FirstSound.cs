using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Benchmarks.Socket;

namespace MusicRender.Benchmarks.ElevenLabs;

/// <summary>How much later than at the upstream the first byte of music can be heard at <c>/render/live/{id}</c>.</summary>
internal static class FirstSound
{
    private const double BarMs = 50;

    /// <summary>Runs: one render at a time, the upstream taking a second before it begins and then sending ten times as fast as it sounds.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        var durationMs = isSmoke ? 6_000 : 60_000;
        using var scratch = new ScratchFolder();
        var (upstreamPort, port) = (ChildProcess.FreePort(), ChildProcess.FreePort());
        await using var upstream = await SimulatorServer.StartAsync(upstreamPort, TimeSpan.FromSeconds(isSmoke ? 0 : 1), pace: 10);
        await using var process = new MusicRenderServer(place.Server).Start(scratch["library"], port, MusicRenderServer.Address(upstreamPort));
        await process.AnswersAsync(new Uri(MusicRenderServer.Address(port), "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
        using var call = new DirectCall(MusicRenderServer.Address(upstreamPort), durationMs);
        using var http = new HttpClient { BaseAddress = MusicRenderServer.Address(port) };
        var (direct, through) = (new List<double>(), new List<double>());
        for (var round = 0; round < (isSmoke ? 2 : 12); round++)
        {
            var floor = (await call.RunAsync(CancellationToken.None)).FirstSoundMs;
            var ours = await ListenAsync(http, durationMs);
            if (round > 0)
            {
                // The first round warms both up.
                direct.Add(floor);
                through.Add(ours);
            }
        }

        var more = Quantiles.Median(through) - Quantiles.Median(direct);
        var table = new Table("ElevenLabs: first playable byte", "runs", "upstream p50 ms", "/render/live p50 ms", "ms later", "bar");
        table.Add(through.Count, Quantiles.Median(direct), Quantiles.Median(through), more, more <= BarMs ? "met" : "missed");
        table.Note(FormattableString.Invariant($"From the request (the direct call; POST /renders) to the first byte of audio, one after the other. The bar is {BarMs} ms."));
        report.Add(table);
    }

    private static async Task<double> ListenAsync(HttpClient http, int durationMs)
    {
        var since = Stopwatch.GetTimestamp();
        using var accepted = await http.PostAsJsonAsync("/renders", new
        {
            title = "Harbour at first light",
            positive_global_styles = LoadPlan.Styles,
            sections = LoadPlan.Sections(durationMs).Select(section => new { section_name = section.Name, duration_ms = section.DurationMs, lines = LoadPlan.Lines }),
        });
        accepted.EnsureSuccessStatusCode();
        using var body = await JsonDocument.ParseAsync(await accepted.Content.ReadAsStreamAsync());
        using var live = await http.GetAsync(body.RootElement.GetProperty("live_url").GetString(), HttpCompletionOption.ResponseHeadersRead);
        live.EnsureSuccessStatusCode();
        await using var audio = await live.Content.ReadAsStreamAsync();
        var buffer = new byte[16 * 1024];
        if (await audio.ReadAsync(buffer) == 0)
        {
            throw new BenchmarkException("the live audio was empty");
        }

        var first = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        while (await audio.ReadAsync(buffer) > 0)
        {
            // To its end: the next round finds the server idle.
        }

        return first;
    }
}
