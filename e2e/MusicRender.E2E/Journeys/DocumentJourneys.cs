using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>A plan as a document: as JSON, in files, in two windows, and taken back step by step.</summary>
public sealed class DocumentJourneys(Studio studio) : Journey(studio)
{
    [Fact]
    public async Task Json_Mistakes_AreMarkedAtTheirLineAndFieldsAreOffered()
    {
        var (visit, plan) = await OpenAsync();
        var text = Plans.Text("Edited", 10_000, "Intro", "Verse").Replace("\"Verse\"", "\"\"", StringComparison.Ordinal);
        await plan.WriteJsonAsync(text);
        await Assertions.Expect(visit.Page.GetByText("sections[1].section_name: must not be empty.")).ToBeVisibleAsync();
        var line = text.Split('\n').Index().Single(line => line.Item.Contains("\"section_name\": \"\"", StringComparison.Ordinal)).Index + 1;
        await ExpectMarkAsync(visit.Page, line);

        await plan.Json.FillAsync("{\n  \"sections\": [\n    oops\n");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "The plan is not JSON: see line 3" })).ToBeVisibleAsync();
        await ExpectMarkAsync(visit.Page, 3);

        await plan.Json.FillAsync("{\n  \n}");
        await plan.Json.PressAsync("Control+Home");
        await plan.Json.PressAsync("ArrowDown");
        await plan.Json.PressAsync("End");
        await visit.Page.Keyboard.TypeAsync("\"posi");
        await visit.Page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { NameRegex = new Regex("positive_global_styles") }).ClickAsync();
        await plan.ExpectJsonTextAsync("{\n  \"positive_global_styles\": []\n}");
    }

    [Fact]
    public async Task UnknownFields_ThroughMovesUndoReloadAndExport_AreKept()
    {
        var (visit, plan) = await OpenAsync();
        var source = Plans.Of("Unknown", 10_000, "Intro", "Verse", "Outro");
        source["my_field"] = new JsonObject { ["deep"] = new JsonArray(1, null, "🎸") };
        foreach (var section in source["sections"]!.AsArray())
        {
            section!["mood"] = $"of {section["section_name"]}";
        }

        await plan.WriteJsonAsync(source.ToJsonString());
        await plan.TimelineTab.ClickAsync();
        await plan.SelectAsync("Verse");
        await plan.Section.MoveEarlier.ClickAsync();
        await plan.ExpectSectionsAsync("Verse", "Intro", "Outro");
        await new WizardRail(visit.Page).SaveAsync(() => plan.Title.FillAsync("Moved"));
        await visit.Page.ReloadAsync();
        await Assertions.Expect(plan.Title).ToHaveValueAsync("Moved");
        await CheckAsync(await plan.ReadJsonAsync());

        foreach (var shape in new[] { "Sections", "Chunks" })
        {
            await visit.Page.Named(AriaRole.Button, "Export the plan").ClickAsync();
            var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex($"^{shape}") }).ClickAsync());
            var exported = JsonNode.Parse(await File.ReadAllTextAsync((await download.PathAsync())!))!.AsObject();
            Assert.Equal(shape == "Chunks", exported.ContainsKey("chunks"));

            await plan.Section.Remove.ClickAsync();
            await Assertions.Expect(plan.Sections).ToHaveCountAsync(2);
            await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "plan.json", MimeType = "application/json", Buffer = JsonSerializer.SerializeToUtf8Bytes(exported) });
            await Assertions.Expect(plan.Sections).ToHaveCountAsync(3);
            await CheckAsync(await plan.ReadJsonAsync());
        }

        static Task CheckAsync(JsonObject json)
        {
            var sections = (json["sections"] ?? json["chunks"])!.AsArray();
            Assert.Equal(["of Verse", "of Intro", "of Outro"], sections.Select(section => (string)section!["mood"]!));
            Assert.Equal("🎸", (string)json["my_field"]!["deep"]![2]!);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Undo_OfEverything_SurvivesAReload()
    {
        var (visit, plan) = await OpenAsync();
        var rail = new WizardRail(visit.Page);
        await visit.Page.Locator("summary").Filter(new LocatorFilterOptions { HasText = "Prompt" }).ClickAsync();
        await plan.Prompt.FillAsync("Another prompt");
        await plan.Title.FillAsync("Another title");
        await plan.WholeTrack.Named(AriaRole.Textbox, "Description").FillAsync("Another description");
        await plan.WholeTrack.Named(AriaRole.Spinbutton, "Seed").FillAsync("77");
        await rail.SaveAsync(() => plan.AddSection.ClickAsync());
        await visit.Page.ReloadAsync();

        await Assertions.Expect(plan.Sections).ToHaveCountAsync(4);
        await plan.Undo.ClickAsync();
        await Assertions.Expect(plan.Sections).ToHaveCountAsync(3);
        await plan.Undo.ClickAsync();
        await Assertions.Expect(plan.WholeTrack.Named(AriaRole.Spinbutton, "Seed")).ToHaveValueAsync("");
        await plan.Undo.ClickAsync();
        await Assertions.Expect(plan.WholeTrack.Named(AriaRole.Textbox, "Description")).Not.ToHaveValueAsync("Another description");
        await plan.Undo.ClickAsync();
        await Assertions.Expect(plan.Title).ToHaveValueAsync("Edited");
        await visit.Page.Locator("summary").Filter(new LocatorFilterOptions { HasText = "Prompt" }).ClickAsync();
        await plan.Prompt.PressAsync("Control+z");
        await Assertions.Expect(plan.Prompt).ToHaveValueAsync("A 30-second lo-fi loop");
        await plan.Prompt.PressAsync("Control+Shift+Z");
        await Assertions.Expect(plan.Prompt).ToHaveValueAsync("Another prompt");
    }

    [Fact]
    public async Task TwoWindows_OnOneDraft_ShowEachOthersEdits()
    {
        var (visit, plan) = await OpenAsync();
        var other = await VisitAsync(visit.Page.Url);
        var there = new PlanPage(other.Page);
        await there.ExpectSectionsAsync("Intro", "Verse", "Outro");

        await plan.Section.Name.FillAsync("Opening");
        await there.ExpectSectionsAsync("Opening", "Verse", "Outro");
        await Assertions.Expect(there.Elsewhere).ToBeVisibleAsync();
        await Assertions.Expect(plan.Elsewhere).ToHaveCountAsync(0);

        await there.Title.FillAsync("By the other");
        await Assertions.Expect(plan.Title).ToHaveValueAsync("By the other");
        await Assertions.Expect(plan.Elsewhere).ToBeVisibleAsync();
        await plan.Title.FillAsync("By the later");
        await Assertions.Expect(there.Title).ToHaveValueAsync("By the later");
        await plan.JsonTab.ClickAsync();
        await there.Section.Name.FillAsync("Start");
        await visit.Page.UntilAsync("document.querySelector(\"[aria-label='Plan as JSON']\")?.value?.includes('\"Start\"')");
    }

    [Fact]
    public async Task Clipboard_CopyAndPaste_BringThePlanBack()
    {
        var (visit, plan) = await OpenAsync();
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.Page.Named(AriaRole.Button, "Copy the plan").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("Copied.")).ToBeVisibleAsync();
        await plan.Section.Remove.ClickAsync();
        await plan.ExpectSectionsAsync("Verse", "Outro");
        await visit.Page.Named(AriaRole.Button, "Paste a plan").ClickAsync();
        await plan.ExpectSectionsAsync("Intro", "Verse", "Outro");
        await plan.Undo.ClickAsync();
        await plan.ExpectSectionsAsync("Verse", "Outro");
        await plan.AddSection.PressAsync("Control+v");
        await plan.ExpectSectionsAsync("Intro", "Verse", "Outro");
    }

    /// <summary>Waits until a problem's mark stands beside the number of a line.</summary>
    private static Task ExpectMarkAsync(IPage page, int line) => page.UntilAsync(
        """
        (line) => {
          const number = [...document.querySelectorAll(".cm-lineNumbers .cm-gutterElement")].find((element) => element.textContent === String(line));
          const { top, bottom } = number?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
          return [...document.querySelectorAll(".cm-lint-marker-error")].some((mark) => {
            const middle = mark.getBoundingClientRect().top + mark.getBoundingClientRect().height / 2;
            return middle > top && middle < bottom;
          });
        }
        """,
        line);

    private async Task<(Visit Visit, PlanPage Plan)> OpenAsync()
    {
        var visit = await VisitAsync();
        return (visit, await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Edited", 10_000, "Intro", "Verse", "Outro")));
    }
}
