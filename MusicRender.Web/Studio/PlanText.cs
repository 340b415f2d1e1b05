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
        if (options.Seed is { } seed)
        {
            extra = extra.With("seed", JsonSerializer.SerializeToElement(seed));
        }

        if (options.Generator is { } generator)
        {
            extra = extra.With("generator", JsonSerializer.SerializeToElement(generator));
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
            var composition => (PlanConversion.ToSections(composition), [], reading),
        };
    }
}
