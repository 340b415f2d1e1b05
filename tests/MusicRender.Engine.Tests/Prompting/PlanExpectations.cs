using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using Xunit;

namespace MusicRender.Engine.Tests.Prompting;

/// <summary>What every written plan must keep to, checked against the limits themselves.</summary>
internal static class PlanExpectations
{
    internal static void IsWithinLimits(CompositionPlan plan, int totalMs)
    {
        Assert.InRange(plan.Sections.Count, 1, PlanLimits.MaxSections);
        Assert.Equal(totalMs, plan.Sections.Sum(section => section.DurationMs));
        Assert.False(string.IsNullOrWhiteSpace(plan.Title));
        Assert.True(plan.Title.Length <= 80);
        AreStyles(plan.PositiveGlobalStyles);
        AreStyles(plan.NegativeGlobalStyles);
        foreach (var section in plan.Sections)
        {
            Assert.InRange(section.SectionName.Length, 1, PlanLimits.MaxSectionName);
            Assert.InRange(section.DurationMs, PlanLimits.MinSectionMs, PlanLimits.MaxSectionMs);
            Assert.InRange(section.Lines.Count, 0, PlanLimits.MaxLines);
            Assert.All(section.Lines, line => Assert.InRange(line.Length, 1, PlanLimits.MaxLine));
            Assert.All(section.Lines, IsWellFormed);
            AreStyles(section.PositiveLocalStyles);
            AreStyles(section.NegativeLocalStyles);
        }
    }

    internal static void IsWellFormed(string text)
    {
        Assert.DoesNotContain('\n', text);
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]))
            {
                Assert.True(at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]), "a lone high surrogate");
                at++;
            }
            else
            {
                Assert.False(char.IsLowSurrogate(text[at]), "a lone low surrogate");
            }
        }
    }

    internal static async Task<WrittenPlan> PlanAsync(string prompt, int? lengthMs = null, int? seed = null) =>
        await new OwnPlanWriter().WriteAsync(
            new PlanRequest { Prompt = prompt, MusicLengthMs = lengthMs, Seed = seed }, TestContext.Current.CancellationToken);

    private static void AreStyles(IReadOnlyList<string> styles)
    {
        Assert.InRange(styles.Count, 0, PlanLimits.MaxStyles);
        Assert.All(styles, style => Assert.InRange(style.Length, 1, PlanLimits.MaxStyle));
        Assert.All(styles, IsWellFormed);
    }
}
