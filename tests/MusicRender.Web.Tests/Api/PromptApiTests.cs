using System.Net;
using System.Text.Json.Nodes;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using MusicRender.Web.Contracts;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

[Collection(typeof(SharedApp))]
public sealed class PromptApiTests(MusicRenderApp app)
{
    private static readonly string[] Blueprints = ["ad_brand_fast_hook", "podcast_voiceover_loop", "video_game_action_loop", "meditation_sleep", "standalone_song_mini"];
    private static readonly string[] Sounds = ["bright_pop_electro", "dark_trap_night", "lofi_cozy", "epic_cinematic", "indie_live_band"];
    private static readonly string[] Deliveries = ["exploratory_iterate", "balanced_studio", "blueprint_plan_first", "live_one_take", "isolation_stems"];

    public static TheoryData<string, string, string> Presets
    {
        get
        {
            var presets = new TheoryData<string, string, string>();
            for (var i = 0; i < 25; i++)
            {
                presets.Add(Blueprints[i % 5], Sounds[i / 5], Deliveries[(i + (i / 5)) % 5]);
            }

            return presets;
        }
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public async Task Prompt_OfPresets_IsWritten(string blueprint, string sound, string delivery)
    {
        var body = new PromptBody { ProjectBlueprint = blueprint, SoundProfile = sound, DeliveryAndControl = delivery, InstrumentalOnly = true, UserNarrative = "Rain on a tin roof" };
        var answer = await app.Api.WritePromptAsync(body);

        Assert.InRange(answer.Prompt.Length, 1, PlanLimits.MaxPrompt);
        Assert.NotEmpty(answer.Title);
        Assert.NotEmpty(answer.Description);
        Assert.NotEmpty(answer.RequestId);
        Assert.Equal(
            new PromptInput { ProjectBlueprint = blueprint, SoundProfile = sound, DeliveryAndControl = delivery, InstrumentalOnly = true, UserNarrative = "Rain on a tin roof", Title = answer.Title, Description = answer.Description },
            answer.InputParameters);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"user_narrative\":null")]
    [InlineData(",\"user_narrative\":\"\"")]
    [InlineData(",\"user_narrative\":\"夜の歌 🎵 \\u202e\"")]
    [InlineData(",\"instrumental_only\":null")]
    [InlineData(",\"of_a_newer_client\":[1]")]
    public async Task Prompt_WithoutAStory_IsWritten(string rest)
    {
        using var response = await app.PostAsync("/prompt", Body(rest: rest));

        var answer = await response.JsonAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["prompt", "title", "description", "request_id", "timestamp", "input_parameters"], answer.Names());
        Assert.Equal(["project_blueprint", "sound_profile", "delivery_and_control", "instrumental_only", "user_narrative", "title", "description"], answer.GetProperty("input_parameters").Names());
        Assert.False(answer.GetProperty("input_parameters").GetProperty("instrumental_only").GetBoolean());
        Assert.Matches(JsonFields.Time, answer.Text("timestamp"));
    }

    [Theory]
    [InlineData("""{"project_blueprint":"x","sound_profile":"lofi_cozy","delivery_and_control":"balanced_studio"}""", "project_blueprint")]
    [InlineData("""{"project_blueprint":"meditation_sleep","sound_profile":"LOFI_COZY","delivery_and_control":"balanced_studio"}""", "sound_profile")]
    [InlineData("""{"project_blueprint":"meditation_sleep","sound_profile":"lofi_cozy"}""", "delivery_and_control")]
    [InlineData("""{"project_blueprint":"meditation_sleep","sound_profile":"lofi_cozy","delivery_and_control":null}""", "delivery_and_control")]
    [InlineData("{}", "project_blueprint", "sound_profile", "delivery_and_control")]
    [InlineData("""{"project_blueprint":7,"sound_profile":"lofi_cozy","delivery_and_control":"balanced_studio"}""", "project_blueprint")]
    [InlineData("""{"instrumental_only":"yes"}""", "instrumental_only")]
    [InlineData("""{"user_narrative":["a"]}""", "user_narrative")]
    [InlineData("""{"user_narrative":"\ud83d"}""", "user_narrative")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("\"text\"", "")]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData("not json", "")]
    public async Task Prompt_BadRequest_IsToldWhere(string body, params string[] paths)
    {
        using var response = await app.PostAsync("/prompt", body);

        var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app);
        Assert.Equal(paths, problem.GetProperty("errors").Paths());
    }

    [Fact]
    public async Task Prompt_KeyTwice_IsRefused()
    {
        using var response = await app.PostAsync("/prompt", Body(rest: ",\"sound_profile\":\"lofi_cozy\""));

        await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app);
    }

    [Fact]
    public async Task Prompt_StoryAtTheLimit_IsWritten()
    {
        var answer = await app.Api.WritePromptAsync(new PromptBody { ProjectBlueprint = Blueprints[4], SoundProfile = Sounds[0], DeliveryAndControl = Deliveries[0], UserNarrative = new string('a', PromptRules.MaxNarrative) });

        Assert.InRange(answer.Prompt.Length, 1, PlanLimits.MaxPrompt);
    }

    [Fact]
    public async Task Prompt_StoryOverTheLimit_IsRefused()
    {
        using var response = await app.PostAsync("/prompt", Body(rest: $",\"user_narrative\":\"{new string('a', PromptRules.MaxNarrative + 1)}\""));

        Assert.Equal(["user_narrative"], (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors").Paths());
    }

    [Theory]
    [InlineData("a 90-second lo-fi beat", 90_000)]
    [InlineData("two minutes of calm", 120_000)]
    [InlineData("a song without a length", 30_000)]
    public async Task Plan_LengthInWords_IsTaken(string prompt, int lengthMs)
    {
        var answer = await app.Api.WritePlanAsync(new PlanBody { Prompt = prompt });

        Assert.Equal(lengthMs, answer.CompositionPlan.DurationMs);
    }

    [Theory]
    [InlineData(3_000)]
    [InlineData(41_234)]
    [InlineData(600_000)]
    public async Task Plan_LengthAskedFor_WinsOverWords(int lengthMs)
    {
        var answer = await app.Api.WritePlanAsync(new PlanBody { Prompt = "a 90-second lo-fi beat", MusicLengthMs = lengthMs, ModelId = "music_v1" });

        Assert.Equal(lengthMs, answer.CompositionPlan.DurationMs);
        Assert.Empty(PlanValidator.Check(answer.CompositionPlan));
    }

    [Fact]
    public async Task Plan_Answer_HasTheContractsShape()
    {
        using var response = await app.PostAsync("/plan", """{"prompt":"an upbeat pop song about the sea, 30 seconds"}""");

        var answer = await response.JsonAsync();
        Assert.Equal(["composition_plan", "song_metadata", "words_timestamps", "written_by"], answer.Names());
        Assert.Equal("musicrender", answer.Text("written_by"));
        Assert.Empty(new[] { "title", "positive_global_styles", "negative_global_styles", "sections" }.Except(answer.GetProperty("composition_plan").Names().Append("title")));
        Assert.Empty(new[] { "title", "description", "genres", "moods", "tags", "languages", "is_explicit" }.Except(answer.GetProperty("song_metadata").Names()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.GetProperty("words_timestamps").ValueKind);
        Assert.NotNull(PlanReader.Read(answer.GetProperty("composition_plan")).Composition);
    }

    [Theory]
    [InlineData("{}", "prompt")]
    [InlineData("""{"prompt":""}""", "prompt")]
    [InlineData("""{"prompt":"   "}""", "prompt")]
    [InlineData("""{"prompt":null}""", "prompt")]
    [InlineData("""{"prompt":7}""", "prompt")]
    [InlineData("""{"prompt":"a","music_length_ms":2999}""", "music_length_ms")]
    [InlineData("""{"prompt":"a","music_length_ms":600001}""", "music_length_ms")]
    [InlineData("""{"prompt":"a","music_length_ms":-1}""", "music_length_ms")]
    [InlineData("""{"prompt":"a","music_length_ms":1.5}""", "music_length_ms")]
    [InlineData("""{"prompt":"a","music_length_ms":"30000"}""", "music_length_ms")]
    [InlineData("""{"prompt":"a","music_length_ms":99999999999}""", "music_length_ms")]
    [InlineData("""{"prompt":"","music_length_ms":1}""", "prompt", "music_length_ms")]
    public async Task Plan_BadRequest_IsToldWhere(string body, params string[] paths)
    {
        using var response = await app.PostAsync("/plan", body);

        Assert.Equal(paths, (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors").Paths());
    }

    [Fact]
    public async Task Plan_PromptOverTheLimit_IsRefused()
    {
        using var response = await app.PostAsync("/plan", new JsonObject { ["prompt"] = new string('a', 4101) }.ToJsonString());

        Assert.Equal(["prompt"], (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors").Paths());
    }

    [Fact]
    public async Task PromptAndPlan_OneAfterTheOther_MakeARenderablePlan()
    {
        var prompt = await app.Api.WritePromptAsync(new PromptBody { ProjectBlueprint = "standalone_song_mini", SoundProfile = "indie_live_band", DeliveryAndControl = "balanced_studio", UserNarrative = "My sister's 30th birthday" });
        using var plan = await app.PostAsync("/plan", new JsonObject { ["prompt"] = prompt.Prompt }.ToJsonString());
        var answer = JsonNode.Parse(await plan.Content.ReadAsStringAsync(MusicRenderApp.Patience))!.AsObject();
        answer["generator"] = "scripted";

        using var response = await app.PostAsync("/render", answer.ToJsonString());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(90_000, plan.IsSuccessStatusCode ? PlanReader.Read(answer["composition_plan"]!.ToJsonString()).Composition!.DurationMs : 0);
    }

    private static string Body(string rest) =>
        $$"""{"project_blueprint":"standalone_song_mini","sound_profile":"lofi_cozy","delivery_and_control":"balanced_studio"{{rest}} }""";
}
