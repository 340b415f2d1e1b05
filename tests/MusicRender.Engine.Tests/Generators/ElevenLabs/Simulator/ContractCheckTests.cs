using System.Text;
using System.Text.Json.Nodes;
using ElevenLabs.Simulator;
using ElevenLabs.Simulator.Accounts;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Simulator;

/// <summary>A call that breaks the contract is refused where it breaks it, and remembered.</summary>
public sealed class ContractCheckTests(SimulatorFixture simulator) : IClassFixture<SimulatorFixture>
{
    private readonly string _key = SimulatorHost.NewKey();

    /// <summary>Path, body (merged over a right song), the place that is named.</summary>
    public static TheoryData<string, string, string> WrongBodies => new()
    {
        { "detailed/stream", """{"composition_plan":null}""", "body" },
        { "detailed/stream", """{"prompt":"a song"}""", "body" },
        { "detailed/stream", """{"composition_plan":null,"prompt":"a song","seed":1}""", "body.seed" },
        { "detailed/stream", """{"composition_plan":null,"prompt":7}""", "body.prompt" },
        { "detailed/stream", """{"composition_plan":null,"prompt":"a","music_length_ms":2999}""", "body.music_length_ms" },
        { "detailed/stream", """{"composition_plan":null,"prompt":"a","music_length_ms":30000.5}""", "body.music_length_ms" },
        { "detailed/stream", """{"music_length_ms":30000}""", "body.music_length_ms" },
        { "detailed/stream", """{"force_instrumental":false}""", "body.force_instrumental" },
        { "detailed/stream", """{"seed":-1}""", "body.seed" },
        { "detailed/stream", """{"seed":2147483648}""", "body.seed" },
        { "detailed/stream", """{"model_id":"music_v0"}""", "body.model_id" },
        { "detailed/stream", """{"model_id":"music_v1"}""", "body.composition_plan.chunks" },
        { "detailed/stream", """{"with_timestamps":"yes"}""", "body.with_timestamps" },
        { "detailed/stream", """{"finetune_strength":1.0}""", "body.finetune_strength" },
        { "detailed/stream", """{"finetune_id":"ft_0004","finetune_strength":0}""", "body.finetune_strength" },
        { "detailed/stream", """{"finetune_id":"ft_0004","finetune_strength":2.01}""", "body.finetune_strength" },
        { "detailed/stream", """{"sign_with_c2pa":true}""", "body.sign_with_c2pa" },
        { "detailed/stream", """{"respect_sections_durations":true}""", "body.respect_sections_durations" },
        { "detailed", """{"respect_sections_durations":true}""", "body.respect_sections_durations" },
        { "detailed/stream", """{"title":"of our own"}""", "body.title" },
        { "detailed/stream", """{"composition_plan":{"chunks":[]}}""", "body.composition_plan.chunks" },
        { "detailed/stream", """{"composition_plan":{"chunks":[{"text":"a","duration_ms":2999,"positive_styles":[]}]}}""", "body.composition_plan.chunks.0.duration_ms" },
        { "detailed/stream", """{"composition_plan":{"chunks":[{"text":"a","duration_ms":120001,"positive_styles":[]}]}}""", "body.composition_plan.chunks.0.duration_ms" },
        { "detailed/stream", """{"composition_plan":{"chunks":[{"text":"a","duration_ms":3000,"positive_styles":[]},{"text":"a","duration_ms":3000}]}}""", "body.composition_plan.chunks.1.positive_styles" },
        { "detailed/stream", """{"composition_plan":{"chunks":[{"text":"a","duration_ms":3000,"positive_styles":["a",1]}]}}""", "body.composition_plan.chunks.0.positive_styles.1" },
        { "detailed/stream", """{"composition_plan":{"chunks":[{"text":"a","duration_ms":3000,"positive_styles":[],"context_adherence":"total"}]}}""", "body.composition_plan.chunks.0.context_adherence" },
        { "detailed/stream", """{"composition_plan":{"chunks":[{"text":"a","duration_ms":3000,"positive_styles":[],"lines":[]}]}}""", "body.composition_plan.chunks.0.lines" },
        { "detailed/stream", """{"composition_plan":{"musicrender_title":"a","chunks":[{"text":"a","duration_ms":3000,"positive_styles":[]}]}}""", "body.composition_plan.musicrender_title" },
        { "detailed/stream", """{"composition_plan":{"positive_global_styles":[],"negative_global_styles":[],"sections":[{"section_name":"a","positive_local_styles":[],"negative_local_styles":[],"duration_ms":3000,"lines":[]}]}}""", "body.composition_plan.sections" },
        { "detailed/stream", """{"model_id":"music_v1","composition_plan":{"positive_global_styles":[],"negative_global_styles":[],"sections":[{"section_name":"","positive_local_styles":[],"negative_local_styles":[],"duration_ms":3000,"lines":[]}]}}""", "body.composition_plan.sections.0.section_name" },
        { "detailed/stream", """{"model_id":"music_v1","composition_plan":{"positive_global_styles":[],"negative_global_styles":[],"sections":[{"section_name":"a","positive_local_styles":[],"negative_local_styles":[],"duration_ms":3000,"lines":[null]}]}}""", "body.composition_plan.sections.0.lines.0" },
        { "detailed/stream", """{"model_id":"music_v1","composition_plan":{"positive_global_styles":[],"sections":[]}}""", "body.composition_plan.negative_global_styles" },
        { "plan", """{"composition_plan":null,"model_id":"music_v2"}""", "body.prompt" },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task WrongBody_IsRefusedAtItsPlace_AndRemembered(string endpoint, string changes, string place)
    {
        var body = SimulatorFixture.Song;
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        var (status, refusal) = await SimulatorFixture.RefusalAsync(simulator.PostAsync($"/v1/music/{endpoint}", _key, body));

        Assert.Equal(422, status);
        Assert.Contains(place, refusal!["detail"]!.AsArray().Select(one => string.Join('.', one!["loc"]!.AsArray())));
        Assert.Empty(SimulatorFixture.Against("HTTPValidationError", refusal));
        var call = await simulator.LastCallAsync(_key);
        Assert.Contains(call.Violations, violation => violation.Path == place);
        Assert.Equal(CallOutcome.Refused, call.Outcome);
        Assert.Equal(0, call.Credits);
    }

    [Theory]
    [InlineData("?output_format=mp3", "query.output_format")]
    [InlineData("?output_format=mp3_44100_128&output_format=auto", "query.output_format")]
    [InlineData("?outputformat=auto", "query.outputformat")]
    public async Task WrongQueryOfASong_IsRefused(string query, string place)
    {
        var (status, _) = await SimulatorFixture.RefusalAsync(simulator.PostAsync(SimulatorFixture.Stream + query, _key, SimulatorFixture.Song));
        Assert.Equal(422, status);
        Assert.Equal([place], (await simulator.LastCallAsync(_key)).Violations.Select(violation => violation.Path));
    }

    [Theory]
    [InlineData("?page_size=0", "query.page_size")]
    [InlineData("?page_size=151", "query.page_size")]
    [InlineData("?page_size=many", "query.page_size")]
    [InlineData("?visibility=secret", "query.visibility")]
    [InlineData("?created_by=me", "query.created_by")]
    [InlineData("?sort=size", "query.sort")]
    [InlineData("?sort_direction=up", "query.sort_direction")]
    [InlineData("?model_id=music_v2", "query.model_id")]
    public async Task WrongQueryOfFinetunes_IsRefused(string query, string place)
    {
        var (status, _) = await SimulatorFixture.RefusalAsync(simulator.GetAsync(SimulatorFixture.Finetunes + query, _key));
        Assert.Equal(422, status);
        Assert.Equal([place], (await simulator.LastCallAsync(_key)).Violations.Select(violation => violation.Path));
    }

    [Fact]
    public async Task StemsWithoutAFile_OrOfAnUnknownKind_AreRefused()
    {
        using var withoutFile = new HttpRequestMessage(HttpMethod.Post, SimulatorFixture.Stems) { Content = new MultipartFormDataContent { { new StringContent("two_stems_v1"), "stem_variation_id" } } };
        withoutFile.Headers.Add("xi-api-key", _key);
        var missing = await SimulatorFixture.RefusalAsync(simulator.Http.SendAsync(withoutFile));
        var unknown = await SimulatorFixture.RefusalAsync(simulator.SeparateAsync(_key, [1, 2, 3], "three_stems"));
        var unreadable = await SimulatorFixture.RefusalAsync(simulator.SeparateAsync(_key, [1, 2, 3], "two_stems_v1"));

        Assert.Equal([422, 422, 400], [missing.Status, unknown.Status, unreadable.Status]);
        var calls = await simulator.Host.CallsAsync(_key);
        Assert.Equal(["body.file", "body.stem_variation_id", ""], calls.Select(call => call.Violations.Count == 0 ? "" : Assert.Single(call.Violations).Path));
    }

    [Fact]
    public async Task BodyThatIsNoJson_OrNotCalledJson_IsRefused()
    {
        foreach (var content in new[] { new StringContent("{", Encoding.UTF8, "application/json"), new StringContent(SimulatorFixture.Song.ToJsonString(), Encoding.UTF8, "text/plain") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, SimulatorFixture.Stream) { Content = content };
            request.Headers.Add("xi-api-key", _key);
            using var response = await simulator.Http.SendAsync(request);
            Assert.Equal(422, (int)response.StatusCode);
            Assert.Equal("body", Assert.Single((await simulator.LastCallAsync(_key)).Violations).Path);
        }
    }

    [Fact]
    public async Task UnknownPathAndMethod_AreRefused_AndRemembered()
    {
        var path = await SimulatorFixture.RefusalAsync(simulator.PostAsync("/v1/music/detail", _key, SimulatorFixture.Song));
        var method = await SimulatorFixture.RefusalAsync(simulator.GetAsync(SimulatorFixture.Plan, _key));

        Assert.Equal([404, 405], [path.Status, method.Status]);
        Assert.All(await simulator.Host.CallsAsync(_key), call => Assert.Equal("not_in_contract", Assert.Single(call.Violations).Type));
    }

    [Theory]
    [InlineData("music_v2")]
    [InlineData("music_v2_5")]
    public async Task LongestTextsInCodePoints_WholeNumbersWithAFraction_AndNulls_AreRight(string model)
    {
        var body = SimulatorFixture.Song;
        body["model_id"] = model;
        body["composition_plan"]!["chunks"]![0]!["text"] = string.Concat(Enumerable.Repeat("😀", 6_000));
        body["composition_plan"]!["chunks"]![1]!["duration_ms"] = JsonNode.Parse("6000.0");
        body["prompt"] = null;
        body["seed"] = null;

        await simulator.ComposeAsync(_key, body);

        Assert.Empty((await simulator.LastCallAsync(_key)).Violations);
    }

    [Fact]
    public async Task ChecksCanBeSwitchedOff()
    {
        await using var careless = await SimulatorHost.StartAsync(options => options.Validate = false);
        using var http = new HttpClient { BaseAddress = careless.BaseAddress };
        var body = SimulatorFixture.Song;
        body["title"] = "of our own";
        using var request = new HttpRequestMessage(HttpMethod.Post, SimulatorFixture.Stream) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("xi-api-key", _key);

        using var response = await http.SendAsync(request);

        Assert.Equal(200, (int)response.StatusCode);
    }
}
