using System.Globalization;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class ProblemWordingTests
{
    private static readonly CompositionPlan Bad = Samples.Plan with
    {
        Sections =
        [
            Samples.Plan.Sections[0],
            Samples.Plan.Sections[1] with { DurationMs = 2_500, Lines = ["short", new string('x', PlanLimits.MaxLine + 1)] },
        ],
    };

    public ProblemWordingTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static PlanProblem Problem(string path) => Assert.Single(PlanValidator.Check(Bad), problem => problem.Path == path);

    [Fact]
    public void OfPlan_Length_NamesTheSectionAndSpeaksOfSeconds()
    {
        var words = ProblemWording.OfPlan(Problem("sections[1].duration_ms"), Bad);

        Assert.StartsWith("Verse: the length must be 3 to 120 s", words, StringComparison.Ordinal);
        Assert.Contains("2.5", words, StringComparison.Ordinal);
    }

    [Fact]
    public void OfPlan_Length_IsInTheNumbersOfTheReader()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

        Assert.Contains("but is 2,5.", ProblemWording.OfPlan(Problem("sections[1].duration_ms"), Bad), StringComparison.Ordinal);
    }

    [Fact]
    public void OfPlan_EntryOfAnUnnamedSection_SaysWhichOfWhich() =>
        Assert.StartsWith(
            "Section 2: entry 2 of the lyric lines must be",
            ProblemWording.OfPlan(Problem("sections[1].lines[1]"), Bad with { Sections = [Bad.Sections[0], Bad.Sections[1] with { SectionName = " " }] }),
            StringComparison.Ordinal);

    [Fact]
    public void OfPlan_FieldOfTheWholePlan_BeginsWithACapital() =>
        Assert.Equal("The title must be shorter.", ProblemWording.OfPlan(new PlanProblem("title", "must be shorter"), Bad));

    [Fact]
    public void AtField_EntryOfAList_CountsFromOne() =>
        Assert.StartsWith("Entry 2 must be", ProblemWording.AtField(Problem("sections[1].lines[1]")), StringComparison.Ordinal);

    [Fact]
    public void OfPlan_PathOfNoField_StaysAsItIs() =>
        Assert.Equal("The plan is not JSON.", ProblemWording.OfPlan(new PlanProblem("", "is not JSON"), null));
}
