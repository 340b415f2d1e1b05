using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ElevenLabs.Simulator.Contract;

/// <summary>A point where a call does not keep to the contract, as the upstream's validation lists write it.</summary>
/// <param name="Loc">Where: "body", "composition_plan", "chunks", "2", "text". Places in lists are numbers in JSON.</param>
/// <param name="Msg">What is wrong, for people.</param>
/// <param name="Type">What is wrong, for programs: "missing", "string_too_long".</param>
public sealed record Violation(
    [property: JsonPropertyName("loc"), JsonConverter(typeof(LocConverter))] IReadOnlyList<string> Loc,
    [property: JsonPropertyName("msg")] string Msg,
    [property: JsonPropertyName("type")] string Type)
{
    /// <summary>The place in one word: "body.composition_plan.chunks.2.text".</summary>
    [JsonIgnore]
    public string Path => string.Join('.', Loc);

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Msg} ({Type})";
}

internal sealed class LocConverter : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        [.. JsonElement.ParseValue(ref reader).EnumerateArray().Select(part => part.ToString())];

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var part in value)
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            {
                writer.WriteNumberValue(place);
            }
            else
            {
                writer.WriteStringValue(part);
            }
        }

        writer.WriteEndArray();
    }
}
