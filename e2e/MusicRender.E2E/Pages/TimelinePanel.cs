using System.Text;
using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary>The blocks of the timeline, under a mouse, a finger or keys.</summary>
public sealed class TimelinePanel(IPage page)
{
    /// <summary>A block, by its section's name.</summary>
    public ILocator Block(string name) => page.Named(AriaRole.List, "Sections").Named(AriaRole.Listitem, name).GetByRole(AriaRole.Button);

    /// <summary>What was said to screen readers.</summary>
    public ILocator Said => page.Locator(".timeline").GetByRole(AriaRole.Status);

    /// <summary>Whether lengths keep to bars.</summary>
    public ILocator Snap => page.Named(AriaRole.Button, "Snap to bars");

    /// <summary>Shows less of it, closer.</summary>
    public ILocator ZoomIn => page.Named(AriaRole.Button, "Zoom in");

    /// <summary>Shows all of it.</summary>
    public ILocator ZoomFit => page.Named(AriaRole.Button, "Show all");

    /// <summary>Waits for the browser's half.</summary>
    public Task ReadyAsync() => Assertions.Expect(page.Locator(".timeline[data-ready]")).ToBeVisibleAsync();

    /// <summary>The lengths of the sections as the server has them, ms.</summary>
    public Task<int[]> LengthsAsync() =>
        page.Locator("ol[aria-label=Sections] > li").EvaluateAllAsync<int[]>("items => items.map(item => Number(item.dataset.ms))");

    /// <summary>Waits until the sections have these lengths, ms.</summary>
    public Task ExpectLengthsAsync(params int[] lengths) =>
        page.UntilAsync("(wanted) => [...document.querySelectorAll('ol[aria-label=Sections] > li')].map(item => item.dataset.ms).join() === wanted", string.Join(',', lengths));

    /// <summary>Widths of the blocks, px.</summary>
    public Task<double[]> WidthsAsync() =>
        page.Locator("ol[aria-label=Sections] > li").EvaluateAllAsync<double[]>("items => items.map(item => item.getBoundingClientRect().width)");

    /// <summary>The middle of a block.</summary>
    public async Task<(float X, float Y)> MiddleAsync(string name)
    {
        var box = (await Block(name).BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    /// <summary>The edge at a block's end.</summary>
    public async Task<(float X, float Y)> EdgeAsync(string name)
    {
        var box = (await Block(name).BoundingBoxAsync())!;
        return (box.X + box.Width, box.Y + 30);
    }

    /// <summary>Counts what the page asks of the server; to be called before the page is opened.</summary>
    public static Func<int> CountCalls(IPage page)
    {
        var calls = 0;
        page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) =>
        {
            var text = frame.Text ?? Encoding.Latin1.GetString(frame.Binary ?? []);
            if (text.Contains("BeginInvokeDotNetFromJS", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref calls);
            }
        };
        return () => Volatile.Read(ref calls);
    }

    /// <summary>How many calls there were when the page had nothing more to say for a while.</summary>
    public static async Task<int> SettledAsync(Func<int> calls)
    {
        for (var before = calls(); ; before = calls())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(700));
            if (calls() == before)
            {
                return before;
            }
        }
    }
}
