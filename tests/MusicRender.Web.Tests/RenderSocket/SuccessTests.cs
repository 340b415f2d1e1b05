using System.Text.Json;
using MusicRender.Engine.Generators;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

[Collection(typeof(SharedApp))]
public sealed class SuccessTests(MusicRenderApp app)
{
    private static readonly string[] FieldsOfSeed =
        ["filename", "file_path", "download_url", "stream_url", "content_type", "file_size_bytes", "composition_plan", "song_metadata", "request_id", "timestamp"];

    private static readonly string[] Additions = ["id", "duration_ms", "words_timestamps", "generator", "seed"];

    [Fact]
    public async Task Socket_PlanForSketch_SaysExactlyWhatTheContractSays()
    {
        await using var client = await SocketClient.RunAsync(app, Plans.Message(Plans.Seed(), generator: null));

        var result = client.Terminal();
        Assert.Equal("result", result.Type());
        AssertStages(client, "Starting music generation with Sketch...", "Generation complete, processing audio...");
    }

    [Fact]
    public async Task Socket_PlanForTheUpstream_SaysExactlyWhatTheSeedSays()
    {
        await using var client = await SocketClient.RunAsync(app, Plans.Message("Upstream", "upstream"));

        client.Terminal();
        AssertStages(client, "Starting music generation with ElevenLabs API...", "API call complete, processing response...");
    }

    [Fact]
    public async Task Socket_Render_NumbersItsMessagesWithoutGapsAndNeverGoesBack()
    {
        await using var client = await SocketClient.RunAsync(app, Plans.Message(Plans.Seed(sections: 3), generator: null));

        client.Terminal();
        var numbered = client.Received.Skip(1).ToList();
        Assert.Equal(Enumerable.Range(1, numbered.Count).Select(number => (long)number), numbered.Select(message => message.Number("sequence")));
        var percents = client.Received.Where(message => message.Type() == "progress").Select(message => message.Number("progress_percent")).ToList();
        Assert.Equal(percents.Order(), percents);
    }

    [Fact]
    public async Task Socket_EveryMessage_IsSnakeCaseWithTimesInUtc()
    {
        await using var client = await SocketClient.RunAsync(app, Plans.Message("Times"));

        client.Terminal();
        Assert.All(client.Received, message => Assert.All(message.Names(), name => Assert.Matches("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", name)));
        Assert.All(client.Received, message => Assert.Matches(JsonFields.Time, (message.Type() == "result" ? message.GetProperty("data") : message).Text("timestamp")));
        var progress = client.Received.Where(message => message.Type() == "progress").ToList();
        string[] ofSeed = ["type", "stage", "progress_percent", "message", "timestamp"];
        string[] known = [.. ofSeed, "render_id", "sequence", "queue_position", "eta_seconds", "live_url"];
        Assert.All(progress, message => Assert.Empty(ofSeed.Except(message.Names())));
        Assert.All(progress, message => Assert.Empty(message.Names().Except(known)));
    }

    [Fact]
    public async Task Socket_Result_HasTheFieldsOfTheSeedAndTheKnownAdditions()
    {
        await using var client = await SocketClient.RunAsync(app, Plans.Message(Plans.Seed("Fields of Gold"), generator: null));

        var result = client.Terminal();
        Assert.Equal(["type", "data"], result.Names().Take(2));
        var data = result.GetProperty("data");
        Assert.Equal(FieldsOfSeed.Concat(Additions).Order(), data.Names().Order());
        Assert.Matches("^fields-of-gold_[0-9a-f]{8}\\.mp3$", data.Text("filename"));
        Assert.Equal($"audio/{data.Text("filename")}", data.Text("file_path"));
        Assert.Equal($"/render/stream/{data.Text("filename")}", data.Text("stream_url"));
        Assert.Equal($"/render/download/{data.Text("filename")}", data.Text("download_url"));
        Assert.Equal("audio/mpeg", data.Text("content_type"));
        Assert.Equal(3000, data.Number("duration_ms"));
        Assert.Equal("sketch", data.Text("generator"));
        Assert.InRange(data.Number("seed"), 0, int.MaxValue);
        Assert.Equal(new FileInfo(Path.Combine(app.LibraryRoot, data.Text("file_path"))).Length, data.Number("file_size_bytes"));
        Assert.Equal("Fields of Gold", data.GetProperty("song_metadata").Text("title"));
        Assert.All(["genres", "moods", "tags", "languages"], list => Assert.Equal(JsonValueKind.Array, data.GetProperty("song_metadata").GetProperty(list).ValueKind));
    }

    [Fact]
    public async Task Socket_Result_GivesBackThePlanThatWasSent()
    {
        var plan = Plans.Seed("Zurück 🎵 夜", sections: 2);
        plan["of_a_newer_client"] = 1.50m;
        plan["sections"]![0]!["source_from"] = "song-7";

        await using var client = await SocketClient.RunAsync(app, Plans.Message(plan));

        Assert.True(JsonElement.DeepEquals(plan.Element(), client.Terminal().GetProperty("data").GetProperty("composition_plan")));
    }

    [Fact]
    public async Task Socket_NoTitle_NamesTheFileTrack()
    {
        await using var client = await SocketClient.RunAsync(app, Plans.Message(title: null));

        Assert.Matches("^track_[0-9a-f]{8}\\.mp3$", client.Terminal().GetProperty("data").Text("filename"));
    }

    [Fact]
    public async Task Socket_OptionsBesideThePlan_AreTaken()
    {
        await using var client = await SocketClient.RunAsync(app, $$"""{"type":"render","composition_plan":{{Plans.Seed()}},"generator":"scripted","seed":2147483647,"output_format":"mp3_44100_192","model_id":"music_v1","with_timestamps":true}""");

        var data = client.Terminal().GetProperty("data");
        Assert.Equal("scripted", data.Text("generator"));
        Assert.Equal(int.MaxValue, data.Number("seed"));
    }

    [Fact]
    public async Task Socket_FirstAudio_IsAnnouncedAndCanBeHeard()
    {
        var paused = new PausedScript();
        app.Scripted.On("Announced", paused.Play);
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Announced"));
        JsonElement message;
        do
        {
            message = (await client.ReceiveAsync())!.Value;
            Assert.NotEqual("result", message.Type());
        }
        while (!message.Has("live_url"));

        Assert.Equal($"/render/live/{message.Text("render_id")}", message.Text("live_url"));
        using var live = await app.GetAsync(message.Text("live_url"));
        Assert.Equal(System.Net.HttpStatusCode.OK, live.StatusCode);
        paused.GoOn();
        await client.ReceiveToEndAsync();
        Assert.All(client.Received.SkipWhile(entry => !entry.Has("live_url")).Where(entry => entry.Type() == "progress"), entry => Assert.True(entry.Has("live_url")));
        Assert.Equal(paused.Whole, await live.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience));
    }

    [Fact]
    public async Task Socket_ClientOfTheSeed_GetsItsTrack()
    {
        var progress = new List<(string Stage, long Percent)>();
        await using var client = await SocketClient.ConnectAsync(app);
        JsonElement? answer = null;
        while (answer is null && await client.ReceiveAsync() is { } message)
        {
            switch (message.Type())
            {
                case "progress":
                    progress.Add((message.Text("stage"), message.Number("progress_percent")));
                    if (message.Text("stage") == "connected")
                    {
                        // Exactly the example of the seed: unknown additions left out, lists left out.
                        await client.SendAsync("""{"type":"render","composition_plan":{"title":"My Song","positive_global_styles":[],"negative_global_styles":[],"sections":[{"section_name":"Intro","duration_ms":3000}]}}""");
                    }

                    break;
                case "result":
                    answer = message.GetProperty("data");
                    await client.Socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, MusicRenderApp.Patience);
                    break;
            }
        }

        Assert.NotNull(answer);
        Assert.Equal(("connected", 0), progress[0]);
        Assert.Equal(("complete", 100), progress[^1]);
        using var stream = await app.GetAsync(answer.Value.Text("stream_url"));
        Assert.Equal("audio/mpeg", stream.Content.Headers.ContentType?.MediaType);
        Assert.Equal(answer.Value.Number("file_size_bytes"), (await stream.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience)).Length);
    }

    [Fact]
    public async Task Socket_RenderThatWaits_SaysItsPlaceBetweenValidatedAndGenerating()
    {
        var paused = new PausedScript();
        var first = await app.StartAsync("Holds the slot", "one-slot", paused.Play);
        await paused.Reached;
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Waits", "one-slot"));

        var queued = await client.ReceiveStageAsync("queued");
        Assert.Equal(10, queued.Number("progress_percent"));
        Assert.Equal(1, queued.Number("queue_position"));
        Assert.Equal(["connected", "validating", "validated", "queued"], client.Received.Select(message => message.Text("stage")));
        paused.GoOn();
        await client.ReceiveToEndAsync();
        Assert.Equal("result", client.Terminal().Type());
        Assert.All(client.Received.Where(message => message.Has("stage") && message.Text("stage") != "queued"), message => Assert.False(message.Has("queue_position")));
        await app.UntilAsync(first, status => status.State == "succeeded");
    }

    [Fact]
    public async Task Socket_GeneratorWithoutAKnownLength_KeepsThePercentAndChangesTheWords()
    {
        app.Scripted.On("Unknown length", Scripts.Giving(
            new GeneratorOutput.Encoded(SilentMp3.OfSeconds(1)),
            new GeneratorOutput.Progress(500, 0, "Still at it"),
            new GeneratorOutput.Encoded(SilentMp3.OfSeconds(1)),
            Scripts.Rising));

        await using var client = await SocketClient.RunAsync(app, Plans.Message("Unknown length"));

        client.Terminal();
        Assert.All(client.Received.Where(message => message.Has("stage") && message.Text("stage") == "generating"), message => Assert.Equal(15, message.Number("progress_percent")));
    }

    private static void AssertStages(SocketClient client, string generating, string processing)
    {
        // Between "Starting" and "processing" there may be more of "generating".
        var told = client.Received.Where(message => message.Type() == "progress")
            .Select(message => (message.Text("stage"), message.Number("progress_percent"), message.Text("message")))
            .Where(message => message.Item1 != "generating" || message.Item3.StartsWith("Starting", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(
            [
                ("connected", 0, "Connected. Send composition plan to begin rendering."),
                ("validating", 5, "Validating composition plan..."),
                ("validated", 10, "Composition plan validated successfully"),
                ("generating", 15, generating),
                ("processing", 70, processing),
                ("saving", 85, "Saving audio file to disk..."),
                ("extracting", 95, "Extracting metadata..."),
                ("complete", 100, "Render complete!"),
            ],
            told);
    }
}
