using CsCheck;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class PlanDifferenceTests
{
    private static readonly PlanSection Verse = Samples.Plan.Sections[1];

    [Fact]
    public void SamePlans_HaveNone()
    {
        var difference = PlanDifference.Between(Samples.Plan, Samples.Plan with { Title = "Another title" });

        Assert.True(difference.IsNone);
        Assert.All(difference.Sections, section => Assert.True(section.IsSame));
    }

    [Fact]
    public void Lines_StandInOrder_WhatGoesBeforeWhatComes()
    {
        var after = With(1, Verse with { Lines = ["The platform hums", "and somebody comes", "at last"] });

        var section = PlanDifference.Between(Samples.Plan, after).Sections[1];

        Assert.Equal(
            [
                new TextChange(ChangeKind.Kept, "The platform hums"),
                new TextChange(ChangeKind.Removed, "and nobody comes"),
                new TextChange(ChangeKind.Added, "and somebody comes"),
                new TextChange(ChangeKind.Added, "at last"),
            ],
            section.Lines);
    }

    [Fact]
    public void StylesAndLength_AreListedAsTheyChange()
    {
        var after = With(2, Samples.Plan.Sections[2] with { DurationMs = 18_000, PositiveLocalStyles = ["brushes"], NegativeLocalStyles = ["shouting"] })
            with
        { PositiveGlobalStyles = ["120 bpm", "warm"] };

        var difference = PlanDifference.Between(Samples.Plan, after);

        Assert.Equal([new TextChange(ChangeKind.Added, "warm")], difference.Wanted);
        var chorus = difference.Sections[2];
        Assert.Equal((15_000, 18_000), (chorus.OldMs, chorus.NewMs));
        Assert.Equal([new TextChange(ChangeKind.Removed, "full drums"), new TextChange(ChangeKind.Added, "brushes")], chorus.Wanted);
        Assert.Equal([new TextChange(ChangeKind.Added, "shouting")], chorus.Unwanted);
        Assert.Equal((45_000, 48_000), (difference.OldMs, difference.NewMs));
    }

    [Fact]
    public void Sections_AreToldByName_AddedRemovedAndRenamed()
    {
        var (intro, chorus) = (Samples.Plan.Sections[0], Samples.Plan.Sections[2]);
        var after = Samples.Plan with { Sections = [intro, Verse with { SectionName = "Story" }, chorus, new PlanSection { SectionName = "Outro", DurationMs = 8_000 }] };

        var sections = PlanDifference.Between(Samples.Plan, after).Sections;

        Assert.Equal([(ChangeKind.Kept, null), (ChangeKind.Kept, "Verse"), (ChangeKind.Kept, null), (ChangeKind.Added, null)], sections.Select(section => (section.Kind, section.OldName)));
        Assert.Equal("Story", sections[1].Name);
        var back = PlanDifference.Between(after, Samples.Plan).Sections;
        Assert.Equal((ChangeKind.Removed, "Outro", 8_000, (int?)null), (back[3].Kind, back[3].Name, back[3].OldMs, back[3].NewMs));
    }

    [Fact]
    public void Prompt_IsComparedWordByWord()
    {
        var pieces = PlanDifference.Between("A song like that famous band, slow", "A song with bright guitars, slow");

        Assert.Equal(
            [
                new TextChange(ChangeKind.Kept, "A song"),
                new TextChange(ChangeKind.Removed, "like that famous band,"),
                new TextChange(ChangeKind.Added, "with bright guitars,"),
                new TextChange(ChangeKind.Kept, "slow"),
            ],
            pieces);
    }

    [Fact]
    public void Comparison_HoldsBothVersionsWhole() =>
        Gen.Select(Gen.Char['a', 'd'].Array[0, 12], Gen.Char['a', 'd'].Array[0, 12]).Sample((before, after) =>
        {
            var all = Sequences.Compare(before, after);

            return all.Where(item => item.Kind is not ChangeKind.Added).Select(item => item.Item).SequenceEqual(before)
                && all.Where(item => item.Kind is not ChangeKind.Removed).Select(item => item.Item).SequenceEqual(after)
                && all.Count(item => item.Kind is ChangeKind.Kept) == Longest(before, after);
        });

    /// <summary>Length of the longest common subsequence, by its definition.</summary>
    private static int Longest(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        var lengths = new int[before.Length + 1, after.Length + 1];
        for (var old = 1; old <= before.Length; old++)
        {
            for (var now = 1; now <= after.Length; now++)
            {
                lengths[old, now] = before[old - 1] == after[now - 1] ? lengths[old - 1, now - 1] + 1 : Math.Max(lengths[old - 1, now], lengths[old, now - 1]);
            }
        }

        return lengths[before.Length, after.Length];
    }

    private static CompositionPlan With(int index, PlanSection section) =>
        Samples.Plan with { Sections = [.. Samples.Plan.Sections.Select((old, at) => at == index ? section : old)] };
}
