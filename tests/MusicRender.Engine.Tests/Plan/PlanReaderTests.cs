using System.Text.Json;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Plan;

public sealed class PlanReaderTests
{
    private const string Section = """{"section_name":"Verse","duration_ms":3000}""";
    private const string Sections = $$"""{"sections":[{{Section}}]}""";

    [Fact]
    public void Sections_WithoutLists_HaveEmptyOnes()
    {
        var plan = Assert.IsType<CompositionPlan>(Good(Sections).Composition);
        Assert.Empty(plan.PositiveGlobalStyles);
        Assert.Empty(plan.NegativeGlobalStyles);
        Assert.Empty(plan.Sections[0].Lines);
        Assert.Null(plan.Title);
        Assert.Equal(3_000, plan.DurationMs);
    }

    [Fact]
    public void Chunks_AreRead()
    {
        var plan = Assert.IsType<ChunkPlan>(Good("""{"title":"T","chunks":[{"text":"","duration_ms":120000,"context_adherence":"low","new":{"a":[1.0]}}]}""").Composition);
        Assert.Equal("low", plan.Chunks[0].ContextAdherence);
        Assert.Equal("{\"a\":[1.0]}", plan.Chunks[0].Extra["new"]!.Value.GetRawText());
    }

    [Fact]
    public void Prompt_IsRead()
    {
        var prompt = Assert.IsType<PromptComposition>(Good("""{"title":"T","prompt":"a song","music_length_ms":3000,"force_instrumental":true}""").Composition);
        Assert.Equal(("T", "a song", 3_000, true), (prompt.Title, prompt.Prompt, prompt.DurationMs!.Value, prompt.ForceInstrumental));
        Assert.Null(Good("""{"prompt":"a song"}""").Composition!.DurationMs);
    }

    [Fact]
    public void Wrapped_TakesTitleMetadataAndOptionsFromOutside()
    {
        var reading = Good($$"""{"composition_plan":{{Sections}},"title":"Outer","song_metadata":{"title":"S","description":"d","genres":["pop"],"moods":null,"tags":[],"languages":["en"],"is_explicit":false},"seed":7}""");
        Assert.Equal("Outer", reading.Composition!.Title);
        Assert.Equal(("S", "d", false), (reading.Song!.Title, reading.Song.Description, reading.Song.IsExplicit));
        Assert.Equal(["pop"], reading.Song.Genres);
        Assert.Empty(reading.Song.Moods);
        Assert.Equal(7, reading.Options.Seed);
    }

    [Fact]
    public void Wrapped_TitleInside_Wins() =>
        Assert.Equal("Inner", Good($$"""{"composition_plan":{"title":"Inner","sections":[{{Section}}]},"title":"Outer"}""").Composition!.Title);

    [Fact]
    public void WrappedTwice_IsRefused()
    {
        var reading = PlanReader.Read("""{"composition_plan":{"composition_plan":7,"prompt":"a song"}}""");
        Assert.Null(reading.Composition);
        Assert.Equal("composition_plan.composition_plan", Assert.Single(reading.Problems).Path);
    }

    [Fact]
    public void Wrapped_Problems_HavePathsFromTheRoot()
    {
        var reading = PlanReader.Read("""{"composition_plan":{"sections":[{"section_name":"V","duration_ms":1}]},"song_metadata":{"genres":[1]}}""");
        Assert.Equal(["composition_plan.sections[0].duration_ms", "song_metadata.genres[0]"], reading.Problems.Select(problem => problem.Path).Order());
    }

    [Fact]
    public void Options_OfAllKinds_AreReadBesideAnyShape()
    {
        const string Options = """
            "generator":"sketch","seed":2147483647,"output_format":"mp3_44100_128","model_id":"music_v2","store_for_inpainting":true,
            "with_timestamps":false,"sign_with_c2pa":true,"finetune_id":"f","finetune_strength":2
            """;
        foreach (var shape in new[] { $"\"sections\":[{Section}]", "\"chunks\":[{\"text\":\"x\",\"duration_ms\":3000}]", "\"prompt\":\"x\"", $"\"composition_plan\":{Sections}" })
        {
            var reading = Good($"{{{shape},{Options}}}");
            Assert.Equal(
                new RenderOptions
                {
                    Generator = "sketch",
                    Seed = int.MaxValue,
                    OutputFormat = "mp3_44100_128",
                    ModelId = "music_v2",
                    StoreForInpainting = true,
                    WithTimestamps = false,
                    SignWithC2pa = true,
                    FinetuneId = "f",
                    FinetuneStrength = 2,
                },
                reading.Options);
            Assert.Empty(reading.Composition!.Extra);
        }
    }

    [Fact]
    public void Options_OfTheEnvelope_GiveWayToThoseInside()
    {
        using var plan = JsonDocument.Parse("""{"prompt":"x","seed":2}""");
        using var beside = JsonDocument.Parse("""{"type":"render","seed":1,"generator":"outer","composition_plan":{}}""");
        var reading = PlanReader.Read(plan.RootElement, beside.RootElement);
        Assert.Empty(reading.Problems);
        Assert.Equal((2, "outer"), (reading.Options.Seed!.Value, reading.Options.Generator));
    }

    [Theory]
    [InlineData("""{"seed":-1}""", "seed")]
    [InlineData("""{"seed":2147483648}""", "seed")]
    [InlineData("""{"seed":1.5}""", "seed")]
    [InlineData("""{"seed":"1"}""", "seed")]
    [InlineData("""{"generator":1}""", "generator")]
    [InlineData("""{"with_timestamps":"yes"}""", "with_timestamps")]
    [InlineData("""{"finetune_strength":2.01}""", "finetune_strength")]
    [InlineData("""{"finetune_strength":0}""", "finetune_strength")]
    [InlineData("""{"finetune_strength":1e999}""", "finetune_strength")]
    [InlineData("""{"model_id":"\udc00"}""", "model_id")]
    public void Options_ThatAreBad_AreNamed(string options, string path)
    {
        Assert.Equal([path], Paths(options.Replace("{", """{"prompt":"x",""", StringComparison.Ordinal)));
        using var plan = JsonDocument.Parse("""{"prompt":"x"}""");
        using var beside = JsonDocument.Parse(options);
        var outside = PlanReader.Read(plan.RootElement, beside.RootElement);
        Assert.True(outside.Problems.Count > 0 || path == "model_id", "A bad option in the envelope must be told.");
    }

    [Theory]
    [InlineData("""{"prompt":"x","sections":[{"section_name":"V","duration_ms":3000}]}""", "prompt")]
    [InlineData("""{"prompt":"x","chunks":[{"text":"V","duration_ms":3000}]}""", "prompt")]
    [InlineData("""{"sections":[{"section_name":"V","duration_ms":3000}],"chunks":[{"text":"V","duration_ms":3000}]}""", "chunks")]
    [InlineData("""{"composition_plan":{"prompt":"x"},"prompt":"x"}""", "prompt")]
    public void PromptAndPlan_Together_ExcludeEachOther(string json, string path)
    {
        var problem = Assert.Single(PlanReader.Read(json).Problems);
        Assert.Equal(path, problem.Path);
        Assert.Contains("exclude", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30000.0", 30_000)]
    [InlineData("3e4", 30_000)]
    [InlineData("3000", 3_000)]
    [InlineData("120000.000", 120_000)]
    public void Duration_WrittenInAnyWayThatIsWhole_IsRead(string number, int expected) =>
        Assert.Equal(expected, Good($$"""{"sections":[{"section_name":"V","duration_ms":{{number}}}]}""").Composition!.DurationMs);

    [Theory]
    [InlineData("3000.5")]
    [InlineData("-3000")]
    [InlineData("0")]
    [InlineData("2999")]
    [InlineData("120001")]
    [InlineData("4294970296")]
    [InlineData("1e10")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("99999999999999999999999999")]
    [InlineData("\"3000\"")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[3000]")]
    public void Duration_ThatIsNot_IsNamed(string value) =>
        Assert.Equal(["sections[0].duration_ms"], Paths($$"""{"sections":[{"section_name":"V","duration_ms":{{value}}}]}"""));

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-")]
    [InlineData("03000")]
    [InlineData("'3000'")]
    public void Duration_ThatIsNotJson_IsTold(string value) =>
        Assert.Contains("is not JSON", Assert.Single(PlanReader.Read($$"""{"sections":[{"section_name":"V","duration_ms":{{value}}}]}""").Problems).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,2")]
    [InlineData("\ud800")]
    [InlineData("{\"title\":\"\ud800\"}")]
    [InlineData("// comment\n{}")]
    [InlineData("{\"a\":1,}")]
    public void Text_ThatIsNotJson_IsTold(string text) => Assert.Single(PlanReader.Read(text).Problems);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"plan\"")]
    [InlineData("\"\\ud800\"")]
    public void Json_ThatIsNoObject_IsTold(string text) =>
        Assert.Contains(PlanReader.Read(text).Problems, problem => problem.Path.Length == 0 && problem.Message.Contains("must be a JSON object", StringComparison.Ordinal));

    [Fact]
    public void Plan_WithoutShape_IsToldWhatIsMissing() => Assert.Equal(["sections"], Paths("""{"title":"T"}"""));

    [Fact]
    public void Plan_WithManyProblems_HasThemAllNamedAtOnce()
    {
        var paths = Paths("""
            {"title":5,"positive_global_styles":[null,"a",7],"negative_global_styles":"x","seed":-1,"a":1,"a":2,
             "sections":[{"section_name":"","duration_ms":1,"lines":{}},5,{"duration_ms":3000.5,"lines":["\ud800"]}]}
            """);
        Assert.Equal(
            [
                "a", "negative_global_styles", "positive_global_styles[0]", "positive_global_styles[2]", "sections[0].duration_ms", "sections[0].lines",
                "sections[0].section_name", "sections[1]", "sections[2].duration_ms", "sections[2].lines[0]", "sections[2].section_name", "seed", "title",
            ],
            paths.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Plan_WithMoreProblemsThanAreTold_SaysHowManyMore()
    {
        var styles = string.Join(',', Enumerable.Repeat("null", PlanReader.MaxProblems + 25));
        var reading = PlanReader.Read($$"""{"positive_global_styles":[{{styles}}],"sections":[{{Section}}]}""");
        Assert.Null(reading.Composition);
        Assert.Equal(PlanReader.MaxProblems + 1, reading.Problems.Count);
        // 25 nulls more, and the list is too long as well.
        Assert.Equal("The plan has 26 more problems.", reading.Problems[^1].ToString());
    }

    [Fact]
    public void Failure_OfProblems_NamesThemAllInOneMessageAndInItsDetails()
    {
        var failure = RenderFailure.Invalid(PlanReader.Read("""{"sections":[{"duration_ms":1}]}""").Problems);
        Assert.Equal(FailureCode.ValidationError, failure.Code);
        Assert.Equal("sections[0].section_name: is missing. sections[0].duration_ms: must be 3000 to 120000 ms, but is 1.", failure.Message);
        Assert.Equal(["sections[0].section_name", "sections[0].duration_ms"], failure.Details!.Value.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("path").GetString()));
    }

    [Theory]
    [InlineData("""{"\ud800":1,"sections":[{"section_name":"V","duration_ms":3000}]}""")]
    [InlineData("""{"\ud800xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx":1,"prompt":"x"}""")]
    [InlineData("""{"se\udc00xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx":1,"prompt":"x"}""")]
    [InlineData("""{"sections":[{"du\ud800xxxxxxxxxxxxxxxxx":1,"section_name":"V","duration_ms":3000}]}""")]
    [InlineData("""{"composition_plan":{"\ud800xxxxxxxxxxxxxxxxxxxxxxxxxxx":1,"prompt":"x"}}""")]
    [InlineData("""{"composition_plan":{"prompt":"x"},"song_metadata":{"\ud800xxxxxxxxxxxxxxxxxxxxxxxxxxx":1}}""")]
    public void Names_ThatAreNotUnicode_AreTold(string json) =>
        Assert.Contains(PlanReader.Read(json).Problems, problem => problem.Message.Contains("surrogate", StringComparison.Ordinal));

    [Fact]
    public void Names_OfTheEnvelopeThatAreNotUnicode_DoNotThrow()
    {
        using var plan = JsonDocument.Parse("""{"prompt":"x"}""");
        using var beside = JsonDocument.Parse("""{"\ud800xxxxxxxxxxxxxxxxxxxxxxxxxxx":1,"seed":3}""");
        Assert.Equal(3, PlanReader.Read(plan.RootElement, beside.RootElement).Options.Seed);
    }

    [Fact]
    public void Nesting_ThatIsTooDeepToBeStored_IsNamedAndTheDeepestAllowedIsStored()
    {
        static string Deep(int levels) => $$"""{"prompt":"x","extra":{{new string('[', levels)}}{{new string(']', levels)}}}""";
        var deepest = Good(Deep(PlanLimits.MaxDepth - 1)).Composition!;
        // In the catalogue and on the wire a plan stands inside of something.
        var stored = JsonSerializer.Serialize(new { outer = new { result = new { plan = deepest } } });
        using var document = JsonDocument.Parse(stored);
        Assert.Equal(PlanJson.ToCompactText(deepest), PlanJson.ToCompactText(document.RootElement.GetProperty("outer").GetProperty("result").GetProperty("plan").Deserialize<Composition>()!));
        Assert.StartsWith("extra[0]", Assert.Single(Paths(Deep(PlanLimits.MaxDepth))), StringComparison.Ordinal);
    }

    private static PlanReading Good(string json)
    {
        var reading = PlanReader.Read(json);
        Assert.Empty(reading.Problems);
        Assert.NotNull(reading.Composition);
        return reading;
    }

    private static IReadOnlyList<string> Paths(string json)
    {
        var reading = PlanReader.Read(json);
        Assert.Null(reading.Composition);
        return [.. reading.Problems.Select(problem => problem.Path)];
    }
}
