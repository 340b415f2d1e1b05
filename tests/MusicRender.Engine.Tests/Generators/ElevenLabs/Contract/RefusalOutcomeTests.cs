using System.Text.Json;
using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Faults;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Contract;

/// <summary>Each row of the table of errors becomes a message that a person understands, and what can be done about it.</summary>
public sealed class RefusalOutcomeTests(ContractFixture fixture) : IClassFixture<ContractFixture>
{
    /// <summary>Row, status of its own or 0, reason, action.</summary>
    public static TheoryData<FaultKind, int, string, string> Rows => new()
    {
        { FaultKind.InvalidApiKey, 0, "invalid_key", "settings" },
        { FaultKind.MissingApiKey, 0, "invalid_key", "settings" },
        { FaultKind.QuotaExceeded, 0, "insufficient_credits", "render_with_sketch" },
        { FaultKind.InsufficientCredits, 0, "insufficient_credits", "render_with_sketch" },
        { FaultKind.ConcurrentLimitExceeded, 0, "concurrent_limit", "retry" },
        { FaultKind.RateLimitExceeded, 0, "rate_limited", "retry" },
        { FaultKind.SystemBusy, 0, "busy", "retry" },
        { FaultKind.InternalServerError, 0, "unavailable", "retry" },
        { FaultKind.ServiceUnavailable, 0, "unavailable", "retry" },
        { FaultKind.ServiceUnavailable, 502, "unavailable", "retry" },
        // The gateway does not know whether the music was made.
        { FaultKind.ServiceUnavailable, 504, "interrupted", "render_again" },
        { FaultKind.BadPrompt, 400, "bad_prompt", "edit_plan" },
        { FaultKind.BadPrompt, 422, "bad_prompt", "edit_plan" },
        { FaultKind.BadCompositionPlan, 400, "bad_composition_plan", "edit_plan" },
        { FaultKind.BadCompositionPlan, 422, "bad_composition_plan", "edit_plan" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Row_HasItsReasonAndAction_InTheFullAndTheOldShape_AndIsSentOnce(FaultKind kind, int status, string reason, string action)
    {
        var isUnasked = reason is "bad_prompt" or "bad_composition_plan";
        foreach (var shape in new[] { ErrorShape.Full, ErrorShape.Legacy })
        {
            await using var client = fixture.Client();
            await client.FailNextAsync(new Fault { Kind = kind, Status = status == 0 ? null : status, Shape = shape, Message = "Words of the upstream.", Suggestion = SuggestionForm.None });

            var song = await client.RenderAsync(ContractFixture.Song);

            var details = song.FailedBecause(reason, action, isUnasked ? FailureCode.ValidationError : FailureCode.ServerError);
            Assert.Empty(song.Audio);
            Assert.False(details.TryGetProperty("suggestion", out _));
            var call = await client.OnlyCallAsync();
            Assert.Equal((CallOutcome.Refused, 0), (call.Outcome, call.Credits));
            if (reason != "interrupted")
            {
                Assert.Equal((call.Status, "Words of the upstream."), (details.GetProperty("upstream").GetProperty("status").GetInt32(), details.GetProperty("upstream").GetProperty("message").GetString()));
            }
        }
    }

    [Theory]
    [InlineData(FaultKind.InvalidApiKey, ErrorShape.Text, "invalid_key")]
    [InlineData(FaultKind.InvalidApiKey, ErrorShape.Empty, "invalid_key")]
    [InlineData(FaultKind.InsufficientCredits, ErrorShape.Empty, "insufficient_credits")]
    [InlineData(FaultKind.SystemBusy, ErrorShape.Html, "rate_limited")]
    [InlineData(FaultKind.InternalServerError, ErrorShape.Html, "unavailable")]
    [InlineData(FaultKind.ServiceUnavailable, ErrorShape.Empty, "unavailable")]
    public async Task BodiesThatSayLittle_AreReadByTheirStatus(FaultKind kind, ErrorShape shape, string reason)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = kind, Shape = shape });

        var song = await client.RenderAsync(ContractFixture.Song);

        Assert.Equal(reason, song.Failure!.Reason);
        Assert.DoesNotContain("<", song.Failure.Message, StringComparison.Ordinal);
        await client.OnlyCallAsync();
    }

    [Theory]
    [InlineData(FaultKind.SubscriptionRequired)]
    [InlineData(FaultKind.FeatureNotAvailable)]
    public async Task WhatTheSubscriptionDoesNotHave_IsAskedForOnTheOtherCallToo_ThenSaidSo(FaultKind kind)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = kind, Times = 0 });

        var song = await client.RenderAsync(ContractFixture.Song);

        song.FailedBecause("subscription_required", "render_with_sketch");
        Assert.Equal(["/v1/music/detailed/stream", "/v1/music/detailed"], (await client.CallsAsync()).Select(call => call.Path));
    }

    [Theory]
    [InlineData(400, SuggestionForm.Object)]
    [InlineData(422, SuggestionForm.JsonString)]
    public async Task SuggestedPlan_IsGivenInSections_AndIsTakenWhenSent(int status, SuggestionForm form)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = FaultKind.BadCompositionPlan, Status = status, Suggestion = form });

        var refused = await client.RenderAsync(ContractFixture.Song);
        var details = refused.FailedBecause("bad_composition_plan", "use_suggestion", FailureCode.ValidationError);
        var suggested = PlanReader.Read(details.GetProperty("suggestion").GetProperty("composition_plan")).Composition as CompositionPlan;

        Assert.NotNull(suggested);
        Assert.Equal(("Rain", 13_000), (suggested.Title, suggested.DurationMs));
        Assert.Equal(["Intro", "Verse", "Outro"], suggested.Sections.Select(section => section.SectionName));
        Assert.Contains("a style of its own", suggested.PositiveGlobalStyles.Concat(suggested.Sections[0].PositiveLocalStyles));
        (await client.RenderAsync(suggested)).Succeeded();
    }

    [Fact]
    public async Task PlanThatNamesAnArtist_IsHelpedOnItsWay()
    {
        await using var client = fixture.Client();
        var plan = ContractFixture.Song with { PositiveGlobalStyles = ["in the manner of Daft Punk"] };

        var refused = await client.RenderAsync(plan);
        var details = refused.FailedBecause("bad_composition_plan", "use_suggestion", FailureCode.ValidationError);
        var suggested = PlanReader.Read(details.GetProperty("suggestion").GetProperty("composition_plan")).Composition!;

        Assert.DoesNotContain("Daft Punk", PlanJson.ToElement(suggested).GetRawText(), StringComparison.OrdinalIgnoreCase);
        (await client.RenderAsync(suggested)).Succeeded();
    }

    [Fact]
    public async Task SuggestedPrompt_IsGiven()
    {
        await using var client = fixture.Client();
        var refused = await client.RenderAsync(new PromptComposition { Prompt = "a Taylor Swift ballad", MusicLengthMs = 10_000 });

        var details = refused.FailedBecause("bad_prompt", "use_suggestion", FailureCode.ValidationError);
        Assert.Equal("a country-pop storytelling ballad", details.GetProperty("suggestion").GetProperty("prompt").GetString());
    }

    [Theory]
    [InlineData("""["body","composition_plan","chunks",1,"text"]""", "sections[1].lines")]
    [InlineData("""["body","composition_plan","CompositionPlan","chunks",1,"GenerationChunk-Input","text"]""", "sections[1].lines")]
    [InlineData("""["body","composition_plan","chunks",2,"duration_ms"]""", "sections[2].duration_ms")]
    [InlineData("""["query","output_format"]""", "output_format")]
    public async Task FieldsThatAreRefused_AreNamedAsInThePlan(string loc, string path)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = FaultKind.Validation, Loc = JsonElement.Parse(loc), Message = "Not like this", Times = 0 });

        var song = await client.RenderAsync(ContractFixture.Song);

        var details = song.FailedBecause("bad_request", "edit_plan", FailureCode.ValidationError);
        Assert.Equal(path, Assert.Single(details.GetProperty("errors").EnumerateArray()).GetProperty("path").GetString());
        Assert.Contains("Not like this", song.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownRefusal_KeepsTheUpstreamsWords_AndTheRequestsId()
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = FaultKind.Refusal, Status = 409, ContentType = "application/json", Message = """{"detail":{"type":"conflict","code":"song_conflict","message":"Two songs at odds.","request_id":"req-77"}}""" });

        var song = await client.RenderAsync(ContractFixture.Song);

        Assert.Contains("Two songs at odds.", song.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("req-77", song.Failure.Message, StringComparison.Ordinal);
        Assert.Equal("song_conflict", song.Failure.Details!.Value.GetProperty("upstream").GetProperty("code").GetString());
    }

    [Fact]
    public async Task KeyThatTheUpstreamRepeats_IsNotRepeated()
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = FaultKind.InvalidApiKey, Message = $"The key {client.Key} is not known." });

        var song = await client.RenderAsync(ContractFixture.Song);

        Assert.DoesNotContain(client.Key, song.Failure!.Message + song.Failure.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AccountWithoutCredits_IsNotCharged()
    {
        await using var client = fixture.Client();
        await client.SetAccountAsync(new AccountSettings { CharacterLimit = 100 });
        (await client.RenderAsync(ContractFixture.Song)).FailedBecause("insufficient_credits", "render_with_sketch");
        Assert.Equal(0, (await client.OnlyCallAsync()).Credits);
    }

    [Fact]
    public async Task FinetuneThatIsNotThere_IsAProblemOfItsField_AfterOneCall()
    {
        await using var client = fixture.Client();
        var song = await client.RenderAsync(ContractFixture.Song, new RenderOptions { FinetuneId = "ft_9999" });
        Assert.Contains("There is no such finetune", song.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal((FailureCode.ValidationError, "finetune_id"), (song.Failure.Code, song.Failure.Details!.Value.GetProperty("errors")[0].GetProperty("path").GetString()));
        Assert.Equal(0, (await client.OnlyCallAsync()).Credits);
    }

    /// <summary>What the upstream would refuse is refused before anything is sent.</summary>
    [Theory]
    [InlineData("", null, null, "finetune_id")]
    [InlineData("  ", 1.5, null, "finetune_id")]
    [InlineData(null, 1.5, null, "finetune_strength")]
    [InlineData(null, null, "gpt-4", "model_id")]
    [InlineData(null, null, "", "model_id")]
    [InlineData(null, null, "music_v2 ", "model_id")]
    public async Task OptionThatTheUpstreamWouldRefuse_IsRefusedBeforeAnythingIsSent(string? finetune, double? strength, string? model, string path)
    {
        await using var client = fixture.Client();
        var start = await StartAsync(client, new RenderOptions { FinetuneId = finetune, FinetuneStrength = strength, ModelId = model });
        Assert.Equal((FailureCode.ValidationError, path), (start.Failure!.Code, start.Failure.Details!.Value.GetProperty("errors").EnumerateArray().Single().GetProperty("path").GetString()));
        Assert.Empty(await client.CallsAsync());
    }

    [Fact]
    public async Task FinetuneIdThatIsTooLong_IsRefusedBeforeAnythingIsSent()
    {
        await using var client = fixture.Client();
        var start = await StartAsync(client, new RenderOptions { FinetuneId = new string('f', 101), ModelId = "gpt-4" });
        Assert.Contains("finetune_id: must be 1 to 100 characters, but is 101.", start.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("model_id: must be a model of elevenlabs, such as music_v2, but is 'gpt-4'.", start.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelOfTheConfiguration_IsKnownHoweverItIsCalled()
    {
        await using var client = fixture.Client(("ModelId", "experimental"));
        var generators = client.Service<GeneratorCatalogue>();
        Assert.Empty(generators.Check(new RenderOptions { Generator = "elevenlabs", ModelId = "experimental" }));
        Assert.Empty(generators.Check(new RenderOptions { Generator = "elevenlabs", ModelId = "music_v2_5", FinetuneId = new string('f', 100), FinetuneStrength = 2 }));
        // Sketch looks at no model.
        Assert.Empty(generators.Check(new RenderOptions { Generator = "sketch", ModelId = "gpt-4" }));
    }

    private static Task<RenderStart> StartAsync(ContractClient client, RenderOptions options) => client.Service<IRenderJobs>().StartAsync(
        new RenderRequest { Composition = ContractFixture.Song, Options = options with { Generator = "elevenlabs" }, RequestId = "request-1" }, CancellationToken.None);

    /// <summary>Every row that the simulator knows stands in one of the tests above.</summary>
    [Fact]
    public void NoRow_IsLeftOut()
    {
        FaultKind[] elsewhere = [FaultKind.SubscriptionRequired, FaultKind.FeatureNotAvailable, FaultKind.Validation, FaultKind.Refusal];
        var rows = Enum.GetValues<FaultKind>().Where(kind => kind is > FaultKind.None and < FaultKind.ErrorEvent);
        Assert.Empty(rows.Except(Rows.Select(row => row.Data.Item1)).Except(elsewhere));
    }
}
