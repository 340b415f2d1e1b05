using System.Text.Json;
using System.Text.Json.Nodes;
using ElevenLabs.Simulator.Contract;

namespace ElevenLabs.Simulator.Answers;

/// <summary>A part of a plan, ready to be played.</summary>
/// <param name="DurationMs">How long it is planned.</param>
/// <param name="Json">The chunk or section as it stands in the plan.</param>
/// <param name="Text">What is sung, and directions in curly braces.</param>
internal sealed record PlannedPart(int DurationMs, string Json, string Text);

/// <summary>What a composing call asks for.</summary>
internal sealed record SongOrder
{
    private const int DefaultLengthMs = 60_000;

    /// <summary>The plan that is followed, as JSON.</summary>
    public required string Plan { get; init; }

    public required IReadOnlyList<PlannedPart> Parts { get; init; }

    public required bool WithTimestamps { get; init; }

    /// <summary>"song_metadata".</summary>
    public required string Metadata { get; init; }

    public int DurationMs => Parts.Sum(part => part.DurationMs);

    /// <summary>Reads the body of a right call. From a prompt a plan is written.</summary>
    public static SongOrder Read(JsonElement body)
    {
        var prompt = ProseRules.Field(body, "prompt")?.GetString();
        var plan = ProseRules.Field(body, "composition_plan") ?? JsonSerializer.SerializeToElement(PlanWriter.Write(
            prompt!,
            ProseRules.Field(body, "music_length_ms") is { } length ? (int)length.GetDouble() : DefaultLengthMs,
            ProseRules.ModelOf(body),
            IsTrue("force_instrumental")));
        var isOfChunks = plan.TryGetProperty("chunks", out var parts);
        PlannedPart[] planned = [.. (isOfChunks ? parts : plan.GetProperty("sections")).EnumerateArray().Select(part => isOfChunks ? OfChunk(part) : OfSection(part))];
        return new SongOrder
        {
            Plan = plan.GetRawText(),
            Parts = planned,
            WithTimestamps = IsTrue("with_timestamps"),
            Metadata = MetadataOf(plan, isOfChunks, planned).ToJsonString(),
        };

        bool IsTrue(string name) => ProseRules.Field(body, name) is { ValueKind: JsonValueKind.True };
    }

    private static PlannedPart OfChunk(JsonElement chunk)
    {
        if (chunk.TryGetProperty("range", out var range))
        {
            // A reference to a song of before: it plays as long as its range.
            return new PlannedPart((int)Math.Max(1, range.GetProperty("end_ms").GetDouble() - range.GetProperty("start_ms").GetDouble()), chunk.GetRawText(), "");
        }

        var lines = chunk.GetProperty("text").GetString()!.Split('\n').Where(line => !(line.TrimStart().StartsWith('[') && line.TrimEnd().EndsWith(']')));
        return new PlannedPart((int)chunk.GetProperty("duration_ms").GetDouble(), chunk.GetRawText(), string.Join('\n', lines));
    }

    private static PlannedPart OfSection(JsonElement section) =>
        new((int)section.GetProperty("duration_ms").GetDouble(), section.GetRawText(), string.Join('\n', section.GetProperty("lines").EnumerateArray().Select(line => line.GetString())));

    private static JsonObject MetadataOf(JsonElement plan, bool isOfChunks, PlannedPart[] parts)
    {
        var styles = isOfChunks
            ? parts.Length > 0 && plan.GetProperty("chunks")[0].TryGetProperty("positive_styles", out var first) ? first : default
            : plan.GetProperty("positive_global_styles");
        string[] genres = styles.ValueKind is JsonValueKind.Array ? [.. styles.EnumerateArray().Take(2).Select(style => style.GetString()!)] : [];
        var firstLine = parts.SelectMany(part => part.Text.Split('\n')).FirstOrDefault(line => line.Length > 0 && !line.StartsWith('{'));
        return new JsonObject
        {
            ["title"] = firstLine ?? genres.FirstOrDefault(),
            ["description"] = "A simulated song: a chord for each part of the plan.",
            ["genres"] = new JsonArray([.. genres]),
            ["languages"] = firstLine is null ? [] : new JsonArray("en"),
            ["is_explicit"] = firstLine is null ? null : false,
        };
    }
}
