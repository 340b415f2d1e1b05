using System.Text.Json;
using CsCheck;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Plan;

public sealed class PlanConversionTests
{
    [Fact]
    public void Sections_ToChunksAndBack_AreTheSamePlan() =>
        PlanGen.Sections.Sample(IsTheSameThereAndBack, iter: 2_000, threads: 1);

    [Fact]
    public void Chunks_ToSectionsAndBack_AreTheSamePlan() =>
        PlanGen.Chunks.Sample(IsTheSameThereAndBack, iter: 2_000, threads: 1);

    [Fact]
    public void LargestPlan_ToChunksAndBack_IsTheSameAndTheChunksAreWithinTheirLimits()
    {
        var plan = PlanGen.Largest();
        Assert.Empty(PlanValidator.Check(plan));
        Assert.Empty(PlanValidator.Check(PlanConversion.ToChunks(plan)));
        IsTheSameThereAndBack(plan);
    }

    [Fact]
    public void Sections_AsChunks_AreWithinTheLimitsOfChunks() => PlanGen.Sections.Sample(
        plan => Assert.All(PlanValidator.Check(PlanConversion.ToChunks(plan)), problem => Assert.Equal("chunks", problem.Path)),
        iter: 500, threads: 1);

    [Fact]
    public void Chunks_AsSections_AreWithinTheLimitsOfSections() => PlanGen.Chunks.Sample(
        plan => Assert.All(PlanValidator.Check(PlanConversion.ToSections(plan)), problem => Assert.Equal("sections", problem.Path)),
        iter: 500, threads: 1);

    [Theory]
    [InlineData(1, 6_000)]
    [InlineData(3, 450)]
    [InlineData(40, 30)]
    [InlineData(29, 203)]
    public void Chunk_WithLinesTooLongOrTooMany_BecomesASectionThatHasAllItsWords_AndComesBack(int lines, int length)
    {
        string[] words = [.. Enumerable.Range(0, lines).Select(line => string.Join(' ', Enumerable.Range(0, length / 10).Select(word => $"w{line:000}x{word:0000}")).PadRight(length, 'z'))];
        var plan = new ChunkPlan { Chunks = [new PlanChunk { Text = string.Join('\n', words)[..Math.Min(6_000, (lines * (length + 1)) - 1)], DurationMs = 10_000, ContextAdherence = "high" }] };

        var sections = PlanConversion.ToSections(plan);

        Assert.Empty(PlanValidator.Check(sections));
        Assert.Equal(LettersOf(plan.Chunks[0].Text), LettersOf(string.Concat(sections.Sections[0].Lines)));
        IsTheSameThereAndBack(plan);

        static string LettersOf(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
    }

    [Fact]
    public void Sections_WithLinesOfBlanksBracketsAndBreaks_ComeBack()
    {
        IsTheSameThereAndBack(new CompositionPlan
        {
            Sections =
            [
                new PlanSection { SectionName = " Verse ]", DurationMs = 3_000, Lines = ["", " ", "[Chorus]", "a\nb", "c\r", "\t"] },
                new PlanSection { SectionName = "a\nb", DurationMs = 3_000, Lines = [""] },
                new PlanSection { SectionName = "Section 3", DurationMs = 3_000 },
                new PlanSection { SectionName = "[]", DurationMs = 3_000, Lines = ["x"] },
            ],
        });
    }

    [Theory]
    [InlineData("section", "text")]
    [InlineData("section", "context_adherence")]
    [InlineData("section", "extra")]
    [InlineData("plan", "lines")]
    public void Sections_WithExtraFieldsOfAChunksNames_ComeBackAndDoNotBecomeTheChunks(string level, string name)
    {
        var extra = ExtraFields.Of([KeyValuePair.Create("first", JsonElement.Parse("1")), KeyValuePair.Create(name, JsonElement.Parse("\"mine\"")), KeyValuePair.Create("last", JsonElement.Parse("[1.0]"))]);
        var plan = new CompositionPlan
        {
            Extra = level == "plan" ? extra : ExtraFields.None,
            Sections = [new PlanSection { SectionName = "Verse", Lines = ["la"], DurationMs = 3_000, Extra = level == "section" ? extra : ExtraFields.None }],
        };
        var chunk = Assert.Single(PlanConversion.ToChunks(plan).Chunks);
        Assert.Equal("[Verse]\nla", chunk.Text);
        Assert.Equal("high", chunk.ContextAdherence);
        IsTheSameThereAndBack(plan);
        Assert.Empty(PlanReader.Read(PlanJson.ToCompactText(PlanConversion.ToChunks(plan))).Problems);
    }

    [Fact]
    public void Sections_AsChunks_SayNameLinesAndStylesInTheUpstreamsWay()
    {
        var plan = new CompositionPlan
        {
            PositiveGlobalStyles = ["pop"],
            NegativeGlobalStyles = ["sad"],
            Sections =
            [
                new PlanSection { SectionName = "Verse", Lines = ["one", "two"], DurationMs = 10_000, PositiveLocalStyles = ["soft"], NegativeLocalStyles = ["loud"] },
                new PlanSection { SectionName = "Chorus", DurationMs = 12_000, PositiveLocalStyles = ["big"] },
            ],
        };
        var chunks = PlanConversion.ToChunks(plan).Chunks;
        Assert.Equal(["[Verse]\none\ntwo", "[Chorus]"], chunks.Select(chunk => chunk.Text));
        Assert.Equal(["pop", "soft"], chunks[0].PositiveStyles);
        Assert.Equal(["sad", "loud"], chunks[0].NegativeStyles);
        Assert.Equal(["big", "pop"], chunks[1].PositiveStyles);
        Assert.Equal([10_000, 12_000], chunks.Select(chunk => chunk.DurationMs));
    }

    [Theory]
    [InlineData("[Intro]\n{instrumental}", "Intro")]
    [InlineData("{soft pads} \n [Intro] \n\n{instrumental, no vocals}{quiet}", "Intro")]
    [InlineData("[Instrumental Outro]", "Instrumental Outro")]
    [InlineData("[Verse]\n{very loud}Let it rise\ncome {softly} alive {fade}", "Verse", "Let it rise", "come alive")]
    [InlineData("[Verse]\nOne line\n[Guitar solo]\nAnother (oh oh)", "Verse", "One line", "Another (oh oh)")]
    [InlineData("{spoken}Just words", "Section 1", "Just words")]
    [InlineData("[Verse {quiet}]\n{ not closed\nnot opened }\n{}", "Verse {quiet}", "{ not closed", "not opened }")]
    public void Chunks_WithDirections_BecomeSectionsWithLyricsAlone_AndComeBackWhole(string text, string name, params string[] lines)
    {
        var plan = new ChunkPlan { Chunks = [new PlanChunk { Text = text, DurationMs = 3_000, ContextAdherence = "high" }] };

        var section = Assert.Single(PlanConversion.ToSections(plan).Sections);

        Assert.Equal(name, section.SectionName);
        Assert.Equal(lines, section.Lines);
        Assert.Equal(text, PlanConversion.ToChunks(PlanConversion.ToSections(plan)).Chunks[0].Text);
    }

    [Fact]
    public void Sections_WhoseLinesLookLikeDirections_ComeBack() => IsTheSameThereAndBack(new CompositionPlan
    {
        Sections = [new PlanSection { SectionName = "{Verse}", DurationMs = 3_000, Lines = ["{instrumental}", "[Chorus]", "a {b} c"] }],
    });

    [Fact]
    public void Chunks_EditedAfterConversion_KeepTheEdit() => Gen.Select(PlanGen.Sections, PlanGen.Text(100), Gen.Int[0, 4]).Sample(
        (plan, word, what) =>
        {
            var chunks = PlanConversion.ToChunks(plan);
            var first = chunks.Chunks[0];
            var edited = what switch
            {
                0 => first with { Text = $"[Edited]\nan edited line\nx{word.ReplaceLineEndings("").Trim()}" },
                1 => first with { PositiveStyles = [.. first.PositiveStyles.Take(40), "edited style"] },
                2 => first with { NegativeStyles = ["edited style"] },
                3 => first with { DurationMs = 3_333 },
                _ => first with { Text = "only this line" },
            };
            var back = PlanConversion.ToSections(chunks with { Chunks = [edited, .. chunks.Chunks.Skip(1)] });
            var section = back.Sections[0];
            switch (what)
            {
                case 0:
                    Assert.Equal("Edited", section.SectionName);
                    Assert.Equal("an edited line", section.Lines[0]);
                    break;
                case 1:
                    Assert.Contains("edited style", section.PositiveLocalStyles.Concat(back.PositiveGlobalStyles));
                    break;
                case 2:
                    Assert.Equal(["edited style"], section.NegativeLocalStyles.Concat(back.NegativeGlobalStyles));
                    break;
                case 3:
                    Assert.Equal(3_333, section.DurationMs);
                    break;
                default:
                    Assert.Equal(["only this line"], section.Lines);
                    break;
            }
        },
        iter: 800, threads: 1);

    [Fact]
    public void Sections_EditedAfterConversion_KeepTheEdit() => Gen.Select(PlanGen.Chunks, Gen.Int[0, 5]).Sample(
        (plan, what) =>
        {
            var sections = PlanConversion.ToSections(plan);
            var first = sections.Sections[0];
            var edited = what switch
            {
                0 => sections with { Sections = [first with { SectionName = "Edited" }, .. sections.Sections.Skip(1)] },
                1 => sections with { Sections = [first with { Lines = ["edited", "lines"] }, .. sections.Sections.Skip(1)] },
                2 => sections with { Sections = [first with { PositiveLocalStyles = ["edited"] }, .. sections.Sections.Skip(1)] },
                3 => sections with { PositiveGlobalStyles = ["edited"] },
                4 => sections with { Sections = [.. sections.Sections.Skip(1), first] },
                _ => sections with { Sections = [.. sections.Sections, new PlanSection { SectionName = "New", DurationMs = 5_000, Lines = ["new"] }] },
            };
            var chunks = PlanConversion.ToChunks(edited);
            switch (what)
            {
                case 0:
                    Assert.StartsWith("[Edited]", chunks.Chunks[0].Text, StringComparison.Ordinal);
                    break;
                case 1:
                    Assert.EndsWith("]\nedited\nlines", chunks.Chunks[0].Text, StringComparison.Ordinal);
                    break;
                case 2 when edited.PositiveGlobalStyles.Count == PlanLimits.MaxStyles:
                case 3 when plan.Chunks[0].PositiveStyles.Count == PlanLimits.MaxStyles:
                    // The chunk is full already; the edit comes back with the section all the same.
                    break;
                case 2 or 3:
                    Assert.Contains("edited", chunks.Chunks[0].PositiveStyles);
                    break;
                case 4:
                    Assert.Equal([.. plan.Chunks.Skip(1).Select(chunk => chunk.DurationMs), plan.Chunks[0].DurationMs], chunks.Chunks.Select(chunk => chunk.DurationMs));
                    break;
                default:
                    Assert.Equal("[New]\nnew", chunks.Chunks[^1].Text);
                    break;
            }

            // And what was edited goes there and back like everything else, but for the memory of what it was before.
            Assert.Equal(WithoutMemory(edited), WithoutMemory(PlanConversion.ToSections(chunks)));
        },
        iter: 800, threads: 1);

    [Fact]
    public void Chunks_ThatRememberANameNoSectionCanHave_AreReadFromTheirText()
    {
        var name = new string('n', PlanLimits.MaxChunkText + 100);
        var remembered = JsonSerializer.SerializeToElement(new { section_name = new[] { name }, lines = Array.Empty<string>() });
        var chunk = new PlanChunk { Text = "[Verse]\nA line", DurationMs = 3_000, Extra = ExtraFields.None.With(PlanConversion.SectionField, remembered) };

        var section = Assert.Single(PlanConversion.ToSections(new ChunkPlan { Chunks = [chunk] }).Sections);

        Assert.Equal(("Verse", "A line"), (section.SectionName, Assert.Single(section.Lines)));
    }

    [Fact]
    public void Prompt_ToSectionsOrChunks_IsRefused()
    {
        var prompt = new PromptComposition { Prompt = "a song" };
        Assert.Throws<ArgumentException>(() => PlanConversion.ToSections(prompt));
        Assert.Throws<ArgumentException>(() => PlanConversion.ToChunks(prompt));
    }

    private static string WithoutMemory(CompositionPlan plan) => PlanJson.ToCompactText(plan with
    {
        Extra = plan.Extra.Without(PlanConversion.ChunksField),
        Sections = [.. plan.Sections.Select(section => section with { Extra = section.Extra.Without(PlanConversion.ChunkField) })],
    });

    private static void IsTheSameThereAndBack(Composition plan)
    {
        var text = PlanJson.ToCompactText(plan);
        Composition there = plan is CompositionPlan ? PlanConversion.ToChunks(plan) : PlanConversion.ToSections(plan);
        // On its way the plan may be written down and read again.
        var carried = JsonSerializer.Deserialize<Composition>(PlanJson.ToCompactText(there))!;
        Composition back = plan is CompositionPlan ? PlanConversion.ToSections(carried) : PlanConversion.ToChunks(carried);
        Assert.Equal(text, PlanJson.ToCompactText(back));
    }
}
