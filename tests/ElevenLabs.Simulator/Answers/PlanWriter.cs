using System.Text.Json.Nodes;

namespace ElevenLabs.Simulator.Answers;

/// <summary>Writes plausible plans: chunks for newer models, sections for the first.</summary>
internal static class PlanWriter
{
    private const int UsualPartMs = 12_000;
    private const int MostParts = 12;
    private const int MostStyles = 8;
    private const int LongestStyle = 100;

    private static readonly string[] Lines =
    [
        "Streetlights hum a quiet tune", "We are walking with the moon", "Every window holds a spark", "Carry me out of the dark",
        "Hold on to the morning light", "We will sing it through the night", "Nothing here is out of reach", "Waves are writing on the beach",
    ];

    /// <summary>A plan of this length.</summary>
    public static JsonObject Write(string prompt, int lengthMs, string model, bool isInstrumental)
    {
        isInstrumental |= prompt.Contains("instrumental", StringComparison.OrdinalIgnoreCase);
        var styles = StylesOf(prompt);
        var count = Math.Clamp(lengthMs / UsualPartMs, 1, MostParts);
        var parts = Enumerable.Range(0, count).Select(part => (
            Name: NameOf(part, count),
            DurationMs: part == count - 1 ? lengthMs - (lengthMs / count * (count - 1)) : lengthMs / count));
        if (model == "music_v1")
        {
            return new JsonObject
            {
                ["positive_global_styles"] = ArrayOf(styles),
                ["negative_global_styles"] = ArrayOf(["low quality"]),
                ["sections"] = new JsonArray([.. parts.Select(part => (JsonNode)new JsonObject
                {
                    ["section_name"] = part.Name,
                    ["positive_local_styles"] = ArrayOf([MoodOf(part.Name)]),
                    ["negative_local_styles"] = new JsonArray(),
                    ["duration_ms"] = part.DurationMs,
                    ["lines"] = ArrayOf(LinesOf(part.Name, isInstrumental)),
                })]),
            };
        }

        return new JsonObject
        {
            ["chunks"] = new JsonArray([.. parts.Select((part, index) => (JsonNode)new JsonObject
            {
                ["text"] = string.Join('\n', [$"[{part.Name}]", .. LinesOf(part.Name, isInstrumental) is { Length: > 0 } lines ? lines : ["{instrumental}"]]),
                ["duration_ms"] = part.DurationMs,
                ["positive_styles"] = ArrayOf([.. index == 0 ? styles : styles.Take(2), MoodOf(part.Name)]),
                ["negative_styles"] = new JsonArray(),
                ["context_adherence"] = "high",
            })]),
        };
    }

    /// <summary>A plan made of another one: the prompt's wish stands first in it.</summary>
    public static JsonObject Rework(JsonObject source, string prompt)
    {
        var plan = source.DeepClone().AsObject();
        var styles = (plan["chunks"]?.AsArray().FirstOrDefault()?["positive_styles"] ?? plan["positive_global_styles"])?.AsArray();
        if (styles is { Count: < 50 })
        {
            styles.Insert(0, StylesOf(prompt)[0]);
        }

        return plan;
    }

    private static string[] StylesOf(string prompt) =>
    [
        .. prompt.Split([',', '.', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(phrase => phrase.Length <= LongestStyle)
            .Take(MostStyles)
            .DefaultIfEmpty("melodic pop"),
        "great production quality",
    ];

    private static string NameOf(int part, int count) =>
        count == 1 ? "Verse 1"
        : part == 0 && count > 2 ? "Intro"
        : part == count - 1 && count > 3 ? "Outro"
        : (part + (count > 2 ? 1 : 0)) % 2 == 0 ? $"Verse {(part / 2) + 1}" : "Chorus";

    private static string MoodOf(string name) => name switch
    {
        "Intro" => "sparse opening",
        "Outro" => "gentle ending",
        "Chorus" => "bigger drums",
        _ => "steady groove",
    };

    private static string[] LinesOf(string name, bool isInstrumental) =>
        isInstrumental || name is "Intro" or "Outro" ? [] : [.. Lines.Skip(name == "Chorus" ? 4 : 0).Take(4)];

    private static JsonArray ArrayOf(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
