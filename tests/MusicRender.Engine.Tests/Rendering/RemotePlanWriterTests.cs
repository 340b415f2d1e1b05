using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Tests.Rendering.Accounts;
using Xunit;

namespace MusicRender.Engine.Tests.Rendering;

public sealed class RemotePlanWriterTests
{
    private const string Prompt = "A 30-second synthwave song about a yellow van by the sea";

    private readonly FakeAccountApi _api = new();
    private readonly ElevenLabsKey _key = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CapturedLog<RemotePlanWriter> _log = new();

    public RemotePlanWriterTests()
    {
        _key.Use("sk_of_a_test_of_plans");
        _api.OnPlan = (_, _) => FakeAccountApi.Answer(Chunks(("[Intro]\n{instrumental}", 8_000), ("[Verse 1]\nYellow van by the sea\nSalt on the window", 14_000), ("[Chorus]\n{very loud}Drive on, {soft} drive on\n{guitar solo, no vocals}", 8_000)));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plan_OfChunks_BecomesSectionsOfTheLengthAskedFor()
    {
        var written = await WriteAsync(new PlanRequest { Prompt = Prompt });

        Assert.Equal(("elevenlabs", null), (written.Writer, written.Notice));
        Assert.Equal(["Intro", "Verse 1", "Chorus"], written.Plan.Sections.Select(section => section.SectionName));
        Assert.Equal([8_000, 14_000, 8_000], written.Plan.Sections.Select(section => section.DurationMs));
        Assert.Equal(["pop", "124 bpm", "A minor"], written.Plan.PositiveGlobalStyles);
        Assert.Equal(["Yellow van by the sea", "Salt on the window"], written.Plan.Sections[1].Lines);
        Assert.Empty(PlanValidator.Check(written.Plan));
    }

    [Fact]
    public async Task Directions_AreNoLyrics_ButStylesThatStayWhenTheLinesAreEdited()
    {
        var plan = (await WriteAsync(new PlanRequest { Prompt = Prompt })).Plan;

        Assert.Empty(plan.Sections[0].Lines);
        Assert.Empty(plan.Sections[0].PositiveLocalStyles);
        Assert.Equal(["Drive on, drive on"], plan.Sections[2].Lines);
        Assert.Equal(["very loud", "soft", "guitar solo"], plan.Sections[2].PositiveLocalStyles);
    }

    [Fact]
    public async Task Directions_ComeBackInTheTextThatIsRendered_AsLongAsTheLinesAreTheSame()
    {
        var plan = (await WriteAsync(new PlanRequest { Prompt = Prompt })).Plan;
        var edited = plan with { Sections = [.. plan.Sections.Take(2), plan.Sections[2] with { Lines = ["Drive home"] }] };

        Assert.Equal(
            ["[Intro]\n{instrumental}", "[Verse 1]\nYellow van by the sea\nSalt on the window", "[Chorus]\n{very loud}Drive on, {soft} drive on\n{guitar solo, no vocals}"],
            PlanConversion.ToChunks(plan).Chunks.Select(chunk => chunk.Text));
        Assert.Equal("[Chorus]\nDrive home", PlanConversion.ToChunks(edited).Chunks[2].Text);
    }

    [Fact]
    public async Task Song_IsDescribedByThePromptAndThePlan()
    {
        var song = (await WriteAsync(new PlanRequest { Prompt = Prompt, Title = "Salt" })).Song;
        var plain = (await WriteAsync(new PlanRequest { Prompt = "something nice" })).Song;

        Assert.Equal(("Salt", 124d, "A minor"), (song.Title, song.Bpm, song.Key));
        Assert.Equal(["synthwave"], song.Genres);
        Assert.Equal(["en"], song.Languages);
        Assert.Contains("in A minor at 124 bpm", song.Description, StringComparison.Ordinal);
        Assert.Contains("sung", song.Tags);
        Assert.Equal(["pop"], plain.Genres);
        Assert.NotEmpty(plain.Title!);
    }

    [Fact]
    public async Task Song_WithoutTempoAndKeyInPromptAndPlan_ClaimsNone()
    {
        _api.OnPlan = (_, _) => FakeAccountApi.Answer("""{"chunks":[{"text":"[Instrumental]","duration_ms":30000,"positive_styles":["calm","piano"]}]}""");

        var (plan, song) = await WriteAsync(new PlanRequest { Prompt = "a calm piano piece" });

        Assert.Equal((null, null), (song.Bpm, song.Key));
        Assert.DoesNotContain(" at ", song.Description, StringComparison.Ordinal);
        Assert.DoesNotContain(" in ", song.Description, StringComparison.Ordinal);
        Assert.Empty(song.Languages);
        Assert.Contains("instrumental", song.Tags);
        Assert.Equal("Instrumental", Assert.Single(plan.Sections).SectionName);
    }

    [Fact]
    public async Task Plan_OfSections_StaysAsItIs()
    {
        _api.OnPlan = (_, _) => FakeAccountApi.Answer("""
            {"positive_global_styles":["pop"],"negative_global_styles":["metal"],"sections":[
              {"section_name":"Verse","positive_local_styles":["soft"],"negative_local_styles":["loud"],"duration_ms":12000,"lines":["{whispered} one line","{instrumental}"],"source_from":null},
              {"section_name":"Chorus","positive_local_styles":[],"negative_local_styles":[],"duration_ms":18000,"lines":["another"],"source_from":null}]}
            """);

        var plan = (await WriteAsync(new PlanRequest { Prompt = Prompt, ModelId = "music_v1" })).Plan;

        Assert.Equal(["pop"], plan.PositiveGlobalStyles);
        Assert.Equal(["metal"], plan.NegativeGlobalStyles);
        Assert.Equal(["one line"], plan.Sections[0].Lines);
        Assert.Equal(["soft", "whispered"], plan.Sections[0].PositiveLocalStyles);
        Assert.Equal(["loud"], plan.Sections[0].NegativeLocalStyles);
        Assert.Equal(["another"], plan.Sections[1].Lines);
        Assert.Empty(plan.Sections[0].Extra);
        Assert.Equal("music_v1", Assert.Single(_api.Plans).ModelId);
    }

    [Theory]
    [InlineData("a 90-second song", null, 90_000)]
    [InlineData("a 90-second song", 41_234, 41_234)]
    [InlineData("a song", null, 30_000)]
    public async Task Request_SaysPromptLengthAndModel(string prompt, int? lengthMs, int sentMs)
    {
        await WriteAsync(new PlanRequest { Prompt = prompt, MusicLengthMs = lengthMs });

        Assert.Equal(new PlanBody(prompt, sentMs, "music_of_the_configuration"), Assert.Single(_api.Plans));
    }

    [Fact]
    public async Task Request_SaysInWordsWhatItHasNoFieldFor()
    {
        await WriteAsync(new PlanRequest { Prompt = Prompt, ForceInstrumental = true, Title = "The Long Road", Seed = 77 });
        await WriteAsync(new PlanRequest { Prompt = "a song called the long road", Title = "The Long Road" });

        var bodies = _api.Plans.ToArray();
        Assert.StartsWith(Prompt, bodies[0].Prompt, StringComparison.Ordinal);
        Assert.Contains("Instrumental only: no vocals", bodies[0].Prompt, StringComparison.Ordinal);
        Assert.Contains("\"The Long Road\"", bodies[0].Prompt, StringComparison.Ordinal);
        Assert.Contains("variation 77", bodies[0].Prompt, StringComparison.Ordinal);
        Assert.Equal("a song called the long road", bodies[1].Prompt);
    }

    [Fact]
    public async Task Request_OfALongPrompt_StaysWithinItsLimit()
    {
        await WriteAsync(new PlanRequest { Prompt = string.Concat(Enumerable.Repeat("rain ", 820))[..PlanLimits.MaxPrompt], ForceInstrumental = true, Title = new string('t', PlanLimits.MaxTitle), Seed = int.MaxValue });

        var prompt = Assert.Single(_api.Plans).Prompt;
        Assert.InRange(prompt.Length, PlanLimits.MaxPrompt - 10, PlanLimits.MaxPrompt);
        Assert.EndsWith($"variation {int.MaxValue}.", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstrumentalWish_WinsOverLyricsThatComeAllTheSame()
    {
        var plan = (await WriteAsync(new PlanRequest { Prompt = Prompt, ForceInstrumental = true })).Plan;

        Assert.All(plan.Sections, section => Assert.Empty(section.Lines));
        Assert.Contains("vocals", plan.NegativeGlobalStyles);
        Assert.All(PlanConversion.ToChunks(plan).Chunks, chunk => Assert.DoesNotContain("van", chunk.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(31_000, 8_000, 14_000, 9_000)]
    [InlineData(28_000, 8_000, 14_000, 6_000)]
    public async Task Length_ThatIsALittleOff_IsTheLastSections(int lengthMs, params int[] lengths)
    {
        var plan = (await WriteAsync(new PlanRequest { Prompt = Prompt, MusicLengthMs = lengthMs })).Plan;

        Assert.Equal(lengths, plan.Sections.Select(section => section.DurationMs));
    }

    [Theory]
    [InlineData(9_000)]
    [InlineData(60_001)]
    [InlineData(360_000)]
    public async Task Length_ThatIsFarOff_IsSharedOut(int lengthMs)
    {
        var written = await WriteAsync(new PlanRequest { Prompt = Prompt, MusicLengthMs = lengthMs });

        Assert.Equal("elevenlabs", written.Writer);
        PlanExpectationsOf(written.Plan, lengthMs);
    }

    [Theory]
    [InlineData(8_999)]
    [InlineData(360_001)]
    public async Task Length_ThatTheSectionsCannotHave_IsOurOwnPlan(int lengthMs)
    {
        var written = await WriteAsync(new PlanRequest { Prompt = Prompt, MusicLengthMs = lengthMs });

        Assert.Equal(("musicrender", "ElevenLabs could not write the plan (its plan could not be read); MusicRender wrote it."), (written.Writer, written.Notice));
        PlanExpectationsOf(written.Plan, lengthMs);
    }

    [Fact]
    public async Task Lines_OverTheLimitsOfASection_AreBrokenAndPutTogether_AndNoWordIsLost()
    {
        var words = Enumerable.Range(1, 400).Select(number => $"word{number}").ToArray();
        var lines = words.Take(300).Chunk(5).Select(five => string.Join(' ', five)).Append(string.Join(' ', words.Skip(300))).ToArray();
        _api.OnPlan = (_, _) => FakeAccountApi.Answer(Chunks(("[Rap]\n" + string.Join('\n', lines), 30_000)));

        var section = Assert.Single((await WriteAsync(new PlanRequest { Prompt = Prompt })).Plan.Sections);

        Assert.InRange(section.Lines.Count, 1, PlanLimits.MaxLines);
        Assert.All(section.Lines, line => Assert.InRange(line.Length, 1, PlanLimits.MaxLine));
        Assert.Equal(words, string.Join(' ', section.Lines).Split([' ', '/'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "invalid_api_key", "it does not accept the key")]
    [InlineData(HttpStatusCode.Unauthorized, "quota_exceeded", "no credits left")]
    [InlineData(HttpStatusCode.PaymentRequired, "insufficient_credits", "no credits left")]
    [InlineData(HttpStatusCode.Forbidden, "subscription_required", "the subscription does not have this")]
    [InlineData(HttpStatusCode.BadRequest, "bad_prompt", "its rules do not allow this prompt")]
    [InlineData(HttpStatusCode.TooManyRequests, "rate_limit_exceeded", "too many requests at once")]
    [InlineData(HttpStatusCode.TooManyRequests, "system_busy", "it is too busy")]
    [InlineData(HttpStatusCode.InternalServerError, "", "it did not answer in time, or has a problem of its own")]
    [InlineData((HttpStatusCode)418, "teapot", "it refused")]
    public async Task Refusal_IsOurOwnPlan_AndSaysWhy(HttpStatusCode status, string code, string why)
    {
        _api.OnPlan = (_, _) => FakeAccountApi.Refuse(status, code);
        var request = new PlanRequest { Prompt = Prompt, Seed = 3 };

        var written = await WriteAsync(request);

        var own = await new OwnPlanWriter().WriteAsync(request, Ct);
        Assert.Equal($"ElevenLabs could not write the plan ({why}); MusicRender wrote it.", written.Notice);
        Assert.Equal("musicrender", written.Writer);
        Assert.Equal(PlanJson.ToCompactText(own.Plan), PlanJson.ToCompactText(written.Plan));
        Assert.Contains("our own writer stood in", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadPrompt_WithASuggestion_IsPassedOn()
    {
        _api.OnPlan = (_, _) => FakeAccountApi.Answer("""{"detail":{"status":"bad_prompt","message":"no","data":{"prompt_suggestion":"A song in the manner of a sunny band"}}}""", HttpStatusCode.BadRequest);

        var written = await WriteAsync(new PlanRequest { Prompt = Prompt });

        Assert.EndsWith("MusicRender wrote it. It would take this prompt: \"A song in the manner of a sunny band\"", written.Notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unreachable")]
    [InlineData("nothing")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"prompt":"sing"}""")]
    [InlineData("""{"chunks":[]}""")]
    [InlineData("""{"chunks":[{"text":"[A]","duration_ms":1000,"positive_styles":[]}]}""")]
    [InlineData("""{"chunks":[{"text":7,"duration_ms":30000,"positive_styles":[]}]}""")]
    [InlineData("""{"chunks":[{"song_id":"s","range":{"start_ms":0,"end_ms":30000}}]}""")]
    public async Task Answer_ThatIsNoPlan_IsOurOwnPlan(string answer)
    {
        _api.OnPlan = (_, ct) => answer switch
        {
            "unreachable" => FakeAccountApi.Unreachable(),
            "nothing" => FakeAccountApi.Answer(""),
            _ => FakeAccountApi.Answer(answer),
        };

        var written = await WriteAsync(new PlanRequest { Prompt = Prompt });

        Assert.Equal("musicrender", written.Writer);
        Assert.Contains("MusicRender wrote it", written.Notice, StringComparison.Ordinal);
        PlanExpectationsOf(written.Plan, 30_000);
    }

    [Fact]
    public async Task Upstream_ThatDoesNotAnswer_IsWaitedForHalfAMinute()
    {
        _api.OnPlan = (_, ct) => FakeAccountApi.Never(ct);
        var writing = WriteAsync(new PlanRequest { Prompt = Prompt });
        await Until.TrueAsync(() => !_api.Plans.IsEmpty, "the plan is asked for");

        _time.Advance(RemotePlanWriter.Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(writing.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Contains("did not answer in time", (await writing).Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_WhoGoes_GetsNoPlan()
    {
        _api.OnPlan = (_, ct) => FakeAccountApi.Never(ct);
        using var impatient = new CancellationTokenSource();
        var writing = WriteAsync(new PlanRequest { Prompt = Prompt }, ct: impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    [Theory]
    [InlineData("sketch", true, "auto")]
    [InlineData("sketch", true, "elevenlabs")]
    [InlineData("gone", true, "auto")]
    [InlineData(null, true, "sketch")]
    [InlineData("elevenlabs", false, "auto")]
    public async Task Plan_ForAnotherGeneratorOrWithoutAKey_IsOurOwnAndAsksNobody(string? generator, bool hasKey, string configured)
    {
        _key.Use(hasKey ? "sk_of_a_test_of_plans" : null);

        var written = await WriteAsync(new PlanRequest { Prompt = Prompt, Generator = generator }, configured);

        Assert.Equal(("musicrender", null), (written.Writer, written.Notice));
        Assert.Empty(_api.Plans);
    }

    [Theory]
    [InlineData("elevenlabs", "sketch")]
    [InlineData(null, "auto")]
    public async Task Plan_ForElevenLabs_IsWrittenThere(string? generator, string configured)
    {
        Assert.Equal("elevenlabs", (await WriteAsync(new PlanRequest { Prompt = Prompt, Generator = generator }, configured)).Writer);
    }

    [Fact]
    public async Task Request_ThatIsBad_IsABug() =>
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(new PlanRequest { Prompt = " " }));

    private static void PlanExpectationsOf(CompositionPlan plan, int lengthMs)
    {
        Assert.Empty(PlanValidator.Check(plan));
        Assert.Equal(lengthMs, plan.DurationMs);
    }

    private static string Chunks(params (string Text, int DurationMs)[] chunks) => new JsonObject
    {
        ["chunks"] = new JsonArray([.. chunks.Select(chunk => new JsonObject
        {
            ["text"] = chunk.Text,
            ["duration_ms"] = chunk.DurationMs,
            ["positive_styles"] = new JsonArray("pop", "124 bpm", "A minor"),
            ["negative_styles"] = new JsonArray(),
            ["context_adherence"] = "high",
            ["conditioning_ref"] = null,
            ["condition_strength"] = null,
        })]),
    }.ToJsonString();

    private Task<WrittenPlan> WriteAsync(PlanRequest request, string configured = "auto", CancellationToken? ct = null)
    {
        var generators = new GeneratorCatalogue([new Named("sketch", IsLocal: true, () => true), new Named("elevenlabs", IsLocal: false, () => _key.IsThere)], Options.Create(new GeneratorOptions { Generator = configured }));
        var writer = new RemotePlanWriter(
            new OwnPlanWriter(), _api, _key, generators, Options.Create(new ElevenLabsOptions { ModelId = "music_of_the_configuration" }), _time, _log);
        return writer.WriteAsync(request, ct ?? Ct);
    }

    private sealed record Named(string Name, bool IsLocal, Func<bool> Ready) : IMusicGenerator
    {
        public string DisplayName => Name;

        public bool IsReady => Ready();

        public GeneratorCapabilities Capabilities => new() { IsLocal = IsLocal, OutputFormats = ["mp3_44100_192"], MaxConcurrency = 1 };

        public IAsyncEnumerable<GeneratorOutput> GenerateAsync(GenerationRequest request, CancellationToken ct) => AsyncEnumerable.Empty<GeneratorOutput>();
    }
}
