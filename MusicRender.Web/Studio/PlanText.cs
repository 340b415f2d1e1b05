using System.Text.Json;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>Plans as text: what the JSON view shows and reads, and what files hold.</summary>
internal static class PlanText
{
    /// <summary>The longest text that is taken, UTF-16 units: more than any plan weighs, less than what a message to the server may.</summary>
    internal const int MaxLength = 400_000;

    /// <summary>Fields of the wrapped form that are read; all others travel along.</summary>
    private static readonly HashSet<string> WrapperFields = ["composition_plan", "title", .. OptionFields(new RenderOptions()).Select(option => option.Name)];

    /// <summary>A plan of either shape as text, with the options that are set behind it.</summary>
    internal static string Write(Composition plan, RenderOptions options)
    {
        var extra = plan.Extra;
        foreach (var (name, value) in OptionFields(options))
        {
            if (value is not null)
            {
                extra = extra.With(name, JsonSerializer.SerializeToElement(value, value.GetType()));
            }
        }

        return PlanJson.ToText(plan with { Extra = extra });
    }

    /// <summary>The text as a plan of sections, or why it is none.</summary>
    internal static (CompositionPlan? Plan, IReadOnlyList<PlanProblem> Problems, PlanReading Reading) Read(string text)
    {
        var reading = PlanReader.Read(text);
        return reading.Composition switch
        {
            null => (null, reading.Problems, reading),
            PromptComposition => (null, [new PlanProblem("prompt", "is not a plan; put it into the Prompt field")], reading),
            var composition => (PlanConversion.ToSections(WithWrapper(composition, text)), [], reading),
        };
    }

    /// <summary>What a wrapped plan has round it (song metadata, unknown fields) as fields of the plan, so that none of it is lost when it is written again.</summary>
    private static Composition WithWrapper(Composition composition, string text)
    {
        using var document = JsonDocument.Parse(text);
        if (!document.RootElement.TryGetProperty("composition_plan", out var inner) || inner.ValueKind == JsonValueKind.Null)
        {
            return composition;
        }

        var around = document.RootElement.EnumerateObject().Where(field => !WrapperFields.Contains(field.Name) && composition.Extra[field.Name] is null);
        return composition with { Extra = ExtraFields.Of([.. composition.Extra, .. around.Select(field => KeyValuePair.Create(field.Name, field.Value))]) };
    }

    private static IEnumerable<(string Name, object? Value)> OptionFields(RenderOptions options) =>
    [
        ("seed", options.Seed),
        ("generator", options.Generator),
        ("output_format", options.OutputFormat),
        ("model_id", options.ModelId),
        ("store_for_inpainting", options.StoreForInpainting),
        ("with_timestamps", options.WithTimestamps),
        ("sign_with_c2pa", options.SignWithC2pa),
        ("finetune_id", options.FinetuneId),
        ("finetune_strength", options.FinetuneStrength),
    ];
}
