using System.Text.Json.Nodes;
using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>The plan under the hands of somebody who changes their mind.</summary>
public sealed class EditorJourneys(Studio studio) : Journey(studio)
{
    [Fact]
    public async Task Sections_AddedMovedAndRemoved_AreUndoneAndRedone()
    {
        var plan = await OpenAsync();
        await EditAsync(
            plan,
            () => plan.AddSection.ClickAsync(),
            () => plan.ExpectSectionsAsync("Intro", "Section 4", "Verse", "Outro"),
            () => plan.ExpectSectionsAsync("Intro", "Verse", "Outro"));
        await plan.SelectAsync("Verse");
        await EditAsync(
            plan,
            () => plan.Section.MoveLater.ClickAsync(),
            () => plan.ExpectSectionsAsync("Intro", "Outro", "Verse"),
            () => plan.ExpectSectionsAsync("Intro", "Verse", "Outro"));
        await EditAsync(
            plan,
            () => plan.Section.MoveEarlier.ClickAsync(),
            () => plan.ExpectSectionsAsync("Verse", "Intro", "Outro"),
            () => plan.ExpectSectionsAsync("Intro", "Verse", "Outro"));
        await EditAsync(
            plan,
            () => plan.Section.Remove.ClickAsync(),
            () => plan.ExpectSectionsAsync("Intro", "Outro"),
            () => plan.ExpectSectionsAsync("Intro", "Verse", "Outro"));
    }

    [Fact]
    public async Task Section_RenamedResizedStyledAndWorded_IsInTheJsonAndUndoneAndRedone()
    {
        var plan = await OpenAsync();
        var section = plan.Section;
        await plan.SelectAsync("Verse");
        await EditAsync(
            plan,
            () => section.Name.FillAsync("Bridge"),
            () => plan.ExpectSectionsAsync("Intro", "Bridge", "Outro"),
            () => plan.ExpectSectionsAsync("Intro", "Verse", "Outro"));
        await EditAsync(
            plan,
            () => section.Length.FillAsync("22.5"),
            () => ExpectJsonAsync(plan, verse => (int)verse["duration_ms"]!, 22_500),
            () => ExpectJsonAsync(plan, verse => (int)verse["duration_ms"]!, 10_000));
        await EditAsync(
            plan,
            () => AddStyleAsync(section.Wanted, "full drums"),
            () => ExpectStyleAsync(plan, "positive_local_styles", "full drums", isThere: true),
            () => ExpectStyleAsync(plan, "positive_local_styles", "full drums", isThere: false));
        await EditAsync(
            plan,
            () => AddStyleAsync(section.Unwanted, "strings"),
            () => ExpectStyleAsync(plan, "negative_local_styles", "strings", isThere: true),
            () => ExpectStyleAsync(plan, "negative_local_styles", "strings", isThere: false));
        await plan.Redo.ClickAsync();
        await EditAsync(
            plan,
            () => section.RemoveStyle("strings").ClickAsync(),
            () => ExpectStyleAsync(plan, "negative_local_styles", "strings", isThere: false),
            () => ExpectStyleAsync(plan, "negative_local_styles", "strings", isThere: true));
        await EditAsync(
            plan,
            () => section.Lines.FillAsync("Over the lake\nand home again"),
            () => ExpectJsonAsync(plan, verse => string.Join('|', verse["lines"]!.AsArray()), "Over the lake|and home again"),
            () => ExpectJsonAsync(plan, verse => string.Join('|', verse["lines"]!.AsArray()), ""));
    }

    [Fact]
    public async Task Keys_CtrlZAndCtrlShiftZ_UndoAndRedo()
    {
        var plan = await OpenAsync();
        await plan.AddSection.ClickAsync();
        await plan.ExpectSectionsAsync("Intro", "Section 4", "Verse", "Outro");
        await plan.AddSection.PressAsync("Control+z");
        await plan.ExpectSectionsAsync("Intro", "Verse", "Outro");
        await plan.AddSection.PressAsync("Control+Shift+Z");
        await plan.ExpectSectionsAsync("Intro", "Section 4", "Verse", "Outro");
    }

    [Fact]
    public async Task Json_Edited_ChangesTheTimelineAtOnce()
    {
        var plan = await OpenAsync();

        // Typing that goes on is one step with what was typed before; looking elsewhere ends it.
        await plan.SelectAsync("Verse");
        await EditAsync(
            plan,
            async () =>
            {
                await plan.WriteJsonAsync(Plans.Text("By hand", 12_000, "One", "Two"));
                await plan.TimelineTab.ClickAsync();
            },
            async () =>
            {
                await plan.ExpectSectionsAsync("One", "Two");
                await Assertions.Expect(plan.Title).ToHaveValueAsync("By hand");
            },
            async () =>
            {
                await plan.ExpectSectionsAsync("Intro", "Verse", "Outro");
                await Assertions.Expect(plan.Title).ToHaveValueAsync("Edited");
            });
    }

    [Fact]
    public async Task Json_Broken_SaysWhereAndIsStillThereAfterReload()
    {
        var visit = await VisitAsync();
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Edited", 10_000, "Intro", "Verse", "Outro"));
        const string Broken = "{\n  \"title\": \"Half\",\n  \"sections\": [\n";
        await new WizardRail(visit.Page).SaveAsync(() => plan.WriteJsonAsync(Broken));
        await Assertions.Expect(visit.Page.GetByText("line 4").First).ToBeVisibleAsync();
        await Assertions.Expect(plan.Render).ToBeDisabledAsync();
        await plan.TimelineTab.ClickAsync();
        await plan.ExpectSectionsAsync("Intro", "Verse", "Outro");
        await Assertions.Expect(plan.Section.Name).ToBeEditableAsync(new LocatorAssertionsToBeEditableOptions { Editable = false });

        await visit.Page.ReloadAsync();
        await plan.ExpectJsonTextAsync(Broken);
        await Assertions.Expect(plan.Render).ToBeDisabledAsync();

        await plan.Json.FillAsync(Plans.Text("Whole", 10_000, "Intro"));
        await Assertions.Expect(plan.Render).ToBeEnabledAsync();
        await plan.TimelineTab.ClickAsync();
        await plan.ExpectSectionsAsync("Intro");
    }

    [Theory]
    [InlineData("121")]
    [InlineData("2")]
    public async Task Limits_LengthOutside_IsShownAndBlocksTheRender(string seconds)
    {
        var plan = await OpenAsync();
        await plan.Section.Length.FillAsync(seconds);
        await Assertions.Expect(plan.Section.Length).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(plan.Section.Length).ToHaveAccessibleDescriptionAsync($"Must be 3 to 120 s, but is {seconds}.");
        await ExpectBlockedAsync(plan);
        await plan.Undo.ClickAsync();
        await Assertions.Expect(plan.Render).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Limits_OfNamesLinesWholeLengthAndCount_AreShownAndBlockTheRender()
    {
        var plan = await OpenAsync();
        await plan.Section.Name.FillAsync("");
        await ExpectBlockedAsync(plan);
        await plan.Section.Name.FillAsync("Intro");
        await Assertions.Expect(plan.Render).ToBeEnabledAsync();

        await plan.Section.Lines.FillAsync(new string('a', 201));
        await ExpectBlockedAsync(plan);
        await plan.Section.Lines.FillAsync("");
        await Assertions.Expect(plan.Render).ToBeEnabledAsync();

        await plan.WriteJsonAsync(Plans.Text("Too long", 120_000, "A", "B", "C", "D", "E", "F"));
        await ExpectBlockedAsync(plan);

        await plan.Json.FillAsync(Plans.Text("Many", 3_000, [.. Enumerable.Range(1, 30).Select(number => $"Part {number}")]));
        await plan.TimelineTab.ClickAsync();
        await Assertions.Expect(plan.Sections).ToHaveCountAsync(30);
        await Assertions.Expect(plan.AddSection).ToBeDisabledAsync();
        await Assertions.Expect(plan.Render).ToBeEnabledAsync();
    }

    /// <summary>Does an edit, takes it back, does it again and takes it back; looks each time.</summary>
    private static async Task EditAsync(PlanPage plan, Func<Task> edit, Func<Task> expectAfter, Func<Task> expectBefore)
    {
        await expectBefore();
        await edit();
        await expectAfter();
        await plan.Undo.ClickAsync();
        await expectBefore();
        await plan.Redo.ClickAsync();
        await expectAfter();
        await plan.Undo.ClickAsync();
        await expectBefore();
    }

    private static async Task AddStyleAsync(ILocator field, string style)
    {
        await field.FillAsync(style);
        await field.PressAsync("Enter");
    }

    private static async Task ExpectStyleAsync(PlanPage plan, string list, string style, bool isThere)
    {
        await Assertions.Expect(plan.Section.RemoveStyle(style)).ToHaveCountAsync(isThere ? 1 : 0);
        await ExpectJsonAsync(plan, verse => string.Join('|', verse[list]!.AsArray()), isThere ? style : "");
    }

    /// <summary>The JSON view says the same as the timeline, of the second section.</summary>
    private static async Task ExpectJsonAsync<T>(PlanPage plan, Func<JsonNode, T> read, T expected)
    {
        // Both views hang on one state: what the undo button shows has been rendered, so the JSON is there as well.
        await Assertions.Expect(plan.Sections.First).ToBeVisibleAsync();
        var json = await plan.ReadJsonAsync();
        Assert.Equal(expected, read(json["sections"]![1]!));
        await Assertions.Expect(plan.Sections.First).ToBeVisibleAsync();
    }

    private static async Task ExpectBlockedAsync(PlanPage plan)
    {
        await Assertions.Expect(plan.Render).ToBeDisabledAsync();
        await Assertions.Expect(plan.Render).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("must", System.Text.RegularExpressions.RegexOptions.IgnoreCase));
    }

    private async Task<PlanPage> OpenAsync()
    {
        var visit = await VisitAsync();
        return await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Edited", 10_000, "Intro", "Verse", "Outro"));
    }
}
