using CsCheck;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Tests.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Rendering;

public sealed class RemotePlanTests
{
    [Fact]
    public void Chunks_OfAnyKindAndLength_AreAPlanOfExactlyThatLength() => Gen.Select(PlanGen.Chunks, Gen.Int[PlanLimits.MinTotalMs, PlanLimits.MaxTotalMs], Gen.Bool).Sample(
        IsAPlan, iter: 1_000, threads: 1);

    [Fact]
    public void Sections_OfAnyKindAndLength_AreAPlanOfExactlyThatLength() => Gen.Select(PlanGen.Sections, Gen.Int[PlanLimits.MinTotalMs, PlanLimits.MaxTotalMs], Gen.Bool).Sample(
        IsAPlan, iter: 1_000, threads: 1);

    private static void IsAPlan<T>(T written, int lengthMs, bool isInstrumental)
        where T : Composition
    {
        var plan = RemotePlan.Read(PlanJson.ToElement(written), "A title", lengthMs, isInstrumental);

        if (plan is null)
        {
            // Only where so many sections cannot have that length, or lyrics cannot be made to fit.
            var count = PlanConversion.ToSections(written).Sections.Count;
            Assert.True(!SectionTiming.Fits(count, lengthMs) || PlanValidator.Check(written).Count > 0 || HoldsTooMuch(written), $"{count} sections of {lengthMs} ms");
            return;
        }

        Assert.Empty(PlanValidator.Check(plan));
        Assert.Equal(lengthMs, plan.DurationMs);
        Assert.Equal("A title", plan.Title);
        Assert.True(!isInstrumental || plan.Sections.All(section => section.Lines.Count == 0));
    }

    private static bool HoldsTooMuch(Composition written) =>
        PlanConversion.ToSections(written).Sections.Any(section => section.Lines.Sum(line => line.Length + 3) > PlanLimits.MaxLines * PlanLimits.MaxLine / 2);
}
