using System.Text.Json;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>Reads what is typed into the JSON view.</summary>
internal static class PlanText
{
    /// <summary>A plan as text, with the options that are set behind it.</summary>
    internal static string Write(CompositionPlan plan, PlanOptions options)
    {
        var extra = plan.Extra;
        Add("seed", options.Seed);
        Add("generator", options.Generator);
        Add("model_id", options.ModelId);
        Add("finetune_id", options.FinetuneId);
        Add("finetune_strength", options.FinetuneStrength);
        return PlanJson.ToText(plan with { Extra = extra });

        void Add<T>(string name, T? value)
        {
            if (value is not null)
            {
                extra = extra.With(name, JsonSerializer.SerializeToElement(value));
            }
        }
    }

    /// <summary>The text as a plan of sections, or why it is none.</summary>
    internal static (CompositionPlan? Plan, IReadOnlyList<PlanProblem> Problems, PlanReading Reading) Read(string text)
    {
        var reading = PlanReader.Read(text);
        return reading.Composition switch
        {
            null => (null, reading.Problems, reading),
            PromptComposition => (null, [new PlanProblem("prompt", "is not a plan; put it into the Prompt field")], reading),
            var composition => (PlanConversion.ToSections(composition), [], reading),
        };
    }
}
