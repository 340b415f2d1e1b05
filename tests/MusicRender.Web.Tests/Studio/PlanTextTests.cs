using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Web.Studio;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

/// <summary>Nothing that somebody wrote as JSON is lost, whatever becomes of the plan on the timeline.</summary>
public sealed class PlanTextTests
{
    private static readonly Gen<JsonNode?> Values = Gen.OneOf<JsonNode?>(
        Gen.Bool.Select(_ => (JsonNode?)null),
        Gen.Int.Select(number => (JsonNode?)number),
        Gen.Bool.Select(flag => (JsonNode?)flag),
        Gen.String[Gen.Char["aé中א\n\"\\ "], 0, 8].Select(text => (JsonNode?)text),
        Gen.String[Gen.Char.AlphaNumeric, 1, 4].Select(name => (JsonNode?)new JsonObject { [name] = new JsonArray(1, "🎸", null) }));

    private static readonly Gen<JsonObject> UnknownFields =
        Gen.Dictionary(Gen.String[Gen.Char.AlphaNumeric, 1, 6].Select(name => $"my_{name}"), Values)[0, 4].Select(fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))));

    private static readonly Gen<JsonObject> Sections = Gen.Select(UnknownFields, Gen.Int[3_000, 20_000], Gen.Int[0, 1_000_000]).Select((unknown, length, number) =>
        With(unknown, ("section_name", $"Part {number}"), ("duration_ms", length), ("lines", new JsonArray("la", "א 🎸"))));

    private static readonly Gen<JsonObject> Chunks = Gen.Select(UnknownFields, Gen.Int[3_000, 20_000]).Select((unknown, length) =>
        With(unknown, ("text", "[Verse]\nla\n{softly}"), ("duration_ms", length), ("positive_styles", new JsonArray("warm")), ("context_adherence", "low")));

    [Fact]
    public void Sections_ReorderedRenamedAndUndone_KeepTheirUnknownFields() =>
        Gen.Select(UnknownFields, Sections.Array[2, 6], Gen.Int[0, 5], Gen.Int[0, 5]).Sample((around, sections, from, to) =>
        {
            var plan = With(around, ("sections", new JsonArray([.. sections.Select(section => section.DeepClone())])), ("seed", 7), ("output_format", "mp3_44100_128"), ("with_timestamps", true));
            var editor = new PlanEditor(null, null, new FakeTimeProvider());
            editor.SetJson(plan.ToJsonString());
            from %= sections.Length;
            to %= sections.Length;

            editor.Move(from, to);
            editor.SetGlobalWanted(["edited"]);
            editor.SetLength(to, 4_000);

            var expected = sections.ToList();
            var moved = expected[from];
            expected.RemoveAt(from);
            expected.Insert(to, moved);
            var written = JsonNode.Parse(editor.Json)!.AsObject();
            AssertHolds(around, written);
            Assert.Equal((7, "mp3_44100_128", true), ((int)written["seed"]!, (string)written["output_format"]!, (bool)written["with_timestamps"]!));
            foreach (var (section, now) in expected.Zip(written["sections"]!.AsArray()))
            {
                Assert.Equal((string)section["section_name"]!, (string)now!["section_name"]!);
                AssertHolds(Unknown(section), now.AsObject());
            }

            while (editor.CanUndo && editor.Json != plan.ToJsonString())
            {
                editor.Undo();
            }

            Assert.Equal(plan.ToJsonString(), editor.Json);
        }, iter: 300);

    [Fact]
    public void Chunks_EditedAsSectionsAndExported_AreTheSameChunks() =>
        Gen.Select(UnknownFields, Chunks.Array[1, 4]).Sample((around, chunks) =>
        {
            var plan = With(around, ("chunks", new JsonArray([.. chunks.Select(chunk => chunk.DeepClone())])));
            var editor = new PlanEditor(null, null, new FakeTimeProvider());
            editor.Import(plan.ToJsonString());

            editor.SetTitle("Named");

            var exported = JsonNode.Parse(editor.Export(asChunks: true)!)!.AsObject();
            AssertHolds(around, exported);
            foreach (var (chunk, now) in chunks.Zip(exported["chunks"]!.AsArray()))
            {
                AssertHolds(chunk, now!.AsObject());
            }

            var again = new PlanEditor(null, null, new FakeTimeProvider());
            again.Import(editor.Export(asChunks: false)!);
            Assert.True(JsonNode.DeepEquals(exported, JsonNode.Parse(again.Export(asChunks: true)!)));
        }, iter: 300);

    [Fact]
    public void Wrapped_Edited_KeepsWhatWasRoundThePlan()
    {
        var editor = new PlanEditor(null, null, new FakeTimeProvider());
        editor.SetJson("""{"composition_plan":{"sections":[{"section_name":"A","duration_ms":9000}],"mine":1},"title":"T","song_metadata":{"genres":["dub"],"odd":2},"other":{"x":[3]},"seed":4}""");
        Assert.Equal(["dub"], editor.Beside.Song!.Genres);

        editor.Rename(0, "B");

        var written = JsonNode.Parse(editor.Json)!;
        Assert.Equal(("T", 1, 2, 3, 4), ((string)written["title"]!, (int)written["mine"]!, (int)written["song_metadata"]!["odd"]!, (int)written["other"]!["x"]![0]!, (int)written["seed"]!));
    }

    [Fact]
    public void Import_OfAPrompt_GoesToThePrompt()
    {
        var editor = new PlanEditor(Fakes.Samples.Plan, null, new FakeTimeProvider());

        editor.Import("""{"prompt":"A slow waltz","seed":3}""");

        Assert.Equal(("A slow waltz", 3), (editor.Beside.Prompt, editor.Beside.Options.Seed));
        Assert.Same(Fakes.Samples.Plan, editor.Plan);
        editor.Undo();
        Assert.Equal("", editor.Beside.Prompt);
    }

    [Fact]
    public void Import_OfWhatIsNoPlan_KeepsTheTextAndCanBeUndone()
    {
        var editor = new PlanEditor(Fakes.Samples.Plan, null, new FakeTimeProvider());

        editor.Import("not a plan");

        Assert.Equal("not a plan", editor.UnreadableText);
        Assert.Equal(1, editor.Problems[0].Line);
        Assert.Null(editor.Export(asChunks: false));
        editor.Undo();
        Assert.Same(Fakes.Samples.Plan, editor.Plan);
    }

    private static JsonObject With(JsonObject unknown, params (string Name, JsonNode? Value)[] fields)
    {
        var all = unknown.DeepClone().AsObject();
        foreach (var (name, value) in fields)
        {
            all[name] = value;
        }

        return all;
    }

    private static JsonObject Unknown(JsonObject section) =>
        new(section.Where(field => field.Key.StartsWith("my_", StringComparison.Ordinal)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    private static void AssertHolds(JsonObject fields, JsonObject written)
    {
        foreach (var (name, value) in fields)
        {
            Assert.True(written.ContainsKey(name) && JsonNode.DeepEquals(value, written[name]), $"{name} was {value?.ToJsonString()}, is {written[name]?.ToJsonString()}");
        }
    }
}
