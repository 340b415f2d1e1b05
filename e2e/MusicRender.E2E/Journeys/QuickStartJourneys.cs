using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>From an idea to a playing, tagged, downloaded file, with each of the eight quick starts.</summary>
public sealed class QuickStartJourneys(Studio studio) : Journey(studio)
{
    private const double Mp3FrameMs = 1152 / 44.1;
    private const string Story = "Nora rows home over the lake at dawn. Her lamp still burns on the jetty, and the whole village is awake.";

    /// <summary>A busy browser may need so long to show a page.</summary>
    private static readonly TimeSpan Arrival = TimeSpan.FromSeconds(2);

    /// <summary>A busy browser may need so long to show that something has changed.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private static readonly (string Stage, int Percent)[] Contract =
    [
        ("validating", 5), ("validated", 10), ("generating", 15), ("processing", 70), ("saving", 85), ("extracting", 95), ("complete", 100),
    ];

    public static TheoryData<string> Names => [.. StartPage.QuickStarts];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task QuickStart_FromButtonToDownload_GivesTheSongThatWasPlanned(string name)
    {
        var visit = await VisitAsync();
        var story = await new StartPage(visit.Page).BeginAsync(name);
        var plan = await story.WriteAsync(Story);
        await plan.MakeThePlanAsync();
        var title = await plan.Title.InputValueAsync();
        var promised = await plan.ReadJsonAsync();
        var rendering = await plan.RenderAsync();
        var arrived = DateTimeOffset.UtcNow;
        var listen = await rendering.FinishAsync();

        var events = await EventsAsync(await listen.TrackIdAsync());
        CheckEvents(events);
        await CheckProgressAsync(visit.Page, events, arrived);
        await CheckSoundAsync(listen);
        await CheckFileAsync(await listen.DownloadAsync(), title, promised);
    }

    private async Task<IReadOnlyList<JsonObject>> EventsAsync(string render)
    {
        using var api = new StudioApi(Studio.Address);
        return await api.EventsAsync(render);
    }

    /// <summary>
    /// The page shows what the log says, in its order, for as long as there is something to see: a fast machine may be done
    /// before the page is there.
    /// </summary>
    private static async Task CheckProgressAsync(IPage page, IReadOnlyList<JsonObject> events, DateTimeOffset arrived)
    {
        var shown = await RenderRecord.OfAsync(page);
        var log = events.Where(message => (string?)message["type"] == "progress")
            .Select(message => (At: DateTimeOffset.Parse((string)message["timestamp"]!, CultureInfo.InvariantCulture), Stage: (string)message["stage"]!, Percent: (int)message["progress_percent"]!)).ToList();
        var (musicIsMade, end) = (log.First(step => step.Stage == "processing").At, log[^1].At);
        Assert.True(shown.Seen is not null || end - arrived < Arrival, "The page showed no progress of a render that was under way.");
        var seen = shown.Seen is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : end;

        Assert.Equal(shown.Percents.Order(), shown.Percents);
        Assert.All(shown.Percents, percent => Assert.True(percent == 0 || log.Any(step => step.Percent == percent), $"{percent} % was never true."));
        Assert.InRange(shown.Percents.Count == 0 ? 0 : shown.Percents[0], 0, log.LastOrDefault(step => step.At <= seen).Percent);
        var order = shown.Stages.Select(stage => RenderingPage.StageNames.ToList().IndexOf(stage)).ToList();
        Assert.Equal(order.Order(), order);
        Assert.True(shown.Percents.Count >= Math.Min(5, (int)((end - seen) / Look)), $"Only {string.Join(", ", shown.Percents)} were shown.");
        if (musicIsMade - seen > 2 * Look)
        {
            Assert.Contains("Generate music", shown.Stages);
        }
    }

    private static void CheckEvents(IReadOnlyList<JsonObject> events)
    {
        var progress = events.Where(message => (string?)message["type"] == "progress").ToList();
        var stages = Contract.Select(stage => stage.Stage).ToList();

        // Each stage begins once, at its percent, in order; more messages of "generating" come between.
        var begins = progress.Where((message, at) => at == 0 || (string?)message["stage"] != (string?)progress[at - 1]["stage"]).ToList();
        Assert.Equal(Contract, begins.Where(message => (string?)message["stage"] != "queued").Select(message => ((string)message["stage"]!, (int)message["progress_percent"]!)));
        Assert.Equal(stages.Count - 1, progress.Count(message => (string?)message["stage"] is not ("generating" or "queued")));
        Assert.Equal(progress.Select(message => (int)message["progress_percent"]!).Order(), progress.Select(message => (int)message["progress_percent"]!));
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(message => (int)message["sequence"]!));
        Assert.Equal("result", (string?)events[^1]["type"]);
        Assert.Single(events, message => (string?)message["type"] is "result" or "error");
    }

    private async Task CheckSoundAsync(ListenPage listen)
    {
        using var api = new StudioApi(Studio.Address);
        var peaks = await api.PeaksAsync(await listen.TrackIdAsync());
        Assert.Equal(2_000, peaks.Length);
        Assert.InRange(peaks.Select(Math.Abs).Max(), 0.1, 1);
        Assert.True(peaks.Distinct().Count() > 20, "The peaks are flat.");
        Assert.True(await listen.WaveHeightsAsync() > 5, "The drawn waveform is flat.");

        await listen.Play.ClickAsync();
        await Assertions.Expect(listen.Pause).ToBeVisibleAsync();
        await listen.PassAsync(0.3);
        var before = await listen.TimeAsync();
        await listen.PassAsync(before + 0.2);
        await listen.Pause.ClickAsync();
        await Assertions.Expect(listen.Play).ToBeVisibleAsync();
    }

    private static async Task CheckFileAsync(string path, string title, JsonObject promised)
    {
        var file = await AudioFile.ReadAsync(path);
        var sections = promised["sections"]!.AsArray();
        var lines = sections.SelectMany(section => section!["lines"]!.AsArray()).Select(line => (string)line!).ToList();

        Assert.EndsWith(".mp3", path, StringComparison.Ordinal);
        Assert.Equal(("mp3", 44_100, 2), (file.Codec, file.SampleRate, file.Channels));
        Assert.InRange(file.Kilobits, 188, 196);
        Assert.Equal(sections.Sum(section => (int)section!["duration_ms"]!), file.DurationMs, Mp3FrameMs);

        Assert.Equal(title, file.Tag("title"));
        Assert.NotEmpty(file.Tag("genre") ?? "");
        Assert.InRange(int.Parse(file.Tag("TBPM") ?? "0", CultureInfo.InvariantCulture), 40, 220);
        Assert.Matches("^[A-G][#b]?m?$", file.Tag("TKEY") ?? "");
        Assert.True(JsonNode.DeepEquals(promised, JsonNode.Parse(file.Tag("comment")!)), $"The comment is not the plan: {file.Tag("comment")}");
        Assert.Equal(lines, (file.Lyrics ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}
