using System.Net;
using Microsoft.AspNetCore.Http;
using MusicRender.Engine.Plan;
using MusicRender.Web.Contracts;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

[Collection(typeof(SharedElevenLabsApp))]
public sealed class RemotePlanApiTests(ElevenLabsApp app)
{
    private const string Path = "/v1/music/plan";

    [Fact]
    public async Task Plan_WithAKey_IsWrittenByElevenLabs()
    {
        var sent = "";
        app.ElevenLabs.On(Path, async context =>
        {
            sent = await new StreamReader(context.Request.Body).ReadToEndAsync();
            await context.Response.WriteAsync("""{"chunks":[{"text":"[Intro]\n{instrumental}","duration_ms":10000,"positive_styles":["pop"]},{"text":"[Verse]\nA line","duration_ms":20000,"positive_styles":["pop"]}]}""");
        });

        var answer = await app.Api.WritePlanAsync(new PlanBody { Prompt = "a pop song", ModelId = "music_v2_5" });

        Assert.Equal(("elevenlabs", null), (answer.WrittenBy, answer.Notice));
        var plan = Assert.IsType<CompositionPlan>(answer.CompositionPlan);
        Assert.Equal(["Intro", "Verse"], plan.Sections.Select(section => section.SectionName));
        Assert.Equal([[], ["A line"]], plan.Sections.Select(section => section.Lines));
        Assert.Equal("""{"prompt":"a pop song","music_length_ms":30000,"model_id":"music_v2_5"}""", sent);
        Assert.Contains((Path, ElevenLabsApp.ConfiguredKey), app.ElevenLabs.Calls);
    }

    [Fact]
    public async Task Plan_ThatElevenLabsRefuses_IsOurOwnAndSaysWhy()
    {
        app.ElevenLabs.On(Path, """{"detail":{"status":"insufficient_credits","message":"Nothing left for {key}"}}""", 402);

        using var response = await app.PostAsync("/plan", """{"prompt":"a pop song, 40 seconds"}""");

        var answer = await response.JsonAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["composition_plan", "song_metadata", "words_timestamps", "written_by", "notice"], answer.Names());
        Assert.Equal("musicrender", answer.Text("written_by"));
        Assert.Equal("ElevenLabs could not write the plan (no credits left); MusicRender wrote it.", answer.Text("notice"));
        Assert.Equal(40_000, PlanReader.Read(answer.GetProperty("composition_plan")).Composition!.DurationMs);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("7")]
    public async Task Plan_ForAModelThatIsNone_IsToldWhere(string model)
    {
        using var response = await app.PostAsync("/plan", $$"""{"prompt":"a pop song","model_id":{{model}}}""");

        Assert.Equal(["model_id"], (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors").Paths());
    }

    [Theory]
    [InlineData("""{"model_id":"gpt-4"}""", "model_id")]
    [InlineData("""{"finetune_id":""}""", "finetune_id")]
    [InlineData("""{"finetune_strength":1.5}""", "finetune_strength")]
    [InlineData("""{"model_id":"music_v0x","finetune_id":"","finetune_strength":2}""", "model_id", "finetune_id")]
    public async Task Render_WithAnOptionThatElevenLabsWouldRefuse_IsRefusedHere(string options, params string[] paths)
    {
        var calls = app.ElevenLabs.CallsOf("/v1/music/detailed");
        var body = $$"""{"generator":"elevenlabs","composition_plan":{{Plans.Seed().ToJsonString()}},{{options[1..]}}""";

        using var response = await app.PostAsync("/render", body);
        await using var client = await SocketClient.RunAsync(app, $$"""{"type":"render",{{body[1..]}}""");

        Assert.Equal(paths, (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors").Paths());
        Assert.Equal(paths, client.Error("VALIDATION_ERROR").GetProperty("details").GetProperty("errors").Paths());
        Assert.Equal(calls, app.ElevenLabs.CallsOf("/v1/music/detailed"));
    }
}
