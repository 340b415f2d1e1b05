using System.Text.Json;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

/// <summary>Each way in which the upstream refuses is a message that a person understands, a reason for programs and something to do.</summary>
public sealed class RefusalTests
{
    private const string ChunkSuggestion = """{"chunks":[{"text":"[Intro]\n{instrumental}","duration_ms":3000,"positive_styles":["calm"]},{"text":"[Verse]\nanother light","duration_ms":4000,"positive_styles":["calm","voice"]}]}""";

    [Theory]
    [InlineData(401, "invalid_api_key", "invalid_key", "settings", "settings")]
    [InlineData(401, "missing_api_key", "invalid_key", "settings", "settings")]
    [InlineData(401, "missing_permissions", "invalid_key", "settings", "permission")]
    [InlineData(401, "something_new", "invalid_key", "settings", "key")]
    [InlineData(401, "quota_exceeded", "insufficient_credits", "render_with_sketch", "credits")]
    [InlineData(402, "insufficient_credits", "insufficient_credits", "render_with_sketch", "credits")]
    [InlineData(402, "something_new", "insufficient_credits", "render_with_sketch", "credits")]
    [InlineData(403, "something_new", "refused", "render_with_sketch", "HTTP status 403")]
    [InlineData(418, "something_new", "refused", "render_with_sketch", "HTTP status 418")]
    public async Task Refusal_ForGood_SaysWhatToDo(int status, string code, string reason, string action, string word)
    {
        var upstream = new Upstream(() => Upstream.Refusal(status, code, "Told by the upstream."));
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Equal((FailureCode.ServerError, reason, action), (rendered.Failure!.Code, rendered.Reason, rendered.Action));
        Assert.Contains(word, rendered.Failure.Message, StringComparison.Ordinal);
        var said = rendered.Details.GetProperty("upstream");
        Assert.Equal((status, code, "Told by the upstream.", "req-7"), (said.GetProperty("status").GetInt32(), said.GetProperty("code").GetString(), said.GetProperty("message").GetString(), said.GetProperty("request_id").GetString()));
        Assert.Single(upstream.Calls);
    }

    [Theory]
    [InlineData(403, "subscription_required")]
    [InlineData(403, "feature_not_available")]
    [InlineData(422, "output_format_not_allowed")]
    [InlineData(404, "not_found")]
    [InlineData(405, "")]
    [InlineData(406, "")]
    [InlineData(415, "")]
    public async Task Stream_RefusedForTheAccountOrTheFormat_IsAskedForInOnePiece(int status, string code)
    {
        var upstream = new Upstream(() => Upstream.Refusal(status, code, "No."), () => Upstream.Refusal(403, "subscription_required", "Creator tier or above."));
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Equal(["/v1/music/detailed/stream", "/v1/music/detailed"], upstream.Calls.Select(call => call.Path));
        Assert.Equal(("subscription_required", "render_with_sketch"), (rendered.Reason, rendered.Action));
        Assert.Contains("Creator tier or above.", rendered.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("req-7", rendered.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OutputFormat_RefusedByTheList_IsAskedForInOnePiece()
    {
        var upstream = new Upstream(() => Upstream.Raw(422, """{"detail":[{"loc":["query","output_format"],"msg":"Input should be 'auto'","type":"enum"}]}"""), () => Upstream.Refusal(402, "insufficient_credits", ""));
        Assert.Equal("insufficient_credits", (await upstream.RenderAsync(Songs.Sung)).Reason);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task BadPrompt_BringsTheSuggestion(int status)
    {
        var upstream = new Upstream(() => Upstream.Refusal(status, "bad_prompt", "Mentions a band.", """{"prompt_suggestion":"a rock song"}"""));
        var rendered = await upstream.RenderAsync(new PromptComposition { Prompt = "a song like the Band", MusicLengthMs = 10_000 });
        Assert.Equal((FailureCode.ValidationError, "bad_prompt", "use_suggestion"), (rendered.Failure!.Code, rendered.Reason, rendered.Action));
        Assert.Equal("""{"prompt":"a rock song"}""", rendered.Details.GetProperty("suggestion").GetRawText());
        Assert.Contains("Mentions a band.", rendered.Failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(422, true)]
    public async Task BadPlan_BringsTheSuggestionInSections(int status, bool isText)
    {
        var suggestion = isText ? JsonSerializer.Serialize(ChunkSuggestion) : ChunkSuggestion;
        var upstream = new Upstream(() => Upstream.Refusal(status, "bad_composition_plan", "Copyrighted.", $$"""{"composition_plan_suggestion":{{suggestion}}}"""));
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Equal((FailureCode.ValidationError, "bad_composition_plan", "use_suggestion"), (rendered.Failure!.Code, rendered.Reason, rendered.Action));
        var plan = Assert.IsType<CompositionPlan>(PlanReader.Read(rendered.Details.GetProperty("suggestion").GetProperty("composition_plan")).Composition);
        Assert.Equal("Night Drive", plan.Title);
        Assert.Equal(["calm"], plan.PositiveGlobalStyles);
        Assert.Equal(["Intro", "Verse"], plan.Sections.Select(section => section.SectionName));
        // What the client itself put into the text does not come back as lyrics.
        Assert.Empty(plan.Sections[0].Lines);
        Assert.Equal(["another light"], plan.Sections[1].Lines);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"composition_plan_suggestion":null,"prompt_suggestion":null}""")]
    [InlineData("""{"composition_plan_suggestion":"not a plan"}""")]
    [InlineData("""{"composition_plan_suggestion":{"chunks":[]}}""")]
    public async Task HarmfulPlan_HasNoSuggestionAndSaysSo(string data)
    {
        var rendered = await new Upstream(() => Upstream.Refusal(400, "bad_composition_plan", "", data)).RenderAsync(Songs.Sung);
        Assert.Equal(("bad_composition_plan", "edit_plan"), (rendered.Reason, rendered.Action));
        Assert.False(rendered.Details.TryGetProperty("suggestion", out _));
        Assert.Contains("no other to offer", rendered.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ValidationList_NamesThePlacesOfThePlanThatWasAskedFor()
    {
        const string Body = """
            {"detail":[
              {"loc":["body","composition_plan","CompositionPlan","chunks",1,"GenerationChunk","text"],"msg":"String should have at most 6000 characters.","type":"string_too_long"},
              {"loc":["body","composition_plan","CompositionPlan","chunks",2,"positive_styles",3],"msg":"Too long","type":"x"},
              {"loc":["body","composition_plan","MusicPrompt","chunks"],"msg":"Extra inputs are not permitted","type":"x"},
              {"loc":["body","finetune_strength"],"msg":"Input should be greater than 0","type":"greater_than"}
            ]}
            """;
        var rendered = await new Upstream(() => Upstream.Raw(422, Body)).RenderAsync(Songs.Sung);
        Assert.Equal((FailureCode.ValidationError, "bad_request", "edit_plan"), (rendered.Failure!.Code, rendered.Reason, rendered.Action));
        Assert.Equal(
            [("sections[1].lines", "String should have at most 6000 characters"), ("sections[2].positive_local_styles[3]", "Too long"), ("finetune_strength", "Input should be greater than 0")],
            rendered.Details.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("path").GetString()!, error.GetProperty("message").GetString()!)));
        Assert.Contains("sections[1].lines: String should have at most 6000 characters.", rendered.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ValidationList_OfSectionsSentForChunks_NamesTheChunks()
    {
        const string Body = """{"detail":[{"loc":["body","composition_plan","sections",1,"lines",0],"msg":"Too long","type":"x"},{"loc":["body","composition_plan","sections",0,"negative_local_styles"],"msg":"Bad","type":"x"}]}""";
        var rendered = await new Upstream(() => Upstream.Raw(422, Body)).RenderAsync(Songs.Chunks, new RenderOptions { ModelId = "music_v1" });
        Assert.Equal(["chunks[1].text[0]", "chunks[0].negative_styles"], rendered.Details.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("path").GetString()!));
    }

    [Theory]
    [InlineData("""{"detail":{"status":"invalid_api_key","message":"Old shape."}}""", "application/json", "invalid_key", "Old shape.")]
    [InlineData("""{"detail":{"code":"unauthorized","status":"invalid_api_key","message":"Both."}}""", "application/json", "invalid_key", "Both.")]
    [InlineData("""{"detail":"Only text."}""", "application/json", "refused", "Only text.")]
    [InlineData("""{"error":{"code":"odd","message":"Elsewhere."}}""", "application/json", "refused", "Elsewhere.")]
    [InlineData("""{"message":"At the root."}""", "application/json", "refused", "At the root.")]
    [InlineData("Plain words.", "text/plain", "refused", "Plain words.")]
    [InlineData("<html><body>nginx</body></html>", "text/html", "refused", "")]
    [InlineData("{\"detail\":", "application/json", "refused", "")]
    [InlineData("[1,2]", "application/json", "refused", "")]
    [InlineData("\"\\ud800\"", "application/json", "refused", "")]
    [InlineData("", "application/json", "refused", "")]
    public async Task Body_OfAnyShape_IsReadAsFarAsItGoes(string body, string contentType, string reason, string message)
    {
        var rendered = await new Upstream(() => Upstream.Raw(400, body, contentType)).RenderAsync(Songs.Sung);
        Assert.Equal((reason, message), (rendered.Reason, rendered.Details.GetProperty("upstream").GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Body_WithoutEnd_IsReadOnlyToItsLimit()
    {
        var endless = new EndlessStream();
        var rendered = await new Upstream(() =>
        {
            var answer = Upstream.Answer(endless, "text/plain");
            answer.StatusCode = System.Net.HttpStatusCode.BadRequest;
            return answer;
        }).RenderAsync(Songs.Sung);
        Assert.Equal("refused", rendered.Reason);
        Assert.InRange(endless.BytesRead, 1, 64 * 1024);
        Assert.InRange(rendered.Failure!.Message.Length, 100, 1_000);
    }

    [Fact]
    public async Task Key_ThatTheUpstreamRepeats_IsTakenOut()
    {
        var body = $$$"""{"detail":{"code":"bad_prompt","message":"The key {{{Upstream.Key}}} says: no","request_id":"{{{Upstream.Key}}}","data":{"prompt_suggestion":"sing {{{Upstream.Key.ToUpperInvariant()}}}" } } }""";
        var rendered = await new Upstream(() => Upstream.Raw(400, body)).RenderAsync(Songs.Sung);
        Assert.DoesNotContain(Upstream.Key, rendered.Failure!.Message + rendered.Details.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.Matches(@"The key (\[key\]|\*+) says: no", rendered.Failure.Message);
        Assert.Matches(@"^sing (\[key\]|\*+)$", rendered.Details.GetProperty("suggestion").GetProperty("prompt").GetString()!);
    }

    [Fact]
    public async Task Key_ThatNoHeaderCanHold_IsRefusedWithoutACall()
    {
        var upstream = new Upstream();
        upstream.KeyInUse.Use("sk_\r\nHost: elsewhere");
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Equal("invalid_key", rendered.Reason);
        Assert.DoesNotContain("elsewhere", rendered.Failure!.Message + rendered.Details.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(upstream.Calls);
    }

    [Fact]
    public async Task Error_InTheMiddleOfTheMusic_KeepsItAndIsNoRefusal()
    {
        var upstream = new Upstream(() => Upstream.Events(StreamForm.Usual.Write(
            TestEvent.Audio(Upstream.Mp3(5_000)),
            new TestEvent("error", [("detail", $$"""{"code":"system_busy","message":"Too busy for {{Upstream.Key}}."}""")]))));
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Equal((FailureCode.ServerError, "upstream_failed", "render_again"), (rendered.Failure!.Code, rendered.Reason, rendered.Action));
        Assert.Equal(Upstream.Mp3(5_000), rendered.Music);
        Assert.StartsWith("ElevenLabs took the request and then failed while the music arrived.", rendered.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("5 s of 12 s had arrived.", rendered.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("may have been charged", rendered.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP status", rendered.Failure.Message, StringComparison.Ordinal);
        Assert.True(rendered.Details.GetProperty("may_be_billed").GetBoolean());
        var said = rendered.Details.GetProperty("upstream");
        Assert.Equal(("Too busy for [key].", JsonValueKind.Null), (said.GetProperty("message").GetString(), said.GetProperty("status").ValueKind));
        Assert.Single(upstream.Calls);
    }

    [Fact]
    public async Task Error_BeforeAnyMusic_SaysThatNothingArrived()
    {
        var upstream = new Upstream(() => Upstream.Events(StreamForm.Usual.Write(new TestEvent("error", [("message", "\"It broke.\"")]))));
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Equal(("upstream_failed", "render_again"), (rendered.Reason, rendered.Action));
        Assert.Contains("before any music arrived. ElevenLabs says: \"It broke.\"", rendered.Failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("had arrived", rendered.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggestion_InTheMiddleOfTheAnswer_IsOfferedLikeInARefusal()
    {
        var upstream = new Upstream(() => Upstream.Events(StreamForm.Usual.Write(
            new TestEvent("error", [("detail", """{"code":"bad_prompt","message":"No.","data":{"prompt_suggestion":"a song of the sea"}}""")]))));
        var rendered = await upstream.RenderAsync(new PromptComposition { Prompt = "a song like somebody's" });
        Assert.Equal(("bad_prompt", "use_suggestion"), (rendered.Reason, rendered.Action));
        Assert.Equal("a song of the sea", rendered.Details.GetProperty("suggestion").GetProperty("prompt").GetString());
    }

    [Theory]
    [InlineData(404, """{"detail":{"type":"not_found","code":"finetune_not_found","message":"There is no such finetune.","param":"finetune_id"}}""")]
    [InlineData(404, """{"detail":{"status":"not_found","message":"Finetune not found"}}""")]
    [InlineData(403, """{"detail":{"code":"finetune_access_denied","message":"Not yours."}}""")]
    [InlineData(400, """{"detail":{"code":"finetune_not_ready","message":"Training."}}""")]
    public async Task Finetune_ThatTheAccountDoesNotHave_IsAProblemOfItsFieldAfterOneCall(int status, string body)
    {
        var upstream = new Upstream(() => Upstream.Raw(status, body));
        var rendered = await upstream.RenderAsync(Songs.Sung, new RenderOptions { FinetuneId = "ft_9999" });
        Assert.Equal((FailureCode.ValidationError, "bad_request", "edit_plan"), (rendered.Failure!.Code, rendered.Reason, rendered.Action));
        Assert.Equal(["finetune_id"], rendered.Details.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("path").GetString()));
        Assert.Contains("does not have this custom style model", rendered.Failure.Message, StringComparison.Ordinal);
        Assert.Single(upstream.Calls);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public int BytesRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'x');
            BytesRead += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
