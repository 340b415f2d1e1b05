using System.Text.Json;
using System.Text.Json.Nodes;

namespace MusicRender.E2E;

/// <summary>Plans to begin with.</summary>
internal static class Plans
{
    /// <summary>A plan of sections of equal length, each named by itself.</summary>
    public static JsonObject Of(string title, int sectionMs, params string[] sections) => new()
    {
        ["title"] = title,
        ["positive_global_styles"] = new JsonArray("lo-fi", "90 bpm", "C major"),
        ["negative_global_styles"] = new JsonArray(),
        ["sections"] = new JsonArray([.. sections.Select(name => (JsonNode)new JsonObject
        {
            ["section_name"] = name,
            ["positive_local_styles"] = new JsonArray(),
            ["negative_local_styles"] = new JsonArray(),
            ["duration_ms"] = sectionMs,
            ["lines"] = new JsonArray(),
        })]),
    };

    /// <summary>The same as text.</summary>
    public static string Text(string title, int sectionMs, params string[] sections) =>
        Of(title, sectionMs, sections).ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    /// <summary>Long enough to do something while it is rendered: ten minutes.</summary>
    public static string Long(string title) => Text(title, 120_000, "Intro", "Verse", "Chorus", "Bridge", "Outro");
}
