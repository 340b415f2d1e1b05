using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary>The steps of the React front end.</summary>
internal sealed class ReactPages(IPage page)
{
    public ILocator Heading => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator Prompt => page.GetByRole(AriaRole.Textbox, new() { Name = "Prompt", Exact = true });

    public ILocator Title => page.GetByLabel("Title", new() { Exact = true });

    public ILocator Seconds => page.GetByLabel("Seconds");

    public ILocator Json => page.GetByLabel("Plan as JSON");

    public ILocator Render => page.GetByRole(AriaRole.Button, new() { Name = "Render music" });

    public ILocator Bar => page.GetByRole(AriaRole.Progressbar);

    public ILocator Cancel => page.GetByRole(AriaRole.Button, new() { Name = "Cancel" });

    public ILocator Download => page.GetByRole(AriaRole.Link, new() { Name = "Download" });

    public ILocator Toast => page.GetByRole(AriaRole.Alert);

    /// <summary>The form that asks for the token.</summary>
    public ILocator TokenForm => page.GetByRole(AriaRole.Dialog, new() { Name = "Access token" });

    /// <summary>Chooses, tells the story, goes on to the prompt.</summary>
    public async Task ChooseAsync(string purpose, string sound, string story)
    {
        await page.GetByRole(AriaRole.Radio, new() { Name = purpose }).CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = sound }).CheckAsync();
        await page.GetByLabel("Your story").FillAsync(story);
        await page.GetByRole(AriaRole.Button, new() { Name = "Write the prompt" }).ClickAsync();
    }

    /// <summary>Goes the quickest way to a plan, and puts another in its place as JSON.</summary>
    public async Task PlanAsync(string json)
    {
        await ChooseAsync("An ad", "Lo-fi", "");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the plan" }).ClickAsync();
        await ShowJsonAsync();
        await Json.FillAsync(json);
    }

    public Task ShowJsonAsync() => page.GetByRole(AriaRole.Button, new() { Name = "JSON", Exact = true }).ClickAsync();

    public Task ShowFormAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Form", Exact = true }).ClickAsync();

    /// <summary>Enters a token.</summary>
    public async Task EnterTokenAsync(string token)
    {
        await TokenForm.GetByLabel("Token", new() { Exact = true }).FillAsync(token);
        await TokenForm.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
    }

    /// <summary>Waits until a stage has begun.</summary>
    public Task ReachAsync(string stage) => Assertions.Expect(page.Locator($"[data-stage={stage}]")).ToBeVisibleAsync();

    /// <summary>Dismisses the one toast.</summary>
    public Task DismissAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
}
