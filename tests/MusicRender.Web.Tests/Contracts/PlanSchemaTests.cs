using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MusicRender.Engine.Plan;
using MusicRender.Web.Tests.Server.Contract;
using Xunit;

namespace MusicRender.Web.Tests.Contracts;

/// <summary>The plan's schemas and the reader say the same of a plan, but for what no schema can say: the length of all sections together.</summary>
public sealed class PlanSchemaTests
{
    private static readonly JsonElement Document = JsonElement.Parse(PlanSchemas.Document(PlanSchemas.RenderRequest).ToJsonString());
    private static readonly JsonSchema Schema = new(Document, Document);

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    /// <summary>Text whose length lies around a limit; blank now and then.</summary>
    private static Gen<JsonNode?> TextAround(int limit) => Gen.OneOf(
        Gen.Int[Math.Max(0, limit - 1), limit + 1].Select(length => (JsonNode?)new string('x', length)),
        One<string?>("", " ", "夜", null).Select(text => (JsonNode?)text),
        Gen.Const(1).Select(number => (JsonNode?)number));

    private static Gen<JsonNode?> NumberAround(params int[] limits) => Gen.OneOf(
        One(limits).SelectMany(limit => Gen.Int[-1, 1].Select(off => (JsonNode?)JsonValue.Create((long)limit + off))),
        One("3000.0", "3000.5", "-3000", "true", "null", "\"3000\"").Select(json => JsonNode.Parse(json)));

    private static Gen<JsonNode?> ListAround(int limit, JsonNode item) => Gen.OneOf(
        One(0, 1, limit, limit + 1).Select(count => (JsonNode?)new JsonArray([.. Enumerable.Range(0, count).Select(_ => item.DeepClone())])),
        One("null", "{}", "[null]", "\"x\"", "[\"x\",1]").Select(json => JsonNode.Parse(json)));

    private static readonly Gen<JsonNode?> Styles = Gen.OneOf(
        ListAround(PlanLimits.MaxStyles, "warm"),
        One(PlanLimits.MaxStyle, PlanLimits.MaxStyle + 1).Select(length => (JsonNode?)new JsonArray(new string('x', length))));

    private static readonly Gen<JsonNode?> Flag = One("true", "false", "null", "1", "\"yes\"").Select(json => JsonNode.Parse(json));

    private static readonly (string Field, Gen<JsonNode?> Value)[] Common =
    [
        ("title", TextAround(PlanLimits.MaxTitle)),
        ("seed", NumberAround(0, int.MaxValue)),
        ("generator", TextAround(3)),
        ("with_timestamps", Flag),
        ("finetune_strength", One("0", "0.01", "2", "2.01", "-1", "null", "\"1\"").Select(json => JsonNode.Parse(json))),
        ("something_else", TextAround(1)),
        ("prompt", One("null", "\"rain\"").Select(json => JsonNode.Parse(json))),
        ("chunks", One("null", "[]").Select(json => JsonNode.Parse(json))),
        ("sections", One("null", "[]").Select(json => JsonNode.Parse(json))),
        ("composition_plan", One("null", "{}", "[]").Select(json => JsonNode.Parse(json))),
    ];

    private static readonly (string Field, Gen<JsonNode?> Value)[] OfPlan =
    [
        .. Common,
        ("positive_global_styles", Styles),
        ("negative_global_styles", Styles),
    ];

    private static readonly (string Field, Gen<JsonNode?> Value)[] OfSection =
    [
        ("section_name", TextAround(PlanLimits.MaxSectionName)),
        ("duration_ms", NumberAround(PlanLimits.MinSectionMs, PlanLimits.MaxSectionMs)),
        ("positive_local_styles", Styles),
        ("lines", Gen.OneOf(ListAround(PlanLimits.MaxLines, "la"), One(PlanLimits.MaxLine, PlanLimits.MaxLine + 1).Select(length => (JsonNode?)new JsonArray(new string('x', length))))),
    ];

    private static readonly (string Field, Gen<JsonNode?> Value)[] OfChunk =
    [
        ("text", TextAround(PlanLimits.MaxChunkText)),
        ("duration_ms", NumberAround(PlanLimits.MinSectionMs, PlanLimits.MaxSectionMs)),
        ("positive_styles", Styles),
        ("context_adherence", TextAround(5)),
    ];

    private static readonly (string Field, Gen<JsonNode?> Value)[] OfPrompt =
    [
        .. Common.Where(field => field.Field != "prompt"),
        ("prompt", TextAround(PlanLimits.MaxPrompt)),
        ("music_length_ms", NumberAround(PlanLimits.MinTotalMs, PlanLimits.MaxTotalMs)),
        ("force_instrumental", Flag),
    ];

    private static readonly Gen<JsonNode> Plan = Gen.OneOf(
        Changed("""{"section_name":"Verse","duration_ms":3000}""", OfSection, 2).SelectMany(section => Changed($$"""{"sections":[{{section.ToJsonString()}}]}""", [.. OfPlan.Where(field => field.Field != "sections")], 2)),
        Changed("""{"text":"[Verse]","duration_ms":3000}""", OfChunk, 2).SelectMany(chunk => Changed($$"""{"chunks":[{{chunk.ToJsonString()}}]}""", [.. Common.Where(field => field.Field != "chunks")], 2)),
        Changed("""{"prompt":"rain"}""", OfPrompt, 2),
        One(0, 1, PlanLimits.MaxSections, PlanLimits.MaxSections + 1).Select(count => JsonNode.Parse($$"""{"sections":[{{string.Join(',', Enumerable.Repeat("""{"section_name":"Verse","duration_ms":3000}""", count))}}]}""")!),
        One("[]", "1", "{}", """{"sections":{}}""", """{"sections":[1]}""", """{"prompt":null}""").Select(json => JsonNode.Parse(json)!));

    private static readonly Gen<JsonNode> Asked = Gen.OneOf(
        Plan,
        Plan.SelectMany(plan => Changed($$"""{"composition_plan":{{plan.ToJsonString()}}}""", [.. Common.Where(field => field.Field is not ("composition_plan" or "title" or "sections" or "chunks"))], 1)));

    [Fact]
    public void Schema_AndReader_TakeTheSamePlans()
    {
        var (taken, refused) = (0, 0);
        Asked.Sample(
            plan =>
            {
                var json = JsonElement.Parse(plan.ToJsonString());
                var reading = PlanReader.Read(json);
                var wrong = Schema.Check(json);
                Interlocked.Increment(ref reading.Composition is null ? ref refused : ref taken);
                Assert.True((wrong.Count == 0) == (reading.Composition is not null), $"{plan.ToJsonString()}\nschema: {string.Join("; ", wrong)}\nreader: {string.Join("; ", reading.Problems)}");
            },
            iter: 4_000);
        Assert.True(taken > 400 && refused > 400, $"{taken} were taken, {refused} refused.");
    }

    /// <summary>A JSON object with up to so many of its fields set to something else, or taken away.</summary>
    private static Gen<JsonNode> Changed(string json, (string Field, Gen<JsonNode?> Value)[] fields, int most) =>
        Gen.Int[0, fields.Length - 1].SelectMany(at => fields[at].Value.Select(value => (fields[at].Field, Value: value))).Array[0, most].Select(changes =>
        {
            var changed = JsonNode.Parse(json)!.AsObject();
            foreach (var (field, value) in changes)
            {
                changed[field] = value?.DeepClone();
            }

            return (JsonNode)changed;
        });
}
