using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>The timeline under a mouse, a finger and keys.</summary>
public sealed class TimelineJourneys(Studio studio) : Journey(studio)
{
    [Fact]
    public async Task Drag_OfABlockAndOfAnEdge_IsOneCallEachAndOneStepOfUndo()
    {
        var visit = await PrepareAsync(Studio.Address);
        var page = visit.Page;
        var calls = TimelinePanel.CountCalls(page);
        await visit.GoToAsync("/");
        var plan = await OpenAsync(page, "Intro", "Verse", "Outro");
        var before = await TimelinePanel.SettledAsync(calls);

        // A block to the end: the others make room while it is dragged, and nobody asks the server.
        var (x, y) = await plan.Timeline.MiddleAsync("Intro");
        var (end, _) = await plan.Timeline.EdgeAsync("Outro");
        var (room, _) = await plan.Timeline.MiddleAsync("Verse");
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(end, y, new MouseMoveOptions { Steps = 12 });
        await page.UntilAsync("(x) => { const box = document.querySelector('li[aria-label=Verse]').getBoundingClientRect(); return box.right < x; }", (double)room);
        Assert.Equal(before, calls());
        await page.Mouse.UpAsync();
        await plan.ExpectSectionsAsync("Verse", "Outro", "Intro");
        Assert.Equal(before + 1, calls());
        await page.UntilAsync("[...document.querySelectorAll('li.block-item')].every(item => item.style.transform === '')");

        // An edge: lengths keep to bars, of 2 667 ms here.
        (x, y) = await plan.Timeline.EdgeAsync("Verse");
        var second = (await plan.Timeline.WidthsAsync())[0] / 10;
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + (float)(2.4 * second), y, new MouseMoveOptions { Steps = 8 });
        await Assertions.Expect(page.Locator(".bubble")).ToHaveTextAsync("0:13 · 5 bars");
        Assert.Equal(before + 1, calls());
        await page.Mouse.UpAsync();
        await plan.Timeline.ExpectLengthsAsync(13_333, 10_000, 10_000);
        Assert.Equal(before + 2, calls());
        var widths = await plan.Timeline.WidthsAsync();
        Assert.Equal(4.0 / 3, widths[0] / widths[1], 0.03);

        // Escape gives a drag up.
        (x, y) = await plan.Timeline.MiddleAsync("Outro");
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x - 500, y, new MouseMoveOptions { Steps = 5 });
        await page.Keyboard.PressAsync("Escape");
        await page.Mouse.UpAsync();
        await plan.ExpectSectionsAsync("Verse", "Outro", "Intro");

        await plan.Undo.ClickAsync();
        await plan.Timeline.ExpectLengthsAsync(10_000, 10_000, 10_000);
        await plan.Undo.ClickAsync();
        await plan.ExpectSectionsAsync("Intro", "Verse", "Outro");
    }

    [Fact]
    public async Task Block_ThatIsClickedInALowWindow_BringsItsFormIntoSight_AndStaysThere()
    {
        var visit = await VisitAsync();
        var plan = await OpenAsync(visit.Page, "Intro", "Verse", "Outro");
        await visit.Page.SetViewportSizeAsync(1_280, 600);
        await visit.Page.EvaluateAsync("scrollTo(0, document.querySelector('.timeline').getBoundingClientRect().top + scrollY - 320)");
        await Assertions.Expect(plan.Section.Name).Not.ToBeInViewportAsync();

        await plan.Timeline.Block("Verse").ClickAsync();

        await Assertions.Expect(plan.Section.Name).ToHaveValueAsync("Verse");
        await Assertions.Expect(plan.Section.Name).ToBeInViewportAsync(new LocatorAssertionsToBeInViewportOptions { Ratio = 1 });
        await Assertions.Expect(plan.Timeline.Block("Verse")).ToBeInViewportAsync(new LocatorAssertionsToBeInViewportOptions { Ratio = 1 });
        // Not below what stands over the page's foot.
        await visit.Page.UntilAsync("document.querySelector('[data-part=section-form] input').getBoundingClientRect().bottom <= document.querySelector('.action-bar').getBoundingClientRect().top");
    }

    [Fact]
    public async Task Keys_AreEnoughForAllOfIt_AndAreSaid()
    {
        var visit = await VisitAsync();
        var keys = visit.Page.Keyboard;
        var plan = await OpenAsync(visit.Page, "Intro", "Verse", "Outro");
        var timeline = plan.Timeline;
        await timeline.Block("Intro").FocusAsync();
        await keys.PressAsync("ArrowRight");
        await Assertions.Expect(timeline.Block("Verse")).ToBeFocusedAsync();
        await Assertions.Expect(plan.Section.Name).ToHaveValueAsync("Verse");

        // A step further than the end changes nothing, and neither does a press that comes before the last is answered.
        await keys.PressAsync("Control+ArrowRight");
        await keys.PressAsync("Control+ArrowRight");
        await plan.ExpectSectionsAsync("Intro", "Outro", "Verse");
        await Assertions.Expect(timeline.Block("Verse")).ToBeFocusedAsync();

        await keys.PressAsync("Alt+ArrowRight");
        await keys.PressAsync("Alt+ArrowRight");
        await timeline.ExpectLengthsAsync(10_000, 10_000, 13_333);
        await Assertions.Expect(timeline.Said).ToHaveTextAsync("Verse: 13 s, 5 bars.");
        Assert.EndsWith("/plan", visit.Page.Url, StringComparison.Ordinal);

        await keys.PressAsync("Control+d");
        await plan.ExpectSectionsAsync("Intro", "Outro", "Verse", "Verse 2");
        await Assertions.Expect(timeline.Block("Verse 2")).ToBeFocusedAsync();
        await keys.PressAsync("Home");
        await Assertions.Expect(timeline.Block("Intro")).ToBeFocusedAsync();
        await keys.PressAsync("Delete");
        await plan.ExpectSectionsAsync("Outro", "Verse", "Verse 2");
        await Assertions.Expect(timeline.Block("Outro")).ToBeFocusedAsync();
        await Assertions.Expect(timeline.Said).ToHaveTextAsync("Intro removed. Undo brings it back.");

        var width = (await timeline.WidthsAsync())[0];
        await keys.PressAsync("+");
        Assert.Equal(1.5, (await timeline.WidthsAsync())[0] / width, 0.05);
        await keys.PressAsync("0");
        Assert.Equal(1, (await timeline.WidthsAsync())[0] / width, 0.01);
        await keys.PressAsync("Control+z");
        await plan.ExpectSectionsAsync("Intro", "Outro", "Verse", "Verse 2");
    }

    [Fact]
    public async Task Keys_Held_GoOnSlowlyAndAreOneStep_OrHappenOnce()
    {
        var visit = await PrepareAsync(Studio.Address);
        var calls = TimelinePanel.CountCalls(visit.Page);
        await visit.GoToAsync("/");
        var plan = await OpenAsync(visit.Page, "Intro", "Verse", "Outro", "End");
        var (keys, timeline) = (visit.Page.Keyboard, plan.Timeline);
        await timeline.Block("Intro").FocusAsync();
        var before = calls();

        await keys.DownAsync("Alt");
        // Two steps: to the next bar of the plan's tempo, and one bar on.
        var presses = await HoldAsync("ArrowRight", async () => (await timeline.LengthsAsync())[0] >= 13_333);
        await keys.UpAsync("Alt");
        await visit.Page.UntilAsync("document.querySelector('.timeline [role=status]').textContent !== ''");
        var lengths = await timeline.LengthsAsync();
        Assert.InRange(lengths[0], 13_333, 120_000);
        Assert.InRange(calls() - before, 1, presses - 1);
        await keys.PressAsync("Control+z");
        await timeline.ExpectLengthsAsync(10_000, 10_000, 10_000, 10_000);

        await HoldAsync("Delete", () => Task.FromResult(true));
        await plan.ExpectSectionsAsync("Verse", "Outro", "End");
        await Assertions.Expect(timeline.Block("Verse")).ToBeFocusedAsync();

        // Each press but the first is a repeat of a key that is held; they come faster than a page is drawn.
        async Task<int> HoldAsync(string key, Func<Task<bool>> enough)
        {
            var presses = 0;
            do
            {
                for (var press = 0; press < 40; press++, presses++)
                {
                    await keys.DownAsync(key);
                }
            }
            while (presses < 20_000 && !await enough());
            await keys.UpAsync(key);
            return presses;
        }
    }

    [Fact]
    public async Task Finger_OnANarrowWindow_ScrollsHoldsAndPulls()
    {
        var visit = await VisitAsync(width: 390, height: 844);
        var page = visit.Page;
        var touch = await page.Context.NewCDPSessionAsync(page);
        await touch.SendAsync("Emulation.setTouchEmulationEnabled", new Dictionary<string, object> { ["enabled"] = true });
        string[] names = [.. Enumerable.Range(1, 12).Select(number => $"Part {number}")];
        var plan = await OpenAsync(page, names);
        await Layout.CheckNarrowAsync(page);
        await page.Locator(".timeline-scroll").ScrollIntoViewIfNeededAsync();

        // Swiped, it scrolls and nothing moves.
        var (x, y) = await plan.Timeline.MiddleAsync("Part 5");
        await SlideAsync(touch, x, y, -120);
        await page.UntilAsync("document.querySelector('.timeline-scroll').scrollLeft > 40");
        await plan.ExpectSectionsAsync(names);

        // A finger that stops what still glides scrolls on, and the browser lets nobody prevent it: it holds nothing.
        Assert.False(await plan.Timeline.Block("Part 5").EvaluateAsync<bool>(Gliding));

        // Held, it is dragged.
        await page.Locator(".timeline-scroll").EvaluateAsync(Rested);
        (x, y) = await plan.Timeline.MiddleAsync("Part 2");
        await TouchAsync(touch, "touchStart", x, y);
        await Assertions.Expect(page.Locator("li.dragged")).ToHaveCountAsync(1);
        await MoveAsync(touch, x, y, 100);
        await TouchAsync(touch, "touchEnd");
        await plan.ExpectSectionsAsync(["Part 1", "Part 3", "Part 4", "Part 2", .. names[4..]]);

        // The selected block has an edge for a finger.
        await plan.Timeline.Block("Part 1").ClickAsync();
        await Assertions.Expect(plan.Section.Name).ToHaveValueAsync("Part 1");
        (x, y) = await plan.Timeline.EdgeAsync("Part 1");
        await SlideAsync(touch, x, y, 48);
        await page.UntilAsync("Number(document.querySelector('li[aria-label=\"Part 1\"]').dataset.ms) >= 16000");
    }

    private const string Gliding =
        """
        async (block) => {
          const { x, y } = block.getBoundingClientRect();
          block.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, isPrimary: true, pointerId: 77, pointerType: "touch", clientX: x + 5, clientY: y + 5 }));
          block.dispatchEvent(new TouchEvent("touchstart", { bubbles: true, cancelable: false }));
          await new Promise((resolve) => setTimeout(resolve, 600));
          return document.querySelector("li.dragged") !== null;
        }
        """;

    // A swipe glides on for a while. Back at the start, and at rest there.
    private const string Rested =
        """
        async (scroll) => {
          for (let still = 0; still < 10; still++) {
            if (scroll.scrollLeft !== 0) still = 0;
            scroll.scrollLeft = 0;
            await new Promise(requestAnimationFrame);
          }
        }
        """;

    private static async Task SlideAsync(ICDPSession touch, float x, float y, float by)
    {
        await TouchAsync(touch, "touchStart", x, y);
        await MoveAsync(touch, x, y, by);
        await TouchAsync(touch, "touchEnd");
    }

    private static async Task MoveAsync(ICDPSession touch, float x, float y, float by)
    {
        const int Steps = 10;
        for (var step = 1; step <= Steps; step++)
        {
            await TouchAsync(touch, "touchMove", x + (by * step / Steps), y);
        }
    }

    private static async Task TouchAsync(ICDPSession touch, string type, float x = 0, float y = 0) =>
        await touch.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
        {
            ["type"] = type,
            ["touchPoints"] = type == "touchEnd" ? Array.Empty<object>() : [new Dictionary<string, object> { ["x"] = x, ["y"] = y }],
        });

    private static async Task<PlanPage> OpenAsync(IPage page, params string[] sections)
    {
        var plan = await PlanPage.WithPlanAsync(page, Plans.Text("Dragged", 10_000, sections));
        await plan.ExpectSectionsAsync(sections);
        await plan.Timeline.ReadyAsync();
        return plan;
    }
}
