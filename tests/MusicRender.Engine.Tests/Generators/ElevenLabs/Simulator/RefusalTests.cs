using System.Text.Json;
using System.Text.Json.Nodes;
using ElevenLabs.Simulator;
using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Contract;
using ElevenLabs.Simulator.Faults;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Simulator;

/// <summary>Every row of the table of errors, in every shape, on demand.</summary>
public sealed class RefusalTests(SimulatorFixture simulator) : IClassFixture<SimulatorFixture>
{
    private readonly string _key = SimulatorHost.NewKey();

    [Theory]
    [InlineData(FaultKind.BadPrompt, 400, "bad_prompt", "bad_prompt")]
    [InlineData(FaultKind.BadCompositionPlan, 400, "bad_composition_plan", "bad_composition_plan")]
    [InlineData(FaultKind.InvalidApiKey, 401, "invalid_api_key", "invalid_api_key")]
    [InlineData(FaultKind.MissingApiKey, 401, "missing_api_key", "missing_api_key")]
    [InlineData(FaultKind.QuotaExceeded, 401, null, "quota_exceeded")]
    [InlineData(FaultKind.InsufficientCredits, 402, "insufficient_credits", "insufficient_credits")]
    [InlineData(FaultKind.SubscriptionRequired, 403, "subscription_required", "subscription_required")]
    [InlineData(FaultKind.FeatureNotAvailable, 403, "feature_not_available", "feature_not_available")]
    [InlineData(FaultKind.ConcurrentLimitExceeded, 429, "concurrent_limit_exceeded", "too_many_concurrent_requests")]
    [InlineData(FaultKind.RateLimitExceeded, 429, "rate_limit_exceeded", "rate_limit_exceeded")]
    [InlineData(FaultKind.SystemBusy, 429, "system_busy", "system_busy")]
    [InlineData(FaultKind.InternalServerError, 500, "internal_server_error", "internal_server_error")]
    [InlineData(FaultKind.ServiceUnavailable, 503, "service_unavailable", "service_unavailable")]
    public async Task Row_IsAnsweredOnce_InItsUsualShape_AndCostsNothing(FaultKind kind, int status, string? code, string legacyStatus)
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = kind });

        using var refused = await simulator.PostAsync(SimulatorFixture.Stream, _key, SimulatorFixture.Song);
        var detail = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["detail"]!;

        Assert.Equal(status, (int)refused.StatusCode);
        Assert.Equal(code, (string?)detail["code"]);
        Assert.Equal(legacyStatus, (string?)detail["status"]);
        Assert.NotEqual("", (string?)detail["message"]);
        Assert.Null(refused.Headers.RetryAfter);
        var call = await simulator.LastCallAsync(_key);
        Assert.Equal((status, CallOutcome.Refused, kind, 0), (call.Status, call.Outcome, call.Fault!.Value, call.Credits));
        await simulator.ComposeAsync(_key);
    }

    [Theory]
    [InlineData(ErrorShape.Full, "application/json", """{"detail":{"type":"rate_limit_error","code":"system_busy","message":"Busy.","status":"system_busy","request_id":"*","param":null}}""")]
    [InlineData(ErrorShape.Legacy, "application/json", """{"detail":{"status":"system_busy","message":"Busy."}}""")]
    [InlineData(ErrorShape.Text, "application/json", """{"detail":"Busy."}""")]
    [InlineData(ErrorShape.Html, "text/html", "<html><head><title>503</title></head><body><h1>Busy.</h1></body></html>")]
    [InlineData(ErrorShape.Empty, null, "")]
    public async Task Shape_StatusWordsAndRetryAfter_AreAsAskedFor(ErrorShape shape, string? type, string body)
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.SystemBusy, Shape = shape, Status = 503, Message = "Busy.", RetryAfter = 7 });

        using var refused = await simulator.PostAsync(SimulatorFixture.Stream, _key, SimulatorFixture.Song);

        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal(7, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal(type, refused.Content.Headers.ContentType?.MediaType);
        var text = await refused.Content.ReadAsStringAsync();
        Assert.Equal(body, System.Text.RegularExpressions.Regex.Replace(text, "request-[0-9]+", "*"));
    }

    [Theory]
    [InlineData(400, SuggestionForm.Object)]
    [InlineData(422, SuggestionForm.JsonString)]
    [InlineData(400, SuggestionForm.None)]
    public async Task RefusedPlan_HasASuggestionThatIsTaken_OrNone(int status, SuggestionForm form)
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.BadCompositionPlan, Status = status, Suggestion = form });

        var refusal = await SimulatorFixture.RefusalAsync(simulator.PostAsync(SimulatorFixture.Stream, _key, SimulatorFixture.Song));
        var suggestion = refusal.Body!["detail"]!["data"]?["composition_plan_suggestion"];

        Assert.Equal(status, refusal.Status);
        Assert.Equal(form is SuggestionForm.None, suggestion is null);
        Assert.Equal(form is SuggestionForm.JsonString, suggestion?.GetValueKind() is JsonValueKind.String);
        if (suggestion is not null)
        {
            var body = SimulatorFixture.Song;
            var plan = form is SuggestionForm.JsonString ? JsonNode.Parse((string)suggestion!)! : suggestion.DeepClone();
            Assert.False(JsonNode.DeepEquals(plan, body["composition_plan"]));
            body["composition_plan"] = plan;
            Assert.True(JsonNode.DeepEquals(plan, (await simulator.ComposeAsync(_key, body))["composition_plan"]));
        }
    }

    [Fact]
    public async Task PlanThatNamesAnArtist_IsRefused_UntilTheSuggestionIsTaken()
    {
        var body = SimulatorFixture.Song;
        body["composition_plan"]!["chunks"]![1]!["positive_styles"] = new JsonArray("like The Beatles");

        var refusal = await SimulatorFixture.RefusalAsync(simulator.PostAsync(SimulatorFixture.Stream, _key, body));
        var suggestion = refusal.Body!["detail"]!["data"]!["composition_plan_suggestion"]!.DeepClone();

        Assert.Equal("bad_composition_plan", (string)refusal.Body["detail"]!["code"]!);
        Assert.Equal("like a British beat group of the 1960s", (string)suggestion["chunks"]![1]!["positive_styles"]![0]!);
        body["composition_plan"] = suggestion;
        await simulator.ComposeAsync(_key, body);
    }

    [Theory]
    [InlineData(SimulatorFixture.Plan)]
    [InlineData(SimulatorFixture.Detailed)]
    public async Task PromptThatNamesAnArtist_IsRefusedWithAnother(string path)
    {
        var (status, body) = await SimulatorFixture.RefusalAsync(simulator.PostAsync(path, _key, new JsonObject { ["prompt"] = "a DAFT PUNK anthem", ["model_id"] = "music_v2" }));
        Assert.Equal(400, status);
        Assert.Equal("a robotic French house anthem", (string)body!["detail"]!["data"]!["prompt_suggestion"]!);
    }

    [Fact]
    public async Task Validation_NamesThePlaceThatIsAskedFor()
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.Validation, Loc = JsonElement.Parse("""["body","composition_plan","CompositionPlan","chunks",2,"text"]"""), Message = "No." });
        var (status, body) = await SimulatorFixture.RefusalAsync(simulator.PostAsync(SimulatorFixture.Stream, _key, SimulatorFixture.Song));

        Assert.Equal(422, status);
        Assert.Equal("""[{"loc":["body","composition_plan","CompositionPlan","chunks",2,"text"],"msg":"No.","type":"value_error"}]""", body!["detail"]!.ToJsonString());
        Assert.Empty((await simulator.LastCallAsync(_key)).Violations);
    }

    [Fact]
    public async Task AnyRefusal_CanBeMadeUp()
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.Refusal, Status = 418, ContentType = "text/plain", Message = "short and stout" });
        var (status, body) = await SimulatorFixture.RefusalAsync(simulator.GetAsync(SimulatorFixture.Finetunes, _key));
        Assert.Equal((418, "short and stout"), (status, (string)body!));
    }

    [Fact]
    public async Task StreamCanBeRefused_WhileTheMultipartCallWorks()
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.FeatureNotAvailable, Endpoint = Endpoints.Stream, Times = 0 });
        for (var call = 0; call < 3; call++)
        {
            using var stream = await simulator.PostAsync(SimulatorFixture.Stream, _key, SimulatorFixture.Song);
            using var detailed = await simulator.PostAsync(SimulatorFixture.Detailed, _key, SimulatorFixture.Song);
            Assert.Equal((403, 200), ((int)stream.StatusCode, (int)detailed.StatusCode));
            await detailed.Content.ReadAsByteArrayAsync();
        }
    }
}
