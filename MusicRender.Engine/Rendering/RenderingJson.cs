using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicRender.Engine.Rendering;

/// <summary>Requests and logs as JSON, for the catalogue.</summary>
[JsonSerializable(typeof(RenderRequest))]
[JsonSerializable(typeof(RenderEvent))]
[JsonSerializable(typeof(IReadOnlyList<RenderEvent>))]
[JsonSerializable(typeof(TakeNotesLine))]
internal sealed partial class RenderingJson : JsonSerializerContext
{
    /// <summary>Snake case, without nulls, enumerations by name, Unicode as it is.</summary>
    public static readonly RenderingJson Documents = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<RenderStage>(JsonNamingPolicy.SnakeCaseLower), new JsonStringEnumConverter<Plan.FailureCode>(JsonNamingPolicy.SnakeCaseLower) },
    });
}
