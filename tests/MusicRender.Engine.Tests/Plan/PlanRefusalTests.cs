using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Plan;

/// <summary>Valid plans, broken in one random way: the reader names the broken place, and never throws.</summary>
public sealed class PlanRefusalTests
{
    /// <summary>Text that stands for raw JSON which a node cannot hold.</summary>
    private const string Raw = "@raw@";

    private static readonly string[] NoText = ["1", "true", "[]", "{}", "[\"x\"]"];
    private static readonly string[] NoList = ["1", "\"x\"", "true", "{}", "null"];
    private static readonly string[] NoItem = ["1", "\"x\"", "null", "[]", "false"];
    private static readonly string[] NoDuration = ["\"3000\"", "true", "[]", "{}", "null", "3000.5", "0.1", "-3000", "-1", "0", "2999", "120001", "2147483648", "1e12", "1e400", "-1e400"];
    private static readonly string[] NoUnicode = ["\"\\ud800\"", "\"a\\udc00b\"", "\"\\ud83d\\ud83d\\ude00\""];
    private static readonly string[] NoListItem = ["null", "1", "true", "[]", "{}", "\"\\ud800\""];

    [Fact]
    public void Sections_BrokenInOneWay_AreRefusedWithThePathOfThePlace() => Gen.Select(PlanGen.Sections, Gen.Int[0, 20], Gen.Int[0, 1_000]).Sample(
        (plan, way, dice) => IsRefused(BreakSections(plan, way, dice)), iter: 1_500, threads: 1);

    [Fact]
    public void Chunks_BrokenInOneWay_AreRefusedWithThePathOfThePlace() => Gen.Select(PlanGen.Chunks, Gen.Int[0, 12], Gen.Int[0, 1_000]).Sample(
        (plan, way, dice) => IsRefused(BreakChunks(plan, way, dice)), iter: 1_000, threads: 1);

    [Fact]
    public void Prompt_BrokenInOneWay_IsRefusedWithThePathOfThePlace() => Gen.Select(PlanGen.Prompts, Gen.Int[0, 7], Gen.Int[0, 1_000]).Sample(
        (prompt, way, dice) => IsRefused(BreakPrompt(prompt, way, dice)), iter: 600, threads: 1);

    [Fact]
    public void AnyJson_IsReadOrRefusedButNeverThrows() => PlanGen.AnyJson.Sample(IsReadOrRefused, iter: 3_000, threads: 1);

    [Fact]
    public void AnyFieldsOfPlans_AreReadOrRefusedButNeverThrow() => Gen.Select(PlanGen.AnyJson, PlanGen.AnyJson, PlanGen.AnyJson).Sample(
        (one, two, three) =>
        {
            IsReadOrRefused($$"""{"sections":[{"section_name":{{one}},"duration_ms":{{two}},"lines":{{three}}}]}""");
            IsReadOrRefused($$"""{"composition_plan":{{one}},"song_metadata":{{two}},"seed":{{three}}}""");
            IsReadOrRefused($$"""{"chunks":[{"text":"x","duration_ms":{{one}},"context_adherence":{{two}}},{{three}}]}""");
            IsReadOrRefused($$"""{"prompt":{{one}},"music_length_ms":{{two}},"title":{{three}}}""");
        },
        iter: 1_000, threads: 1);

    [Fact]
    public void AnyText_IsReadOrRefusedButNeverThrows() => Gen.OneOf(
        Gen.String,
        PlanGen.Text(200),
        Gen.Select(PlanGen.Any, Gen.Int[0, 10_000]).Select((plan, at) => Cut(PlanJson.ToCompactText(plan), at))).Sample(IsReadOrRefused, iter: 2_000, threads: 1);

    private static (string Json, string Path) BreakSections(CompositionPlan plan, int way, int dice)
    {
        var node = JsonNode.Parse(PlanJson.ToCompactText(plan with { Sections = [.. plan.Sections.Select(section => section with { DurationMs = PlanLimits.MinSectionMs })] }))!.AsObject();
        var sections = node["sections"]!.AsArray();
        var index = dice % sections.Count;
        var section = sections[index]!.AsObject();
        var at = $"sections[{index}]";
        var global = dice % 2 == 0 ? "positive_global_styles" : "negative_global_styles";
        var local = dice % 3 == 0 ? "lines" : dice % 2 == 0 ? "positive_local_styles" : "negative_local_styles";
        return way switch
        {
            0 => Put(node, "title", NoText, dice, "title"),
            1 => Put(node, "title", NoUnicode, dice, "title"),
            2 => Put(node, global, NoList, dice, global),
            3 => Put(node, "sections", ["1", "\"x\"", "true", "{}"], dice, "sections"),
            4 => Put(node, "sections", ["[]"], dice, "sections"),
            5 => Item(node, sections, index, NoItem, dice, at),
            6 => Put(node, section, "section_name", [.. NoText, "null", "\"\"", "\" \\n\""], dice, $"{at}.section_name"),
            7 => Put(node, section, "section_name", NoUnicode, dice, $"{at}.section_name"),
            8 => Put(node, section, "duration_ms", NoDuration, dice, $"{at}.duration_ms"),
            9 => Put(node, section, local, NoList, dice, $"{at}.{local}"),
            10 => Insert(node, section[local]!.AsArray(), NoListItem, dice, $"{at}.{local}"),
            11 => Insert(node, node[global]!.AsArray(), NoListItem, dice, global),
            12 => Missing(node, section, "section_name", $"{at}.section_name"),
            13 => Missing(node, section, "duration_ms", $"{at}.duration_ms"),
            14 => Fill(node, section[local]!.AsArray(), local == "lines" ? PlanLimits.MaxLines : PlanLimits.MaxStyles, $"{at}.{local}"),
            15 => Fill(node, node[global]!.AsArray(), PlanLimits.MaxStyles, global),
            16 => Insert(node, section[local]!.AsArray(), [JsonSerializer.Serialize(new string('x', (local == "lines" ? PlanLimits.MaxLine : PlanLimits.MaxStyle) + 1))], dice, $"{at}.{local}"),
            17 => Twice(node, section, dice % 2 == 0 ? "duration_ms" : "lines", $"{at}.{(dice % 2 == 0 ? "duration_ms" : "lines")}"),
            18 => Twice(node, node, dice % 2 == 0 ? "sections" : "seed", dice % 2 == 0 ? "sections" : "seed"),
            19 => TooLong(node, sections),
            _ => Put(node, "seed", ["-1", "0.5", "2147483648", "\"1\"", "[1]", "true"], dice, "seed"),
        };
    }

    private static (string Json, string Path) BreakChunks(ChunkPlan plan, int way, int dice)
    {
        var node = JsonNode.Parse(PlanJson.ToCompactText(plan with { Chunks = [.. plan.Chunks.Select(chunk => chunk with { DurationMs = PlanLimits.MinSectionMs })] }))!.AsObject();
        var chunks = node["chunks"]!.AsArray();
        var index = dice % chunks.Count;
        var chunk = chunks[index]!.AsObject();
        var at = $"chunks[{index}]";
        var styles = dice % 2 == 0 ? "positive_styles" : "negative_styles";
        return way switch
        {
            0 => Put(node, chunk, "text", [.. NoText, "null"], dice, $"{at}.text"),
            1 => Put(node, chunk, "text", NoUnicode, dice, $"{at}.text"),
            2 => Put(node, chunk, "text", [JsonSerializer.Serialize(new string('x', PlanLimits.MaxChunkText + 1))], dice, $"{at}.text"),
            3 => Put(node, chunk, "duration_ms", NoDuration, dice, $"{at}.duration_ms"),
            4 => Put(node, chunk, styles, NoList, dice, $"{at}.{styles}"),
            5 => Insert(node, chunk[styles]!.AsArray(), NoListItem, dice, $"{at}.{styles}"),
            6 => Fill(node, chunk[styles]!.AsArray(), PlanLimits.MaxStyles, $"{at}.{styles}"),
            7 => Put(node, chunk, "context_adherence", NoText, dice, $"{at}.context_adherence"),
            8 => Missing(node, chunk, "text", $"{at}.text"),
            9 => Missing(node, chunk, "duration_ms", $"{at}.duration_ms"),
            10 => Item(node, chunks, index, NoItem, dice, at),
            11 => Twice(node, chunk, "text", $"{at}.text"),
            _ => Put(node, "chunks", ["[]", "1", "\"x\"", "{}"], dice, "chunks"),
        };
    }

    private static (string Json, string Path) BreakPrompt(PromptComposition prompt, int way, int dice)
    {
        var node = JsonNode.Parse(PlanJson.ToCompactText(prompt))!.AsObject();
        return way switch
        {
            0 => Put(node, "prompt", [.. NoText, "\"\"", "\"\\t\""], dice, "prompt"),
            1 => Put(node, "prompt", NoUnicode, dice, "prompt"),
            2 => Put(node, "prompt", [JsonSerializer.Serialize(new string('x', PlanLimits.MaxPrompt + 1))], dice, "prompt"),
            3 => Put(node, "music_length_ms", ["\"3000\"", "2999", "600001", "3000.5", "-1", "1e400", "[]"], dice, "music_length_ms"),
            4 => Put(node, "force_instrumental", ["1", "\"true\"", "[]", "{}"], dice, "force_instrumental"),
            5 => Twice(node, node, "prompt", "prompt"),
            6 => Put(node, "title", [JsonSerializer.Serialize(new string('x', PlanLimits.MaxTitle + 1))], dice, "title"),
            _ => Missing(node, node, "prompt", "sections"),
        };
    }

    private static (string Json, string Path) Put(JsonObject root, string name, string[] values, int dice, string path) => Put(root, root, name, values, dice, path);

    private static (string Json, string Path) Put(JsonObject root, JsonObject place, string name, string[] values, int dice, string path)
    {
        place[name] = Raw;
        return (Text(root, values[dice % values.Length]), path);
    }

    private static (string Json, string Path) Item(JsonObject root, JsonArray list, int index, string[] values, int dice, string path)
    {
        list[index] = Raw;
        return (Text(root, values[dice % values.Length]), path);
    }

    private static (string Json, string Path) Insert(JsonObject root, JsonArray list, string[] values, int dice, string path)
    {
        if (list.Count > 5)
        {
            // Room for one more.
            list.RemoveAt(5);
        }

        var index = dice % (list.Count + 1);
        list.Insert(index, Raw);
        return (Text(root, values[dice % values.Length]), $"{path}[{index}]");
    }

    private static (string Json, string Path) Missing(JsonObject root, JsonObject place, string name, string path)
    {
        place.Remove(name);
        return (root.ToJsonString(), path);
    }

    private static (string Json, string Path) Fill(JsonObject root, JsonArray list, int most, string path)
    {
        while (list.Count <= most)
        {
            list.Add("one more");
        }

        return (root.ToJsonString(), path);
    }

    private static (string Json, string Path) Twice(JsonObject root, JsonObject place, string name, string path)
    {
        var value = place[name]?.ToJsonString() ?? "1";
        place.Remove(name);
        place[Raw] = 0;
        return (root.ToJsonString().Replace($"\"{Raw}\":0", $"\"{name}\":{value},\"{name}\":{value}", StringComparison.Ordinal), path);
    }

    private static (string Json, string Path) TooLong(JsonObject root, JsonArray sections)
    {
        foreach (var section in sections)
        {
            section!["duration_ms"] = PlanLimits.MaxSectionMs;
        }

        while (sections.Count <= PlanLimits.MaxTotalMs / PlanLimits.MaxSectionMs)
        {
            sections.Add(new JsonObject { ["section_name"] = "More", ["duration_ms"] = PlanLimits.MaxSectionMs });
        }

        return (root.ToJsonString(), "sections");
    }

    private static string Text(JsonObject root, string raw) => root.ToJsonString().Replace($"\"{Raw}\"", raw, StringComparison.Ordinal);

    private static string Cut(string text, int at) => text[..Math.Min(at, text.Length)];

    private static void IsRefused((string Json, string Path) broken)
    {
        var reading = PlanReader.Read(broken.Json);
        Assert.Null(reading.Composition);
        Assert.NotEmpty(reading.Problems);
        Assert.All(reading.Problems, problem => Assert.Equal(broken.Path, problem.Path));
        Assert.All(reading.Problems, problem => Assert.NotEqual("", problem.Message));
    }

    private static void IsReadOrRefused(string json)
    {
        var reading = PlanReader.Read(json);
        Assert.NotEqual(reading.Composition is null, reading.Problems.Count == 0);
        if (reading.Composition is { } composition)
        {
            Assert.Empty(PlanValidator.Check(composition));
            Assert.Equal(PlanJson.ToCompactText(composition), PlanJson.ToCompactText(PlanReader.Read(PlanJson.ToCompactText(composition)).Composition!));
        }
    }
}
