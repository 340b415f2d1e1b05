using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary><c>/</c>: quick starts, drafts, recent tracks.</summary>
public sealed class StartPage(IPage page)
{
    /// <summary>The names of the eight quick starts.</summary>
    public static IReadOnlyList<string> QuickStarts { get; } =
    [
        "Social media ad", "Podcast background", "Gaming video", "Meditation track",
        "Personal song", "Epic trailer", "Study music", "Birthday song",
    ];

    /// <summary>The button that leads to an empty draft.</summary>
    public ILocator Blank => page.Named(AriaRole.Button, "Blank composition");

    /// <summary>A quick start's button.</summary>
    public ILocator QuickStart(string name) => page.Named(AriaRole.Button, name);

    /// <summary>Begins with a quick start.</summary>
    public async Task<StoryPage> BeginAsync(string quickStart)
    {
        await QuickStart(quickStart).ClickAsync();
        var story = new StoryPage(page);
        await Assertions.Expect(story.Story).ToBeVisibleAsync();
        return story;
    }

    /// <summary>Begins with nothing.</summary>
    public async Task<ChoosePage> BeginBlankAsync()
    {
        await Blank.ClickAsync();
        var choose = new ChoosePage(page);
        await Assertions.Expect(choose.Continue).ToBeVisibleAsync();
        return choose;
    }
}
