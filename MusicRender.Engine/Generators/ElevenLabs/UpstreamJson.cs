using System.Text.Json;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Reads fields of the upstream's JSON, where anything may be missing, null or of another kind. Never throws.</summary>
internal static class UpstreamJson
{
    /// <summary>A field of an object that is there and not null; else null.</summary>
    public static JsonElement? Field(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && FieldReader.TryGet(json, name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A field that is text; else null.</summary>
    public static string? Text(JsonElement json, string name) => Field(json, name) is { } value ? Text(value) : null;

    /// <summary>A value that is text; else null.</summary>
    public static string? Text(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are no UTF-8.
            return null;
        }
    }

    /// <summary>A field that is a whole number within the range of int; else null.</summary>
    public static int? Whole(JsonElement json, string name) =>
        Field(json, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && Math.Abs(number) <= int.MaxValue ? (int)Math.Round(number) : null;

    /// <summary>A field that is a list; else nothing.</summary>
    public static IEnumerable<JsonElement> List(JsonElement json, string name) =>
        Field(json, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
