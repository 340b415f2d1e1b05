using System.Text.Json;
using CsCheck;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Plan;

public sealed class PlanRoundTripTests
{
    [Fact]
    public void Json_AnyValidComposition_IsReadBackAsItWas() => PlanGen.Any.Sample(
        composition =>
        {
            if (PlanValidator.Check(composition).Count > 0)
            {
                // Sections whose lengths add up to more than a plan may last.
                return;
            }

            var text = PlanJson.ToCompactText(composition);
            var reading = PlanReader.Read(text);
            Assert.Empty(reading.Problems);
            Assert.IsType(composition.GetType(), reading.Composition);
            Assert.Equal(text, PlanJson.ToCompactText(reading.Composition));
            Assert.Equal(text, PlanJson.ToCompactText(PlanReader.Read(PlanJson.ToText(composition)).Composition!));
        },
        iter: 2_000, threads: 1);

    [Fact]
    public void Json_AnyComposition_SurvivesTheSerializer() => PlanGen.Any.Sample(
        composition =>
        {
            var text = JsonSerializer.Serialize(composition);
            Assert.Equal(PlanJson.ToCompactText(composition), PlanJson.ToCompactText(JsonSerializer.Deserialize<Composition>(text)!));
        },
        iter: 500, threads: 1);

    [Fact]
    public void Json_TextForPeople_IsIndentedAndUnescaped()
    {
        var text = PlanJson.ToText(new PromptComposition { Title = "Été 😀", Prompt = "it's <warm>" });
        Assert.Equal("{\n  \"title\": \"Été 😀\",\n  \"prompt\": \"it's <warm>\"\n}", text.Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_OfTheSeed_KeepsUnknownFieldsAtEveryLevel()
    {
        const string Seed = """{"title":"T","positive_global_styles":["pop"],"negative_global_styles":[],"sections":[{"section_name":"Verse","positive_local_styles":[],"negative_local_styles":["loud"],"duration_ms":15000,"lines":["a","b"],"source_from":{"song_id":"x","range":{"start_ms":0,"end_ms":1.50}}}],"mood":"blue"}""";
        Assert.Equal(Seed, PlanJson.ToCompactText(PlanReader.Read(Seed).Composition!));
    }
}
