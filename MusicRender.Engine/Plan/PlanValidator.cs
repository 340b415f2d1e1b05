namespace MusicRender.Engine.Plan;

/// <summary>Checks compositions against <see cref="PlanLimits"/>.</summary>
public static class PlanValidator
{
    /// <summary>Every limit that the composition breaks, with its JSON path; empty when it is good.</summary>
    public static IReadOnlyList<PlanProblem> Check(Composition composition) => throw new NotImplementedException();
}
