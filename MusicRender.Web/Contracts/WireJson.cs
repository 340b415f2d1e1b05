using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicRender.Web.Contracts;

/// <summary>Everything that goes over the wire, as JSON: snake case, times in UTC with Z, Unicode as it is.</summary>
[JsonSerializable(typeof(RenderMessage))]
[JsonSerializable(typeof(RenderResultBody))]
[JsonSerializable(typeof(RenderStatusBody))]
[JsonSerializable(typeof(RenderPageBody))]
[JsonSerializable(typeof(RenderAcceptedBody))]
[JsonSerializable(typeof(PartialTakeBody))]
[JsonSerializable(typeof(PromptBody))]
[JsonSerializable(typeof(PromptAnswer))]
[JsonSerializable(typeof(PlanBody))]
[JsonSerializable(typeof(PlanAnswer))]
[JsonSerializable(typeof(TrackBody))]
[JsonSerializable(typeof(TrackPageBody))]
[JsonSerializable(typeof(TrackEditBody))]
[JsonSerializable(typeof(PeaksBody))]
[JsonSerializable(typeof(FinetunePageBody))]
[JsonSerializable(typeof(StemsRequestBody))]
[JsonSerializable(typeof(StemsBody))]
[JsonSerializable(typeof(StemSetBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(HealthBody))]
public sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>The one to use.</summary>
    public static readonly WireJson Wire = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowDuplicateProperties = false,
        Converters = { new UtcTime() },
    });

    /// <summary>Times as <c>2026-11-23T04:05:06.789Z</c>.</summary>
    private sealed class UtcTime : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<byte> text = stackalloc byte[32];
            value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            writer.WriteStringValue(text[..length]);
        }
    }
}
