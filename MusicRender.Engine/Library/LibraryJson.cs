using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicRender.Engine.Library;

/// <summary>The documents of the catalogue as JSON.</summary>
[JsonSerializable(typeof(Track))]
[JsonSerializable(typeof(Draft))]
[JsonSerializable(typeof(CompositionDefaults))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class LibraryJson : JsonSerializerContext
{
    /// <summary>Snake case, without nulls, with Unicode as it is, which is shorter and can be read.</summary>
    public static readonly LibraryJson Documents = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
