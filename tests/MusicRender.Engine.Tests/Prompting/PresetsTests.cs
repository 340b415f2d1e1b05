using System.Globalization;
using System.Text.RegularExpressions;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using Xunit;

namespace MusicRender.Engine.Tests.Prompting;

public sealed partial class PresetsTests
{
    private const string Story = "My grandmother Rosa kept bees behind the railway station in Turin. Every summer I rode my blue bicycle to her garden. The hives are gone, but I still hear the garden when a train goes by.";

    [Fact]
    public void Presets_Order_IsThatOfTheContract()
    {
        Assert.Equal(["ad_brand_fast_hook", "podcast_voiceover_loop", "video_game_action_loop", "meditation_sleep", "standalone_song_mini"], Presets.Blueprints.Select(preset => preset.Id));
        Assert.Equal(["bright_pop_electro", "dark_trap_night", "lofi_cozy", "epic_cinematic", "indie_live_band"], Presets.Sounds.Select(preset => preset.Id));
        Assert.Equal(["exploratory_iterate", "balanced_studio", "blueprint_plan_first", "live_one_take", "isolation_stems"], Presets.Deliveries.Select(preset => preset.Id));
        Assert.Equal(8, Presets.QuickStarts.Count);
    }

    [Fact]
    public void Presets_Each_HasItsTextsAndNoTwoAreTheSame()
    {
        var presets = Presets.Blueprints.Concat<Preset>(Presets.Sounds).Concat(Presets.Deliveries).ToArray();
        Func<Preset, string>[] texts = [preset => preset.Label, preset => preset.Summary, preset => preset.WhatItDoes, preset => preset.WhenToTakeIt, preset => preset.Figures];
        AreTexts([.. texts.SelectMany(text => presets.Select(text))]);
        Func<ProjectBlueprint, string>[] stories = [blueprint => blueprint.StoryHeading, blueprint => blueprint.StoryHint, blueprint => blueprint.StoryExample, blueprint => blueprint.StoryUse];
        AreTexts([.. stories.SelectMany(text => Presets.Blueprints.Select(text)), .. Presets.Blueprints.SelectMany(blueprint => blueprint.StoryTips)]);
        // What is never sung has one use for its story; what can be sung has two.
        Assert.All(Presets.Blueprints, blueprint => Assert.Equal(blueprint.IsInstrumental, blueprint.StoryUse == blueprint.MoodUse));
        AreTexts([.. Presets.QuickStarts.SelectMany(start => new[] { start.Name, start.Summary })]);
        AreTexts([.. Presets.QuickStarts.Select(start => start.StoryExample).OfType<string>()]);
        Assert.Equal([5, 3, 1, 4, 2], Presets.Deliveries.Select(delivery => delivery.Freedom));

        static void AreTexts(string[] texts)
        {
            Assert.All(texts, text => Assert.True(text.Trim().Length >= 4, text));
            Assert.Equal(texts.Length, texts.Distinct().Count());
        }
    }

    [Fact]
    public void QuickStarts_TheirPresets_Exist() =>
        Assert.All(Presets.QuickStarts, start =>
        {
            Assert.True(Presets.TryFindBlueprint(start.Blueprint, out _));
            Assert.True(Presets.TryFindSound(start.Sound, out _));
            Assert.True(Presets.TryFindDelivery(start.Delivery, out _));
        });

    [Fact]
    public void Blueprints_TheirSections_MakeUpTheirLength() =>
        Assert.All(Presets.Blueprints, blueprint =>
        {
            Assert.Equal(blueprint.DefaultLengthMs, blueprint.Sections.Sum(section => section.Seconds) * 1000);
            Assert.Equal(4, blueprint.StoryTips.Count);
        });

    [Fact]
    public async Task EveryCombination_PromptAndPlan_AgreeWithThePresets()
    {
        foreach (var blueprint in Presets.Blueprints)
        {
            foreach (var sound in Presets.Sounds)
            {
                foreach (var delivery in Presets.Deliveries)
                {
                    foreach (var (instrumental, story) in new[] { (false, Story), (true, Story), (false, "") })
                    {
                        await AgreesAsync(blueprint, sound, delivery, instrumental, story);
                    }
                }
            }
        }
    }

    private static async Task AgreesAsync(ProjectBlueprint blueprint, SoundProfile sound, DeliveryControl delivery, bool instrumental, string story)
    {
        var written = await new PresetPromptWriter().WriteAsync(
            new PromptRequest { ProjectBlueprint = blueprint.Id, SoundProfile = sound.Id, DeliveryAndControl = delivery.Id, InstrumentalOnly = instrumental, UserNarrative = story },
            TestContext.Current.CancellationToken);
        Assert.InRange(written.Prompt.Length, 1, PlanLimits.MaxPrompt);
        Assert.InRange(written.Title.Length, 1, 80);
        Assert.NotEmpty(written.Description);

        var (plan, song) = await PlanExpectations.PlanAsync(written.Prompt);
        PlanExpectations.IsWithinLimits(plan, blueprint.DefaultLengthMs);
        var bpm = double.Parse(Bpm().Match(written.Prompt).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(bpm, sound.MinBpm, sound.MaxBpm);
        Assert.Equal(bpm, song.Bpm);
        Assert.Contains(song.Key!, sound.Keys);
        Assert.Contains(song.Key!, written.Prompt, StringComparison.Ordinal);
        Assert.Contains($"{bpm} bpm", plan.PositiveGlobalStyles);
        Assert.Equal(written.Title, plan.Title);
        Assert.Equal(blueprint.Sections.Select(section => section.Name), plan.Sections.Select(section => section.SectionName));
        Assert.All(plan.Sections, section => Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"{section.SectionName} ({section.DurationMs / 1000.0:0.#} s)"), written.Prompt, StringComparison.Ordinal));

        var lines = plan.Sections.SelectMany(section => section.Lines).ToArray();
        if (instrumental || blueprint.IsInstrumental)
        {
            Assert.Empty(lines);
            Assert.Contains("vocals", plan.NegativeGlobalStyles);
            Assert.Empty(song.Languages);
        }
        else
        {
            Assert.NotEmpty(lines);
            Assert.DoesNotContain("vocals", plan.NegativeGlobalStyles);
            Assert.Equal(["en"], song.Languages);
            var sung = string.Join(' ', lines);
            Assert.DoesNotContain('{', sung);
            if (story.Length > 0)
            {
                Assert.Contains(new[] { "Rosa", "Turin", "bicycle", "garden", "hives", "station" }, word => sung.Contains(word, StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("sv-SE")]
    public async Task Writers_InTheCultureOfAnyReader_WriteTheSame(string culture)
    {
        var expected = await WriteAsync();
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(expected, await WriteAsync());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static async Task<string> WriteAsync()
        {
            var written = await new PresetPromptWriter().WriteAsync(
                new PromptRequest { ProjectBlueprint = "standalone_song_mini", SoundProfile = "dark_trap_night", DeliveryAndControl = "balanced_studio", UserNarrative = Story },
                TestContext.Current.CancellationToken);
            var (plan, song) = await PlanExpectations.PlanAsync(written.Prompt);
            return $"{written.Prompt}\n{PlanJson.ToText(plan)}\n{song.Bpm?.ToString(CultureInfo.InvariantCulture)} {song.Key}";
        }
    }

    [GeneratedRegex(@"(\d+) bpm")]
    private static partial Regex Bpm();
}
