using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Body of the two composing calls. What is null is not sent; prompt and plan exclude each other.</summary>
internal sealed record ComposeBody
{
    /// <summary>Only a prompt, at most 4 100 characters.</summary>
    [JsonPropertyName("prompt")]
    public string? Prompt { get; init; }

    /// <summary>The plan: chunks, or sections for <c>music_v1</c>. Without fields of our own.</summary>
    [JsonPropertyName("composition_plan")]
    public JsonElement? CompositionPlan { get; init; }

    /// <summary>With a prompt only: 3 000 to 600 000 ms.</summary>
    [JsonPropertyName("music_length_ms")]
    public int? MusicLengthMs { get; init; }

    /// <summary>With a prompt only.</summary>
    [JsonPropertyName("force_instrumental")]
    public bool? ForceInstrumental { get; init; }

    /// <summary>Always sent.</summary>
    [JsonPropertyName("model_id")]
    public required string ModelId { get; init; }

    /// <summary>With a plan only.</summary>
    [JsonPropertyName("seed")]
    public int? Seed { get; init; }

    /// <summary>A custom style model.</summary>
    [JsonPropertyName("finetune_id")]
    public string? FinetuneId { get; init; }

    /// <summary>Above 0 to 2; only with a custom style model.</summary>
    [JsonPropertyName("finetune_strength")]
    public double? FinetuneStrength { get; init; }

    /// <summary>Keep the song for inpainting.</summary>
    [JsonPropertyName("store_for_inpainting")]
    public bool? StoreForInpainting { get; init; }

    /// <summary>Word timings wanted.</summary>
    [JsonPropertyName("with_timestamps")]
    public bool? WithTimestamps { get; init; }

    /// <summary>Sign the file; only the multipart call takes it.</summary>
    [JsonPropertyName("sign_with_c2pa")]
    public bool? SignWithC2pa { get; init; }
}

/// <summary>Body of <c>POST /v1/music/plan</c>.</summary>
/// <param name="Prompt">At most 4 100 characters.</param>
/// <param name="MusicLengthMs">3 000 to 600 000 ms, or null.</param>
/// <param name="ModelId">Always sent.</param>
internal sealed record PlanBody(
    [property: JsonPropertyName("prompt")] string Prompt,
    [property: JsonPropertyName("music_length_ms")] int? MusicLengthMs,
    [property: JsonPropertyName("model_id")] string ModelId);
