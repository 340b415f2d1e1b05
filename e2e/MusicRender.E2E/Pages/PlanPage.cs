using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary>The wizard's third step: prompt, timeline, JSON.</summary>
public sealed class PlanPage(IPage page)
{
    /// <summary>The song's title.</summary>
    public ILocator Title => page.Named(AriaRole.Textbox, "Title");

    /// <summary>The prompt.</summary>
    public ILocator Prompt => page.Named(AriaRole.Textbox, "Prompt");

    /// <summary>Makes the first plan.</summary>
    public ILocator MakePlan => page.Named(AriaRole.Button, "Make the plan");

    /// <summary>Makes another plan.</summary>
    public ILocator MakeNewPlan => page.Named(AriaRole.Button, "Make a new plan");

    /// <summary>Shows the sections.</summary>
    public ILocator TimelineTab => page.Named(AriaRole.Tab, "Timeline");

    /// <summary>Shows the JSON.</summary>
    public ILocator JsonTab => page.Named(AriaRole.Tab, "JSON");

    /// <summary>The plan as JSON.</summary>
    public ILocator Json => page.Named(AriaRole.Textbox, "Plan as JSON");

    /// <summary>The sections in order.</summary>
    public ILocator Sections => page.Named(AriaRole.List, "Sections").GetByRole(AriaRole.Listitem);

    /// <summary>Adds a section.</summary>
    public ILocator AddSection => page.Named(AriaRole.Button, "Add section");

    /// <summary>Takes the last edit back.</summary>
    public ILocator Undo => page.Named(AriaRole.Button, "Undo");

    /// <summary>Does it again.</summary>
    public ILocator Redo => page.Named(AriaRole.Button, "Redo");

    /// <summary>Says that another page changed the draft.</summary>
    public ILocator Elsewhere => page.GetByText("Changed in another window just now.");

    /// <summary>Starts the render.</summary>
    public ILocator Render => page.Named(AriaRole.Button, "Render music");

    /// <summary>Why the plan cannot be rendered.</summary>
    public ILocator Blocked => page.Locator("#render-note");

    /// <summary>What it will cost.</summary>
    public ILocator Cost => page.Locator("#render-cost");

    /// <summary>Who wrote the plan.</summary>
    public ILocator Writer => page.Locator(".plan-writer");

    /// <summary>Opens and closes the list of custom style models.</summary>
    public ILocator StyleModels => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new System.Text.RegularExpressions.Regex("^Custom style model") });

    /// <summary>The search above many of them.</summary>
    public ILocator SearchModels => page.Named(AriaRole.Textbox, "Search models");

    /// <summary>How strongly the chosen one counts.</summary>
    public ILocator Strength => page.Named(AriaRole.Slider, "Strength");

    /// <summary>The section that is being edited.</summary>
    public SectionPanel Section { get; } = new(page);

    /// <summary>The blocks.</summary>
    public TimelinePanel Timeline { get; } = new(page);

    /// <summary>What holds for all sections.</summary>
    public ILocator WholeTrack => page.Named(AriaRole.Region, "Whole track");

    /// <summary>What renders the plan, by its name.</summary>
    public ILocator Generator(string name) => page.Named(AriaRole.Radiogroup, "Generator").Named(AriaRole.Radio, name);

    /// <summary>A custom style model of the list, by its name and whatever stands behind it.</summary>
    public ILocator StyleModel(string name) =>
        page.Named(AriaRole.Radiogroup, "Custom style models").GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { NameRegex = new System.Text.RegularExpressions.Regex($"^{name}\\b") });

    /// <summary>Plays the whole plan at once, or stops it.</summary>
    public ILocator PreviewAll => page.Locator(".choice-previews .preview-button");

    /// <summary>Keeps the seed that was heard.</summary>
    public ILocator KeepSound => page.Named(AriaRole.Button, "Keep this sound for the render");

    /// <summary>Plays the selected section at once, or stops it.</summary>
    public ILocator PreviewOf(string section) => Section.Panel.Locator($".preview-button[data-say='Preview {section}']");

    /// <summary>A section's item by its name.</summary>
    public ILocator SectionNamed(string name) => page.Named(AriaRole.List, "Sections").Named(AriaRole.Listitem, name);

    /// <summary>Makes the first plan of the prompt.</summary>
    public async Task MakeThePlanAsync()
    {
        await MakePlan.ClickAsync();
        await Assertions.Expect(Sections.First).ToBeVisibleAsync();
    }

    /// <summary>Reads the plan in the JSON view and goes back to the timeline.</summary>
    public async Task<JsonObject> ReadJsonAsync()
    {
        await JsonTab.ClickAsync();
        var json = await JsonTextAsync();
        await ShowTimelineAsync();
        return JsonNode.Parse(json)!.AsObject();
    }

    /// <summary>Goes to the timeline, and waits until the JSON view has gone: an editor that is seen after this is another one.</summary>
    public async Task ShowTimelineAsync()
    {
        await TimelineTab.ClickAsync();
        await Assertions.Expect(Json).ToHaveCountAsync(0);
    }

    /// <summary>The text of the JSON view, of which the page shows only a part at a time.</summary>
    public Task<string> JsonTextAsync() => Json.EvaluateAsync<string>("field => field.value");

    /// <summary>Waits until the JSON view holds a text.</summary>
    public async Task ExpectJsonTextAsync(string text)
    {
        await Assertions.Expect(Json).ToBeVisibleAsync();
        await page.UntilAsync("text => document.querySelector(\"[role='textbox'][aria-label='Plan as JSON']\")?.value === text", text);
    }

    /// <summary>Puts a plan into the JSON view.</summary>
    public async Task WriteJsonAsync(string json)
    {
        await JsonTab.ClickAsync();
        // A plan at its limits is 150 kB: entering it takes a browser seconds.
        await Json.FillAsync(json, new LocatorFillOptions { Timeout = 90_000 });
    }

    /// <summary>Starts the render.</summary>
    public async Task<RenderingPage> RenderAsync()
    {
        await Render.ClickAsync();
        await page.WaitForURLAsync("**/listen");
        return new RenderingPage(page);
    }

    /// <summary>Goes to the plan of a draft that has none yet, and puts one in.</summary>
    public static async Task<PlanPage> WithPlanAsync(IPage page, string json)
    {
        await new StartPage(page).BeginBlankAsync();
        await new WizardRail(page).GoToPlanAsync();
        var plan = new PlanPage(page);
        await plan.Prompt.FillAsync("A 30-second lo-fi loop");
        await plan.MakeThePlanAsync();
        await plan.WriteJsonAsync(json);
        await plan.ShowTimelineAsync();
        return plan;
    }

    /// <summary>Waits until the sections are these, in order.</summary>
    public async Task ExpectSectionsAsync(params string[] names)
    {
        await Assertions.Expect(Sections).ToHaveCountAsync(names.Length);
        foreach (var (at, name) in names.Index())
        {
            await Assertions.Expect(Sections.Nth(at)).ToHaveAccessibleNameAsync(name);
        }
    }

    /// <summary>Looks at a section.</summary>
    public async Task SelectAsync(string name)
    {
        await SectionNamed(name).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(Section.Name).ToHaveValueAsync(name);
    }
}
