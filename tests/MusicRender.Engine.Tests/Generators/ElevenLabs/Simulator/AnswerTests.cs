using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ElevenLabs.Simulator;
using ElevenLabs.Simulator.Faults;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Simulator;

/// <summary>Answers are what the document and the recordings say.</summary>
public sealed class AnswerTests(SimulatorFixture simulator) : IClassFixture<SimulatorFixture>
{
    private readonly string _key = SimulatorHost.NewKey();

    [Theory]
    [InlineData("music_v1", "MusicPrompt", "sections", 3_000)]
    [InlineData("music_v1", "MusicPrompt", "sections", 600_000)]
    [InlineData("music_v2", "CompositionPlan", "chunks", 3_000)]
    [InlineData("music_v2", "CompositionPlan", "chunks", 95_123)]
    [InlineData("music_v2_5", "CompositionPlan", "chunks", 600_000)]
    public async Task Plan_IsOfTheModelsShape_AndAsLongAsAsked(string model, string schema, string parts, int lengthMs)
    {
        using var response = await simulator.PostAsync(SimulatorFixture.Plan, _key, new JsonObject { ["prompt"] = "A warm jazz waltz, upright bass, brushes", ["music_length_ms"] = lengthMs, ["model_id"] = model });
        var plan = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Empty(SimulatorFixture.Against(schema, plan));
        Assert.Equal(lengthMs, plan[parts]!.AsArray().Sum(part => (int)part!["duration_ms"]!));
        Assert.Contains("upright bass", plan.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanOfAPlan_KeepsIt_AndPutsTheWishInFront()
    {
        var source = SimulatorFixture.Song["composition_plan"]!;
        using var response = await simulator.PostAsync(SimulatorFixture.Plan, _key, new JsonObject { ["prompt"] = "more trumpet", ["model_id"] = "music_v2", ["source_composition_plan"] = source.DeepClone() });
        var plan = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal("more trumpet", (string)plan["chunks"]![0]!["positive_styles"]![0]!);
        Assert.Equal(3, plan["chunks"]!.AsArray().Count);
    }

    [Fact]
    public async Task Stream_ComesInTheRecordedOrder_WithPlanMetadataAndSongId()
    {
        using var response = await simulator.PostAsync(SimulatorFixture.Stream, _key, SimulatorFixture.Song);
        var stream = EventStream.Read(await response.Content.ReadAsByteArrayAsync());

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("audio_0 composition_plan song_metadata audio_1 audio_2 done", stream.Names);
        Assert.True(JsonNode.DeepEquals(SimulatorFixture.Song["composition_plan"], stream["composition_plan"]));
        Assert.Equal("Rain on the roof", (string)stream["song_metadata"]!["title"]!);
        Assert.Equal(3, (int)stream["done"]!["audio_chunk_count"]!);
        Assert.Equal(response.Headers.GetValues("song-id").Single(), (string)stream["done"]!["song_id"]!);
        Assert.True(response.Headers.Contains("x-trace-id"));
        Assert.True(JsonNode.DeepEquals(SimulatorFixture.Song["composition_plan"]!["chunks"]![1], stream.Parts.ElementAt(1)["chunk"]));
        Assert.All(stream.Parts, part => Assert.Null(part["words_timestamps"]));
    }

    [Fact]
    public async Task Words_AreTimedAbsolutely_DirectionsAmongThem()
    {
        var body = SimulatorFixture.Song;
        body["with_timestamps"] = true;
        var words = (await simulator.ComposeAsync(_key, body)).Parts.SelectMany(part => part["words_timestamps"]!.AsArray()).ToList();

        Assert.Equal(["{instrumental,", "no", "vocals}", "Rain", "on", "the", "roof", "Again", "and", "again"], words.Select(word => (string)word!["word"]!));
        Assert.All(words, word => Assert.Empty(SimulatorFixture.Against("WordTimestamp", word)));
        Assert.Equal(4_000, (int)words[3]!["start_ms"]!);
        Assert.All(words.Zip(words.Skip(1)), pair => Assert.True((int)pair.First!["end_ms"]! <= (int)pair.Second!["start_ms"]!));
        Assert.InRange((int)words[^1]!["end_ms"]!, 9_000, 10_000);
    }

    [Theory]
    [InlineData("music_v1", "sections")]
    [InlineData("music_v2", "chunks")]
    public async Task PromptAlone_GetsAPlanOfTheModelsShape(string model, string parts)
    {
        var stream = await simulator.ComposeAsync(_key, new JsonObject { ["prompt"] = "slow piano", ["music_length_ms"] = 25_000, ["force_instrumental"] = true, ["model_id"] = model });

        Assert.Equal(25_000, stream["composition_plan"][parts]!.AsArray().Sum(part => (int)part!["duration_ms"]!));
        Assert.Equal(stream["composition_plan"][parts]!.AsArray().Count, stream.Parts.Count());
    }

    [Fact]
    public async Task Multipart_HoldsTheSameAudio_BehindItsJson()
    {
        using var response = await simulator.PostAsync(SimulatorFixture.Detailed, _key, SimulatorFixture.Song);
        var type = response.Content.Headers.ContentType!;
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var boundary = "--" + type.Parameters.Single(parameter => parameter.Name == "boundary").Value;
        var text = Encoding.Latin1.GetString(bytes);
        var parts = text.Split(boundary);

        Assert.Equal("multipart/mixed", type.MediaType);
        Assert.Equal(["", "--\r\n"], [parts[0], parts[3]]);
        var json = JsonNode.Parse(parts[1][parts[1].IndexOf('{', StringComparison.Ordinal)..])!;
        Assert.True(JsonNode.DeepEquals(SimulatorFixture.Song["composition_plan"], json["composition_plan"]));
        Assert.Contains("Content-Disposition: attachment; filename=", parts[2], StringComparison.Ordinal);
        var audio = parts[2][(parts[2].IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..^2];
        Assert.Equal(Encoding.Latin1.GetString((await simulator.ComposeAsync(_key)).Audio), audio);
        Assert.True(response.Headers.Contains("song-id"));
    }

    [Theory]
    [InlineData("two_stems_v1", "vocals.mp3 instrumental.mp3")]
    [InlineData("six_stems_v1", "vocals.mp3 drums.mp3 bass.mp3 guitar.mp3 piano.mp3 other.mp3")]
    [InlineData(null, "vocals.mp3 drums.mp3 bass.mp3 guitar.mp3 piano.mp3 other.mp3")]
    public async Task Stems_AreMp3s_AsLongAsTheSong(string? variation, string names)
    {
        var song = (await simulator.ComposeAsync(_key)).Audio;
        using var response = await simulator.SeparateAsync(_key, song, variation, "?output_format=mp3_44100_64");
        using var archive = new ZipArchive(await response.Content.ReadAsStreamAsync());

        Assert.Equal("application/zip", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(names, string.Join(' ', archive.Entries.Select(entry => entry.FullName)));
        using var folder = new TestFolder();
        var lengths = new HashSet<int>();
        var sounds = new HashSet<float>();
        foreach (var entry in archive.Entries)
        {
            var file = Path.Combine(folder.Path, entry.Name);
            await entry.ExtractToFileAsync(file);
            var sound = await MusicTests.DecodeAsync(file);
            lengths.Add((int)Math.Round(sound.Length / 8_000.0 * 10));
            sounds.Add(sound.Sum(Math.Abs));
        }

        Assert.Equal([130], lengths);
        Assert.Equal(archive.Entries.Count, sounds.Count);
    }

    [Fact]
    public async Task Finetunes_ComeInPages_EveryOneOnce()
    {
        var ids = new List<string>();
        var pages = 0;
        for (var cursor = ""; cursor is not null; pages++)
        {
            using var response = await simulator.GetAsync($"{SimulatorFixture.Finetunes}?page_size=150{cursor}", _key);
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Empty(SimulatorFixture.Against("MusicFinetunePageResponseModel", page));
            ids.AddRange(page["finetunes"]!.AsArray().Select(one => (string)one!["id"]!));
            cursor = (bool)page["has_more"]! ? $"&cursor={page["next_cursor"]}" : null;
        }

        Assert.Equal(3, pages);
        Assert.Equal(340, ids.Distinct().Count());
        Assert.Equal(340, ids.Count);
    }

    [Theory]
    [InlineData("visibility", "private")]
    [InlineData("visibility", "workspace")]
    [InlineData("visibility", "public")]
    [InlineData("created_by", "self")]
    [InlineData("created_by", "workspace")]
    [InlineData("created_by", "elevenlabs")]
    public async Task Finetunes_AreFiltered(string field, string value)
    {
        using var response = await simulator.GetAsync($"{SimulatorFixture.Finetunes}?{field}={value}", _key);
        var found = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["finetunes"]!.AsArray();
        Assert.Equal(50, found.Count);
        Assert.All(found, one => Assert.Equal(value, (string)one![field]!));
    }

    [Fact]
    public async Task Finetunes_AreSorted()
    {
        Assert.Equal(["Afrobeat 107", "Afrobeat 11"], await FirstTwoAsync("?sort=name&sort_direction=asc", "name"));
        Assert.Equal(["2026-09-01T12:00:00Z", "2026-09-01T05:00:00Z"], await FirstTwoAsync("", "created_at"));

        async Task<string[]> FirstTwoAsync(string query, string field)
        {
            using var response = await simulator.GetAsync(SimulatorFixture.Finetunes + query, _key);
            return [.. JsonNode.Parse(await response.Content.ReadAsStringAsync())!["finetunes"]!.AsArray().Take(2).Select(one => (string)one![field]!)];
        }
    }

    [Fact]
    public async Task Finetune_ThatIsThereAndReady_IsTaken_AnotherIsNot()
    {
        var statuses = new List<int>();
        // Ready; in training; unknown.
        foreach (var id in new[] { "ft_0004", "ft_0006", "ft_9999" })
        {
            var body = SimulatorFixture.Song;
            body["finetune_id"] = id;
            using var response = await simulator.PostAsync(SimulatorFixture.Stream, _key, body);
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([200, 404, 404], statuses);
    }

    [Fact]
    public async Task Subscription_IsOfTheDocumentsShape_AndPaysForSongs()
    {
        var before = await SubscriptionAsync();
        await simulator.ComposeAsync(_key);
        var after = await SubscriptionAsync();

        Assert.Empty(SimulatorFixture.Against("ExtendedSubscriptionResponseModel", before));
        Assert.Equal(0, (int)before["character_count"]!);
        // 13 s at 900 credits a minute.
        Assert.Equal(195, (int)after["character_count"]!);
        Assert.Equal(195, (await simulator.Host.CallsAsync(_key)).Sum(call => call.Credits));

        async Task<JsonNode> SubscriptionAsync()
        {
            using var response = await simulator.GetAsync(SimulatorFixture.Subscription, _key);
            return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        }
    }

    [Fact]
    public async Task Help_ListsEveryFaultAndEveryWord()
    {
        var help = await simulator.Http.GetStringAsync("/");
        Assert.All(Enum.GetNames<FaultKind>(), kind => Assert.Contains(JsonNamingPolicy.SnakeCaseLower.ConvertName(kind), help, StringComparison.Ordinal));
        Assert.All(KeyWords.Faults.Keys, word => Assert.Contains($"sim-{word} ", help, StringComparison.Ordinal));
        Assert.All(typeof(SimulatorOptions).GetProperties(), option => Assert.Contains($"--Simulator:{option.Name}=", help, StringComparison.Ordinal));
        Assert.All(typeof(Fault).GetProperties(), field => Assert.Contains(JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name), help, StringComparison.Ordinal));
    }
}
