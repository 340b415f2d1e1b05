using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;

namespace MusicRender.Benchmarks.Sketch;

/// <summary>Plans as the wizard makes them of quick starts, at lengths of our choosing.</summary>
internal static class BenchmarkPlans
{
    /// <summary>The plan of a quick start, always the same; without a length, of its own.</summary>
    public static async Task<CompositionPlan> OfAsync(string quickStart, int? seconds = null)
    {
        var start = Presets.QuickStarts.First(known => known.Name == quickStart);
        var prompt = await new PresetPromptWriter().WriteAsync(
            new PromptRequest { ProjectBlueprint = start.Blueprint, SoundProfile = start.Sound, DeliveryAndControl = start.Delivery, UserNarrative = start.StoryExample },
            CancellationToken.None);
        var written = await new OwnPlanWriter().WriteAsync(
            new PlanRequest { Prompt = prompt.Prompt, Title = prompt.Title, MusicLengthMs = seconds * 1000, Seed = 1 },
            CancellationToken.None);
        return written.Plan;
    }
}
