using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>The studio as somebody meets it who hears it: where the focus is, what is said, what the pages are made of.</summary>
public sealed class ScreenReaderJourneys(Studio studio) : Journey(studio)
{
    private const string Top = """
        - banner:
          - link "MusicRender"
          - navigation "Studio":
            - link "Start"
            - link "Library"
            - link "Settings"
          - button "Keys"
          - button "Light or dark"
        """;

    [Fact]
    public async Task Focus_AfterEachStep_IsWhereOneGoesOn()
    {
        var visit = await VisitAsync();
        var page = visit.Page;
        var story = await new StartPage(page).BeginAsync("Social media ad");
        await ExpectHeadingAsync(page);
        await page.Locator("body").EvaluateAsync(
            """
            () => {
              window.said = [];
              new MutationObserver((changes) => {
                for (const change of changes) {
                  const place = change.target.nodeType === 1 ? change.target : change.target.parentElement;
                  const words = place?.closest('[role=status]')?.textContent.trim();
                  if (words && window.said.at(-1) !== words) window.said.push(words);
                }
              }).observe(document.body, { subtree: true, childList: true, characterData: true });
            }
            """);

        var plan = await story.WriteAsync("A kettle that sings.");
        await ExpectHeadingAsync(page);
        await plan.MakeThePlanAsync();
        await Assertions.Expect(plan.TimelineTab).ToBeFocusedAsync();
        await plan.Render.ClickAsync();
        await new RenderingPage(page).FinishAsync();
        await ExpectHeadingAsync(page);

        var said = await page.Locator("body").EvaluateAsync<string[]>("() => window.said");
        Assert.Contains(said, words => words.StartsWith("The plan is made: ", StringComparison.Ordinal));
        Assert.Contains("Your track is ready.", said);
        // A render has seven stages; some of them are told once more after a while.
        Assert.InRange(said.Length, 3, 16);
    }

    [Fact]
    public async Task Focus_AfterADeletion_IsOnTheNextTrack()
    {
        using var api = new StudioApi(Studio.Address);
        foreach (var title in new[] { "Gone third", "Gone second", "Gone first" })
        {
            await api.MakeTrackAsync(title);
        }

        var visit = await VisitAsync("/library?q=gone");
        var library = new LibraryPage(visit.Page);
        foreach (var (title, next) in new[] { ("Gone first", "Gone second"), ("Gone third", "Gone second") })
        {
            await library.Delete(title).ClickAsync();
            await library.Question.Named(AriaRole.Button, "Delete").ClickAsync();
            await Assertions.Expect(library.Delete(next)).ToBeFocusedAsync();
        }

        await library.Delete("Gone second").ClickAsync();
        await library.Question.Named(AriaRole.Button, "Delete").ClickAsync();
        await ExpectHeadingAsync(visit.Page);
    }

    [Fact]
    public async Task Pages_Heard_HaveLandmarksHeadingsAndNamesInOrder()
    {
        var visit = await VisitAsync();
        var page = visit.Page;
        await Assertions.Expect(page.Locator("#studio")).ToMatchAriaSnapshotAsync(
            $"""
            {Top}
            - main:
              - heading "What should it sound like?" [level=1]
              - list "Quick starts"
              - paragraph:
                - button "Blank composition"
              - region "Recent tracks":
                - heading "Recent tracks" [level=2]
            """);

        var story = await new StartPage(page).BeginAsync("Birthday song");
        await Assertions.Expect(page.Locator("#studio")).ToMatchAriaSnapshotAsync(
            $"""
            {Top}
            - main:
              - navigation "Steps":
                - list
              - heading [level=1]
              - textbox "Your story"
              - complementary "Use and tips":
                - heading "What becomes of it" [level=2]
                - heading "What helps" [level=2]
              - button "Back to the choices"
              - button "Turn it into a prompt"
            """);

        var plan = await story.WriteAsync("Mia turns seven on Saturday.");
        await plan.MakeThePlanAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToMatchAriaSnapshotAsync(
            """
            - main:
              - navigation "Steps"
              - heading "Plan" [level=1]
              - textbox "Title"
              - group: Prompt
              - tablist "Views":
                - tab "Timeline" [selected]
                - tab "JSON"
              - button "Undo"
              - button "Redo" [disabled]
              - button "Copy the plan"
              - button "Paste a plan"
              - button "Import a plan"
              - button "Export the plan"
              - tabpanel "Timeline":
                - group "Timeline tools"
                - list "Sections":
                  - listitem
                - region "Selected section":
                  - heading /section 1 of \d+/ [level=2]
                  - textbox "Section name"
                  - spinbutton "Length"
                  - textbox "Lyric lines"
                  - textbox "Styles wanted here"
                  - textbox "Styles unwanted here"
                - region "Whole track":
                  - heading "Whole track" [level=2]
              - button "Preview all of the plan"
              - button "Render music"
            """);
    }

    /// <summary>The page's heading has the focus.</summary>
    private static Task ExpectHeadingAsync(IPage page) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToBeFocusedAsync();
}
