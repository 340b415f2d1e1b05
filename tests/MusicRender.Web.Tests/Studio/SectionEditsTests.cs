using System.Text.Json;
using CsCheck;
using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class SectionEditsTests
{
    private static readonly JsonElement Source = JsonDocument.Parse("""{"song_id":"abc"}""").RootElement;

    private static PlanSection Section(string name, int durationMs = 16_000, params string[] lines) =>
        new() { SectionName = name, DurationMs = durationMs, Lines = lines, PositiveLocalStyles = ["warm"], NegativeLocalStyles = ["drums"] };

    private static CompositionPlan Plan(params PlanSection[] sections) => new() { PositiveGlobalStyles = ["indie", "120 bpm"], Sections = sections };

    private static string[] Names(CompositionPlan plan) => [.. plan.Sections.Select(section => section.SectionName)];

    private static int Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    [Theory]
    [InlineData("Chorus", "Chorus 2")]
    [InlineData("Verse 1", "Verse 3")]
    [InlineData("Section 9", "Section 10")]
    public void Duplicate_StandsBehindWithANameOfItsOwn(string name, string copy)
    {
        var plan = Plan(Section(name, 16_000, "a line"), Section("Verse 2"));

        var edited = SectionEdits.Duplicate(plan, 0);

        Assert.Equal([name, copy, "Verse 2"], Names(edited));
        Assert.Equal(plan.Sections[0] with { SectionName = copy }, edited.Sections[1]);
    }

    [Fact]
    public void Duplicate_OfALongName_StaysWithinTheLimit()
    {
        var edited = SectionEdits.Duplicate(Plan(Section(new string('a', 97) + "🎸x")), 0);

        Assert.Empty(PlanValidator.Check(edited));
        Assert.EndsWith(" 2", edited.Sections[1].SectionName, StringComparison.Ordinal);
    }

    [Fact]
    public void Split_DividesLengthAndLines_AndLosesNothing()
    {
        var section = Section("Verse 1", 16_000, "one", "two", "three") with { Extra = ExtraFields.None.With("source_from", Source).With("note", Source) };

        var edited = SectionEdits.Split(Plan(section, Section("Chorus")), 0, new SplitPoint(10_000, 2));

        Assert.Equal(["Verse 1", "Verse 1, part 2", "Chorus"], Names(edited));
        var (first, second) = (edited.Sections[0], edited.Sections[1]);
        Assert.Equal((10_000, 6_000), (first.DurationMs, second.DurationMs));
        Assert.Equal(["one", "two"], first.Lines);
        Assert.Equal(["three"], second.Lines);
        Assert.Equal((section.PositiveLocalStyles, section.NegativeLocalStyles), (second.PositiveLocalStyles, second.NegativeLocalStyles));

        // Recorded sound is not played twice; what nobody knows the meaning of stays with both.
        Assert.Equal(section.Extra, first.Extra);
        Assert.Equal(["note"], second.Extra.Select(field => field.Key));
    }

    [Fact]
    public void Merge_PutsLinesOneAfterTheOther_AndWantsWhatEitherWants()
    {
        var first = Section("Verse", 16_000, "one") with { Extra = ExtraFields.None.With("a", Source) };
        var second = Section("Bridge", 20_000, "two") with
        {
            PositiveLocalStyles = ["Warm", "drums"],
            NegativeLocalStyles = ["strings"],
            Extra = ExtraFields.None.With("b", Source),
        };

        var merged = SectionEdits.Merge(Plan(Section("Intro"), first, second, Section("Outro")), 1);

        Assert.Equal(["Intro", "Verse", "Outro"], Names(merged));
        var section = merged.Sections[1];
        Assert.Equal(36_000, section.DurationMs);
        Assert.Equal(["one", "two"], section.Lines);
        Assert.Equal(["warm", "drums"], section.PositiveLocalStyles);
        Assert.Equal(["strings"], section.NegativeLocalStyles);
        Assert.Equal(["a", "b"], section.Extra.Select(field => field.Key));
    }

    [Fact]
    public void Merge_BeyondALimit_IsRefusedWithTheReason()
    {
        string[] Many(int count) => [.. Enumerable.Range(1, count).Select(number => $"{number}")];
        Assert.Equal(MergeRefusal.NoNext, SectionEdits.WhyNotMerge(Plan(Section("A")), 0));
        Assert.Equal(MergeRefusal.TooLong, SectionEdits.WhyNotMerge(Plan(Section("A", 60_001), Section("B", 60_000)), 0));
        Assert.Equal(MergeRefusal.None, SectionEdits.WhyNotMerge(Plan(Section("A", 60_000), Section("B", 60_000)), 0));
        Assert.Equal(MergeRefusal.TooManyLines, SectionEdits.WhyNotMerge(Plan(Section("A", 9_000, Many(16)), Section("B", 9_000, Many(15))), 0));
        Assert.Equal(MergeRefusal.TooManyStyles, SectionEdits.WhyNotMerge(Plan(Section("A") with { PositiveLocalStyles = Many(50) }, Section("B")), 0));
    }

    [Fact]
    public void Splits_AtBars_DivideTheLinesByWhatIsSungUntilThen()
    {
        var section = Section("Verse", 16_000, "one two", "one two", "one two", "one two");

        var bars = new SectionSplits(section, PlanMusic.Of(Plan(section)), Words).AtBars();

        // Two seconds a bar; each part needs three seconds.
        Assert.Equal([2, 3, 4, 5, 6], bars.Select(choice => choice.Number));
        Assert.Equal([4_000, 6_000, 8_000, 10_000, 12_000], bars.Select(choice => choice.Point.AtMs));
        Assert.Equal((1, 2, 3), (bars[0].Point.Lines, bars[2].Point.Lines, bars[4].Point.Lines));
    }

    [Fact]
    public void Splits_AtLines_LieAtBarsAndLongLinesTakeMoreTime()
    {
        var section = Section("Verse", 16_000, "a b c d e f g h i j", "a b", "[break]", "a b");

        var lines = new SectionSplits(section, PlanMusic.Of(Plan(section)), line => line[0] == '[' ? 0 : Words(line)).AtLines();

        Assert.Equal([1, 2, 3], lines.Select(choice => choice.Point.Lines));
        Assert.Equal([10_000, 12_000, 12_000], lines.Select(choice => choice.Point.AtMs));
    }

    [Theory]
    [InlineData(5_999, false)]
    [InlineData(6_000, true)]
    public void Splits_OfAShortSection_AreThereOnlyWhenBothPartsFit(int durationMs, bool isPossible)
    {
        var section = Section("Stab", durationMs, "one", "two");
        var splits = new SectionSplits(section, PlanMusic.Of(Plan(section)), Words);

        Assert.Equal(isPossible, splits.IsPossible);
        Assert.Equal(isPossible, splits.Middle() is not null);
        Assert.Equal(isPossible, splits.AtLines().Count > 0);
    }

    [Fact]
    public void Splits_OfAnySection_MakeValidPlansOfTheSameLengthAndLines()
    {
        var sections = Gen.Select(Gen.Int[3_000, 120_000], Gen.String[Gen.Char["ab \u4e16["], 0, 20].Array[0, 30], Gen.Int[40, 220]);
        sections.Sample((durationMs, lines, bpm) =>
        {
            var plan = Plan(Section("Verse", durationMs, lines)) with { PositiveGlobalStyles = [$"{bpm} bpm"] };
            var splits = new SectionSplits(plan.Sections[0], PlanMusic.Of(plan), Words);
            SplitChoice?[] all = [.. splits.AtBars(), .. splits.AtLines(), splits.Middle()];
            foreach (var choice in all.OfType<SplitChoice>())
            {
                var edited = SectionEdits.Split(plan, 0, choice.Point);
                Assert.Empty(PlanValidator.Check(edited));
                Assert.Equal(durationMs, edited.DurationMs);
                Assert.Equal(lines, edited.Sections.SelectMany(section => section.Lines));
            }

            Assert.InRange(splits.AtBars().Count, 0, 34);
        }, iter: 300);
    }
}
