using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicRender.Engine.Plan;

/// <summary>
/// Stores and reads compositions in their wire shapes. Reading does not check the limits: what was accepted once stays
/// readable when a limit changes.
/// </summary>
public sealed class CompositionConverter<T> : JsonConverter<T>
    where T : Composition
{
    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        var fields = new FieldReader();
        return json.ValueKind == JsonValueKind.Object && PlanFields.ReadComposition(fields, json, "") is T composition && fields.Problems.Count == 0
            ? composition
            : throw new JsonException($"Not a stored composition. {string.Join(' ', fields.Problems)}");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => PlanJson.Write(writer, value);
}
