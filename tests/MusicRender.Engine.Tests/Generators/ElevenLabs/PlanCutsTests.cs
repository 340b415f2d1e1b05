using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

public sealed class PlanCutsTests
{
    private static string[] Many(int count, string kind) => [.. Enumerable.Range(1, count).Select(number => $"{kind} {number}")];

    [Fact]
    public void Plan_WithMoreThanAChunkHolds_SaysWhatIsLeftOut()
    {
        var plan = new CompositionPlan
        {
            PositiveGlobalStyles = Many(30, "global"),
            Sections =
            [
                new PlanSection { SectionName = "Intro", DurationMs = 10_000, PositiveLocalStyles = Many(20, "local") },
                new PlanSection { SectionName = "Verse", DurationMs = 60_000, PositiveLocalStyles = Many(21, "local"), Lines = [.. Enumerable.Repeat(new string('a', 200), 30)] },
            ],
        };

        var cuts = PlanCuts.Of(plan, "music_v2");

        Assert.Equal(["sections[1].lines", "sections[1].positive_local_styles"], cuts.Select(cut => cut.Path));
        var sent = PlanConversion.ToChunks(plan);
        Assert.Equal(50, sent.Chunks[1].PositiveStyles.Count);
        Assert.True(sent.Chunks[1].Text.Length <= PlanLimits.MaxChunkText);
        Assert.Empty(PlanCuts.Of(plan, "music_v1"));
    }
}
