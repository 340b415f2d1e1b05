using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>Reads what is typed into the JSON view.</summary>
internal static class PlanText
{
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
