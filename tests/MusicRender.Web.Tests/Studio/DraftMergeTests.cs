using MusicRender.Engine.Library;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

/// <summary>Two nodes that saved one draft: nothing of either is lost, and a plan keeps the ids of its own sections.</summary>
public sealed class DraftMergeTests
{
    private static readonly Draft Before = new() { Id = "d", Title = "Title", Story = "Story", Plan = Samples.Plan, PlanText = null, SectionIds = ["a", "b", "c"] };

    [Fact]
    public void Plan_ThatWasEditedHere_BringsItsSectionsIds()
    {
        var mine = Before with { Plan = Samples.Plan with { Sections = [.. Samples.Plan.Sections.Reverse()] }, SectionIds = ["c", "b", "a"] };
        var merged = DraftMerge.Of(Before, mine, Before with { Title = "Theirs" });
        Assert.Same(mine.Plan, merged.Plan);
        Assert.Equal(["c", "b", "a"], merged.SectionIds);
        Assert.Equal("Theirs", merged.Title);
    }

    [Fact]
    public void Plan_ThatWasEditedThere_BringsItsSectionsIds()
    {
        var theirs = Before with { Plan = Samples.Plan with { Sections = [Samples.Plan.Sections[1]] }, SectionIds = ["b"] };
        var merged = DraftMerge.Of(Before, Before with { Story = "Mine" }, theirs);
        Assert.Same(theirs.Plan, merged.Plan);
        Assert.Equal(["b"], merged.SectionIds);
        Assert.Equal("Mine", merged.Story);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Plan_ThatWasEditedInBothPlaces_IsTheLaterOneWithItsText_AndNoMixtureOfTheirIds(bool isText)
    {
        // Half a JSON document leaves the plan as it was: that counts as an edit too.
        var mine = isText
            ? Before with { PlanText = "{ half of" }
            : Before with { Plan = Samples.Plan with { Sections = [.. Samples.Plan.Sections, Samples.Plan.Sections[0]] }, SectionIds = ["a", "b", "c", "d"] };
        var theirs = Before with { Plan = Samples.Plan with { Sections = [Samples.Plan.Sections[2]] }, PlanText = "{}", SectionIds = ["c"] };
        var merged = DraftMerge.Of(Before, mine, theirs);
        Assert.Same(mine.Plan, merged.Plan);
        Assert.Equal((mine.PlanText, string.Join(' ', mine.SectionIds)), (merged.PlanText, string.Join(' ', merged.SectionIds)));
        Assert.Equal(merged.Plan!.Sections.Count, merged.SectionIds.Count);
    }
}
