using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch;

public sealed class LyricSyllablesTests
{
    private static CompositionPlan Plan(int durationMs, params string[] lines) =>
        new() { Sections = [new PlanSection { SectionName = "Verse", DurationMs = durationMs, Lines = lines }] };

    [Theory]
    [InlineData("The platform hums", 4)]
    [InlineData("over the lake and home again", 8)]
    [InlineData("", 0)]
    [InlineData("  ", 0)]
    [InlineData("[Guitar solo]", 0)]
    [InlineData("{softly} stay", 1)]
    [InlineData("夜の猫", 3)]
    [InlineData("🐈 —", 0)]
    public void Count_OfALine_IsWhatIsSung(string line, int expected)
    {
        var syllables = new LyricSyllables();
        syllables.Follow(Plan(10_000, line, "and the night is long for you"));

        Assert.Equal(expected, syllables.Count(line));
    }

    [Fact]
    public void Follow_LyricsInAnotherLanguage_AreCountedAnew()
    {
        var syllables = new LyricSyllables();
        syllables.Follow(Plan(10_000, "the time of my love"));
        var english = syllables.Count("Rose");

        syllables.Follow(Plan(10_000, "Rose", "und ich bin nicht mit dir"));

        // A silent e in English, a sung one in German.
        Assert.Equal((1, 2), (english, syllables.Count("Rose")));
    }

    [Fact]
    public void Remarks_MoreSyllablesThanAreSungWithoutHurry_SayWhichSection()
    {
        var generator = new SketchGenerator(new SketchOptions());
        string[] lines = ["I wandered over every open meadow in the morning", "and nobody remembered any other summer evening"];

        var remark = Assert.Single(generator.RemarksOn(Plan(3_000, lines), null));

        Assert.Equal("sections[0].lines", remark.Path);
        Assert.Contains("syllables in 3 s", remark.Message, StringComparison.Ordinal);
        Assert.Empty(generator.RemarksOn(Plan(20_000, lines), null));
        Assert.Empty(generator.RemarksOn(new CompositionPlan(), null));
    }
}
