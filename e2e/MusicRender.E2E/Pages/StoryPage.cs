using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary>The wizard's second step.</summary>
public sealed class StoryPage(IPage page)
{
    /// <summary>What the song is about.</summary>
    public ILocator Story => page.Named(AriaRole.Textbox, "Your story");

    /// <summary>Leads to the prompt.</summary>
    public ILocator Write => page.Named(AriaRole.Button, "Turn it into a prompt");

    /// <summary>Writes the prompt of a story.</summary>
    public async Task<PlanPage> WriteAsync(string story)
    {
        await Story.FillAsync(story);
        await Write.ClickAsync();
        var plan = new PlanPage(page);
        await Assertions.Expect(plan.Prompt).Not.ToBeEmptyAsync();
        return plan;
    }
}
