using System.Text.Json;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

/// <summary>What is sent is what the API takes, and nothing of our own.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task Sections_ForANewModel_AreSentAsChunks()
    {
        var call = await SentAsync(Songs.Sung);
        Assert.Equal("/v1/music/detailed/stream", call.Path);
        Assert.Equal("?output_format=mp3_44100_128", call.Format);
        Assert.Equal(Upstream.Key, call.Key);
        IsJson(
            """
            {
              "composition_plan": {
                "chunks": [
                  {"text": "[Intro]\n{instrumental}", "positive_styles": ["synthwave", "110 bpm", "soft pads"], "negative_styles": ["metal"], "duration_ms": 3000, "context_adherence": "high"},
                  {"text": "[Verse 1]\nOne light, {whispered} two lights\nDon't look back", "positive_styles": ["warm voice", "synthwave", "110 bpm"], "negative_styles": ["metal"], "duration_ms": 4000, "context_adherence": "high"},
                  {"text": "[Chorus]\nDrive on", "positive_styles": ["synthwave", "110 bpm"], "negative_styles": ["metal"], "duration_ms": 5000, "context_adherence": "high"}
                ]
              },
              "model_id": "music_v2",
              "seed": 42,
              "with_timestamps": true
            }
            """,
            call.Body);
    }

    [Fact]
    public async Task Sections_ForTheFirstModel_StaySections()
    {
        var plan = Songs.Sung with { Sections = [Songs.Sung.Sections[1] with { Extra = Fields("""{"source_from":{"song_id":"s","range":{"start_ms":0,"end_ms":9}},"musicrender_chunk":{},"own":1}""") }], Extra = Fields("""{"own":2}""") };
        var call = await SentAsync(plan, new RenderOptions { ModelId = "music_v1" });
        IsJson(
            """
            {
              "composition_plan": {
                "positive_global_styles": ["synthwave", "110 bpm"],
                "negative_global_styles": ["metal"],
                "sections": [
                  {"section_name": "Verse 1", "positive_local_styles": ["warm voice"], "negative_local_styles": [], "duration_ms": 4000, "lines": ["One light, {whispered} two lights", "Don't look back"],
                   "source_from": {"song_id": "s", "range": {"start_ms": 0, "end_ms": 9}}}
                ]
              },
              "model_id": "music_v1",
              "seed": 42,
              "with_timestamps": true
            }
            """,
            call.Body);
    }

    [Fact]
    public async Task Chunks_ForTheFirstModel_AreSentAsSectionsWithoutOurOwnFields()
    {
        var call = await SentAsync(Songs.Chunks, new RenderOptions { ModelId = "music_v1" });
        var plan = call.Body.GetProperty("composition_plan");
        Assert.Equal(["positive_global_styles", "negative_global_styles", "sections"], Names(plan));
        Assert.All(plan.GetProperty("sections").EnumerateArray(), section => Assert.Equal(["section_name", "positive_local_styles", "negative_local_styles", "duration_ms", "lines"], Names(section)));
        Assert.Equal("One light", plan.GetProperty("sections")[1].GetProperty("lines")[0].GetString());
    }

    [Fact]
    public async Task Chunks_ForANewModel_AreSentAsTheyAre()
    {
        var plan = Songs.Chunks with { Chunks = [Songs.Chunks.Chunks[1] with { Extra = Fields("""{"conditioning_ref":{"song_id":"s","range":{"start_ms":0,"end_ms":9}},"condition_strength":"xhigh","musicrender_section":{},"own":1}""") }] };
        IsJson(
            """
            {
              "composition_plan": {
                "chunks": [
                  {"text": "[Verse]\nOne light", "positive_styles": ["synthwave", "warm voice"], "negative_styles": ["metal"], "duration_ms": 4000, "context_adherence": "low",
                   "conditioning_ref": {"song_id": "s", "range": {"start_ms": 0, "end_ms": 9}}, "condition_strength": "xhigh"}
                ]
              },
              "model_id": "music_v9",
              "seed": 42,
              "with_timestamps": true
            }
            """,
            (await SentAsync(plan, new RenderOptions { ModelId = "music_v9" })).Body);
    }

    [Fact]
    public async Task FieldsOfTheApi_OnASection_GoAlongAsTheChunksOwn()
    {
        var plan = Songs.Sung with { Sections = [Songs.Sung.Sections[1] with { Extra = Fields("""{"context_adherence":"low","condition_strength":"medium","source_from":{}}""") }] };
        var chunk = (await SentAsync(plan)).Body.GetProperty("composition_plan").GetProperty("chunks")[0];
        Assert.Equal(["text", "positive_styles", "negative_styles", "duration_ms", "context_adherence", "condition_strength"], Names(chunk));
        Assert.Equal("low", chunk.GetProperty("context_adherence").GetString());
    }

    [Fact]
    public async Task PlanWithoutWords_SaysSoInEveryChunk_AndWantsNoTimings()
    {
        var call = await SentAsync(Songs.Instrumental);
        Assert.Equal(
            ["[Intro]\n{instrumental}", "[Verse 1]\n{instrumental}", "[Chorus]\n{instrumental}"],
            call.Body.GetProperty("composition_plan").GetProperty("chunks").EnumerateArray().Select(chunk => chunk.GetProperty("text").GetString()));
        Assert.False(call.Body.GetProperty("with_timestamps").GetBoolean());
    }

    [Fact]
    public async Task Prompt_IsSentWithWhatGoesWithAPrompt()
    {
        var prompt = new PromptComposition { Title = "Mine", Prompt = "a song of the sea", MusicLengthMs = 30_000, ForceInstrumental = true };
        IsJson(
            """{"prompt": "a song of the sea", "music_length_ms": 30000, "force_instrumental": true, "model_id": "music_v2", "with_timestamps": false}""",
            (await SentAsync(prompt)).Body);
        IsJson(
            """{"prompt": "a song of the sea", "force_instrumental": false, "model_id": "music_v2", "with_timestamps": true}""",
            (await SentAsync(new PromptComposition { Prompt = "a song of the sea" })).Body);
    }

    [Fact]
    public async Task Options_GoAlongOnlyWhereTheyMeanSomething()
    {
        var all = new RenderOptions { ModelId = "music_v2_5", StoreForInpainting = true, WithTimestamps = false, FinetuneId = "f1", FinetuneStrength = 1.5, Seed = 9, OutputFormat = "auto" };
        var body = (await SentAsync(Songs.Chunks, all, format: "auto")).Body;
        Assert.Equal(["composition_plan", "model_id", "seed", "finetune_id", "finetune_strength", "store_for_inpainting", "with_timestamps"], Names(body));
        Assert.Equal(("music_v2_5", 1.5), (body.GetProperty("model_id").GetString(), body.GetProperty("finetune_strength").GetDouble()));
        Assert.DoesNotContain("finetune_strength", Names((await SentAsync(Songs.Chunks, new RenderOptions { FinetuneStrength = 1.5 })).Body));
    }

    [Fact]
    public async Task Signature_IsAskedForWithTheOnlyCallThatTakesIt()
    {
        var upstream = new Upstream(() => Upstream.Answer(new MemoryStream(MultipartAnswerReaderTests.Body(Upstream.Mp3(3_000), "\r\n", false, false, false)), "multipart/mixed; boundary=\"b0undary_=\""));
        var rendered = await upstream.RenderAsync(Songs.Sung, new RenderOptions { SignWithC2pa = true });
        Assert.Null(rendered.Failure);
        var call = Assert.Single(upstream.Calls);
        Assert.Equal("/v1/music/detailed", call.Path);
        Assert.True(call.Body.GetProperty("sign_with_c2pa").GetBoolean());
    }

    [Fact]
    public async Task ConfiguredModel_IsUsedWhenTheRequestNamesNone()
    {
        var upstream = new Upstream(() => Upstream.Song()) { Options = new() { ModelId = "music_v1" } };
        await upstream.RenderAsync(Songs.Sung);
        Assert.Equal("music_v1", upstream.Calls[0].Body.GetProperty("model_id").GetString());
        Assert.Contains("sections", Names(upstream.Calls[0].Body.GetProperty("composition_plan")));
    }

    [Fact]
    public async Task Address_WithAPath_IsKept()
    {
        var upstream = new Upstream(() => Upstream.Song()) { Options = new() { BaseUrl = new Uri("https://proxy.example/eleven/") } };
        await upstream.RenderAsync(Songs.Sung);
        Assert.Equal("/eleven/v1/music/detailed/stream", upstream.Calls[0].Path);
    }

    private static async Task<UpstreamCall> SentAsync(Composition composition, RenderOptions? options = null, string format = "mp3_44100_128")
    {
        var upstream = new Upstream(() => Upstream.Song(composition.DurationMs ?? 3_000));
        var rendered = await upstream.RenderAsync(composition, options, format);
        Assert.Null(rendered.Failure);
        return Assert.Single(upstream.Calls);
    }

    private static ExtraFields Fields(string json) =>
        ExtraFields.Of(JsonElement.Parse(json).EnumerateObject().Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(field => field.Name);

    private static void IsJson(string expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), actual), actual.GetRawText());
}
