using System.Text.Json;
using System.Text.Json.Nodes;

namespace MusicRender.Web.Tests.Server;

/// <summary>Plans as clients send them.</summary>
internal static class Plans
{
    /// <summary>A plan of the seed's shape, every field of it there.</summary>
    public static JsonObject Seed(string? title = "My Song", int durationMs = 3000, int sections = 1)
    {
        var plan = new JsonObject();
        if (title is not null)
        {
            plan["title"] = title;
        }

        plan["positive_global_styles"] = new JsonArray("warm lo-fi", "90 bpm");
        plan["negative_global_styles"] = new JsonArray("harsh");
        plan["sections"] = new JsonArray([.. Enumerable.Range(1, sections).Select(number => Section($"Verse {number}", durationMs))]);
        return plan;
    }

    public static JsonObject Section(string name = "Verse", int durationMs = 3000) => new()
    {
        ["section_name"] = name,
        ["positive_local_styles"] = new JsonArray("soft piano"),
        ["negative_local_styles"] = new JsonArray(),
        ["duration_ms"] = durationMs,
        ["lines"] = new JsonArray("A line to sing"),
    };

    /// <summary>The socket's message.</summary>
    public static string Message(JsonNode plan, string? generator = "scripted")
    {
        var message = new JsonObject { ["type"] = "render", ["composition_plan"] = plan };
        if (generator is not null)
        {
            message["generator"] = generator;
        }

        return message.ToJsonString();
    }

    /// <summary>The socket's message for a plan of a title.</summary>
    public static string Message(string? title, string? generator = "scripted") => Message(Seed(title), generator);

    /// <summary>A REST body in the wrapped form.</summary>
    public static string Wrapped(string? title, string generator) =>
        new JsonObject { ["composition_plan"] = Seed(title), ["generator"] = generator }.ToJsonString();

    public static JsonElement Element(this JsonNode node) => JsonSerializer.SerializeToElement(node);
}
