using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Plan;

/// <summary>Every limit of the contract at its exact border: the last good value, and the first bad one with its path.</summary>
public sealed class PlanLimitsTests
{
    [Fact]
    public void Title_300Characters_IsTheLongest()
    {
        Good(new CompositionPlan { Title = Letters(300), Sections = [Section()] });
        Bad("title", new CompositionPlan { Title = Letters(301), Sections = [Section()] });
    }

    [Fact]
    public void Sections_1To30_AreAllowed()
    {
        Good(Of(Section()));
        Good(Of([.. Enumerable.Repeat(Section(), 30)]));
        Bad("sections", Of());
        Bad("sections", Of([.. Enumerable.Repeat(Section(), 31)]));
    }

    [Fact]
    public void SectionName_1To100Characters_IsAllowed()
    {
        Good(Of(Section() with { SectionName = "V" }));
        Good(Of(Section() with { SectionName = Letters(100) }));
        Bad("sections[0].section_name", Of(Section() with { SectionName = "" }));
        Bad("sections[0].section_name", Of(Section() with { SectionName = " \u00a0" }));
        Bad("sections[0].section_name", Of(Section() with { SectionName = Letters(101) }));
    }

    [Theory]
    [InlineData(3_000, true)]
    [InlineData(120_000, true)]
    [InlineData(2_999, false)]
    [InlineData(120_001, false)]
    [InlineData(int.MinValue, false)]
    public void Duration_3To120Seconds_IsAllowed(int duration, bool isGood)
    {
        Check(isGood, "sections[0].duration_ms", Of(Section() with { DurationMs = duration }));
        Check(isGood, "chunks[0].duration_ms", new ChunkPlan { Chunks = [new PlanChunk { DurationMs = duration }] });
    }

    [Fact]
    public void Total_600Seconds_IsTheLongest()
    {
        var five = Enumerable.Repeat(Section() with { DurationMs = 119_000 }, 5).ToArray();
        Good(Of([.. five, Section() with { DurationMs = 5_000 }]));
        Bad("sections", Of([.. five, Section() with { DurationMs = 5_001 }]));
        Bad("chunks", new ChunkPlan { Chunks = [.. Enumerable.Repeat(new PlanChunk { DurationMs = 100_001 }, 6)] });
    }

    [Fact]
    public void Styles_50PerList_AreAllowed()
    {
        string[] most = [.. Enumerable.Repeat("s", 50)];
        string[] tooMany = [.. most, "s"];
        Good(Of(Section() with { PositiveLocalStyles = most, NegativeLocalStyles = most }) with { PositiveGlobalStyles = most, NegativeGlobalStyles = most });
        Bad("positive_global_styles", Of(Section()) with { PositiveGlobalStyles = tooMany });
        Bad("negative_global_styles", Of(Section()) with { NegativeGlobalStyles = tooMany });
        Bad("sections[1].positive_local_styles", Of(Section(), Section() with { PositiveLocalStyles = tooMany }));
        Bad("sections[1].negative_local_styles", Of(Section(), Section() with { NegativeLocalStyles = tooMany }));
        Bad("chunks[0].positive_styles", new ChunkPlan { Chunks = [new PlanChunk { DurationMs = 3_000, PositiveStyles = tooMany }] });
        Bad("chunks[0].negative_styles", new ChunkPlan { Chunks = [new PlanChunk { DurationMs = 3_000, NegativeStyles = tooMany }] });
    }

    [Fact]
    public void Style_500Characters_IsTheLongest()
    {
        Good(Of(Section()) with { PositiveGlobalStyles = ["", Letters(500)] });
        Bad("positive_global_styles[1]", Of(Section()) with { PositiveGlobalStyles = ["", Letters(501)] });
    }

    [Fact]
    public void Lines_30Of200Characters_AreAllowed()
    {
        Good(Of(Section() with { Lines = [.. Enumerable.Repeat(Letters(200), 30)] }));
        Bad("sections[0].lines", Of(Section() with { Lines = [.. Enumerable.Repeat("x", 31)] }));
        Bad("sections[0].lines[1]", Of(Section() with { Lines = ["", Letters(201)] }));
    }

    [Fact]
    public void ChunkText_6000Characters_IsTheLongest()
    {
        Good(new ChunkPlan { Chunks = [new PlanChunk { DurationMs = 3_000, Text = Letters(6_000) }] });
        Bad("chunks[0].text", new ChunkPlan { Chunks = [new PlanChunk { DurationMs = 3_000, Text = Letters(6_001) }] });
    }

    [Fact]
    public void Chunks_1To30_AreAllowed()
    {
        Good(new ChunkPlan { Chunks = [.. Enumerable.Repeat(new PlanChunk { DurationMs = 3_000 }, 30)] });
        Bad("chunks", new ChunkPlan());
        Bad("chunks", new ChunkPlan { Chunks = [.. Enumerable.Repeat(new PlanChunk { DurationMs = 3_000 }, 31)] });
    }

    [Fact]
    public void Prompt_1To4100Characters_IsAllowed()
    {
        Good(new PromptComposition { Prompt = "x" });
        Good(new PromptComposition { Prompt = Letters(4_100) });
        Bad("prompt", new PromptComposition { Prompt = "" });
        Bad("prompt", new PromptComposition { Prompt = "\n " });
        Bad("prompt", new PromptComposition { Prompt = Letters(4_101) });
    }

    [Theory]
    [InlineData(3_000, true)]
    [InlineData(600_000, true)]
    [InlineData(2_999, false)]
    [InlineData(600_001, false)]
    [InlineData(-1, false)]
    public void MusicLength_3To600Seconds_IsAllowed(int length, bool isGood) =>
        Check(isGood, "music_length_ms", new PromptComposition { Prompt = "x", MusicLengthMs = length });

    private static PlanSection Section() => new() { SectionName = "Verse", DurationMs = 3_000 };

    private static CompositionPlan Of(params PlanSection[] sections) => new() { Sections = sections };

    private static string Letters(int count) => new('x', count);

    private static void Good(Composition composition) => Check(true, "", composition);

    private static void Bad(string path, Composition composition) => Check(false, path, composition);

    private static void Check(bool isGood, string path, Composition composition)
    {
        var problems = PlanValidator.Check(composition);
        Assert.Equal(isGood ? [] : [path], problems.Select(problem => problem.Path));
        // The reader says the same of the same plan as JSON.
        Assert.Equal(problems, PlanReader.Read(PlanJson.ToCompactText(composition)).Problems);
    }
}
