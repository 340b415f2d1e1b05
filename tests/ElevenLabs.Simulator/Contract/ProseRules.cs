using System.Text.Json;

namespace ElevenLabs.Simulator.Contract;

/// <summary>What the document says in its descriptions only, and what the other facts on the upstream add.</summary>
internal static class ProseRules
{
    private const string FirstModel = "music_v1";

    /// <summary>Checks the body of a composing call. Shapes are the schema's business: what is not of its shape is passed over here.</summary>
    public static void CheckComposition(JsonElement body, string outputFormat, List<Violation> found)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        var model = ModelOf(body);
        var hasPrompt = Field(body, "prompt") is not null;
        var plan = Field(body, "composition_plan");
        if (hasPrompt == plan is not null)
        {
            found.Add(Location.Body.Says("value_error", hasPrompt ? "Value error, prompt and composition_plan cannot be used together" : "Value error, one of prompt and composition_plan is required"));
        }

        if (Field(body, "music_prompt") is not null)
        {
            Refuse("music_prompt", "is deprecated: use composition_plan");
        }

        if (hasPrompt)
        {
            RefuseIfThere("seed", "cannot be used together with prompt");
            RefuseIfThere("respect_sections_durations", "can only be used with composition_plan");
        }
        else
        {
            RefuseIfThere("music_length_ms", "can only be used with prompt");
            RefuseIfThere("force_instrumental", "can only be used with prompt");
            RefuseIfThere("generation_mode", "can only be used with prompt");
        }

        if (model != FirstModel)
        {
            RefuseIfThere("respect_sections_durations", $"applies to {FirstModel} only");
        }

        if (Field(body, "finetune_id") is null)
        {
            RefuseIfThere("finetune_strength", "can only be used with finetune_id");
        }

        if (Field(body, "sign_with_c2pa") is { ValueKind: JsonValueKind.True } && !(outputFormat.StartsWith("mp3", StringComparison.Ordinal) || outputFormat == "auto"))
        {
            Refuse("sign_with_c2pa", "applies to mp3 files only");
        }

        if (plan is { ValueKind: JsonValueKind.Object } && hasPrompt == false)
        {
            CheckPlan(plan.Value, model, Location.Body.At("composition_plan"), found);
        }

        void RefuseIfThere(string name, string why)
        {
            if (Field(body, name) is not null)
            {
                Refuse(name, why);
            }
        }

        void Refuse(string name, string why) => found.Add(Location.Body.At(name).Says("value_error", $"Value error, {name} {why}"));
    }

    /// <summary>Checks the body of <c>POST /v1/music/plan</c>.</summary>
    public static void CheckPlanning(JsonElement body, List<Violation> found)
    {
        if (body.ValueKind is JsonValueKind.Object && Field(body, "source_composition_plan") is { ValueKind: JsonValueKind.Object } source)
        {
            CheckPlan(source, ModelOf(body), Location.Body.At("source_composition_plan"), found);
        }
    }

    /// <summary>The model of a body; without one it is the API's default.</summary>
    public static string ModelOf(JsonElement body) => Field(body, "model_id") is { ValueKind: JsonValueKind.String } model ? model.GetString()! : FirstModel;

    /// <summary>A field that is there and not null.</summary>
    public static JsonElement? Field(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private static void CheckPlan(JsonElement plan, string model, Location at, List<Violation> found)
    {
        var (name, other) = model == FirstModel ? ("sections", "chunks") : ("chunks", "sections");
        if (Field(plan, other) is not null)
        {
            found.Add(at.At(other).Says("value_error", $"Value error, {model} takes {name}, not {other}"));
        }
        else if (Field(plan, name) is { ValueKind: JsonValueKind.Array } parts && parts.GetArrayLength() == 0)
        {
            found.Add(at.At(name).Says("too_short", "List should have at least 1 item after validation, not 0"));
        }
    }
}
