using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Says what of a plan has no room in the chunks that are sent: a chunk has its lyrics in one text, and the whole track's styles among its own.</summary>
internal static class PlanCuts
{
    /// <summary>The cuts, section by section; none for the model that takes sections.</summary>
    public static IReadOnlyList<PlanRemark> Of(CompositionPlan plan, string modelId) =>
        modelId == SentPlan.SectionsModel ? [] : [.. plan.Sections.SelectMany((section, index) => Of(plan, section, $"sections[{index}]"))];

    private static IEnumerable<PlanRemark> Of(CompositionPlan plan, PlanSection section, string path)
    {
        var text = section.SectionName.Length + 2 + section.Lines.Sum(line => line.Length + 1);
        if (text > PlanLimits.MaxChunkText)
        {
            yield return new PlanRemark($"{path}.lines", $"ElevenLabs takes {PlanLimits.MaxChunkText} characters a section, but these are {text}: the last lines are left out.");
        }

        foreach (var (field, local, global) in ((string, IReadOnlyList<string>, IReadOnlyList<string>)[])
            [("positive_local_styles", section.PositiveLocalStyles, plan.PositiveGlobalStyles), ("negative_local_styles", section.NegativeLocalStyles, plan.NegativeGlobalStyles)])
        {
            var styles = local.Count + global.Count;
            if (styles > PlanLimits.MaxStyles)
            {
                yield return new PlanRemark($"{path}.{field}", $"ElevenLabs takes {PlanLimits.MaxStyles} styles a section, but with the whole track's these are {styles}: the last ones are left out.");
            }
        }
    }
}
