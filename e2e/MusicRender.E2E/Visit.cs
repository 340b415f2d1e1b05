using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MusicRender.Web.Tests.Server.Contract;

namespace MusicRender.E2E;

/// <summary>One person's visit: a browser context of its own. It notes what the browser's console complains of, and messages of the socket that the contract does not have.</summary>
public sealed class Visit : IAsyncDisposable
{
    // A trace keeps every file and what the page was at every action, which costs more than the action.
    private static readonly bool IsTraced = Environment.GetEnvironmentVariable("MUSICRENDER_TRACE") == "1";

    private readonly List<string> _errors = [];
    private readonly List<Regex> _expected = [];
    private readonly IBrowserContext _context;

    private Visit(IBrowserContext context, IPage page, Uri address)
    {
        _context = context;
        Page = page;
        Address = address;
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>The studio that is visited.</summary>
    public Uri Address { get; }

    /// <summary>True while the console may complain that nobody answers.</summary>
    public bool IsServerAway { get; set; }

    /// <summary>What the console complained of.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Opens a context on a studio, with no page loaded yet.</summary>
    public static async Task<Visit> BeginAsync(IBrowser browser, Uri address, int width, int height)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            AcceptDownloads = true,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Studio.Patience);
        if (IsTraced)
        {
            await context.Tracing.StartAsync(new TracingStartOptions { Snapshots = true });
        }

        await context.AddInitScriptAsync(RenderRecord.Script);
        await context.AddInitScriptAsync(Sound.Script);
        var visit = new Visit(context, await context.NewPageAsync(), address);
        visit.Listen();
        return visit;
    }

    /// <summary>A complaint of the console that belongs to the journey.</summary>
    public void Expect(string pattern) => _expected.Add(new Regex(pattern));

    /// <summary>Opens an address of the studio.</summary>
    public Task GoToAsync(string path) => Page.GotoAsync(path);

    /// <summary>Leaves the studio for an empty page.</summary>
    public Task LeaveAsync() => Page.GotoAsync("about:blank");

    /// <summary>What a person would tell of the page where a journey failed: its address, what sounds, and the beginning of what it says.</summary>
    public async Task<string> DescribeAsync() =>
        await Page.EvaluateAsync<string>(
            """
            () => {
              const media = window.playing;
              const sound = media === undefined ? "nothing was played" : [
                `${media.src.replace(/\?.*$/, "")} at ${media.currentTime} of ${media.duration} s`, media.paused ? "paused" : "plays", media.ended ? "ended" : "",
                `ready ${media.readyState}, network ${media.networkState}, heard to ${window.playedTo}`, media.error?.message ?? "",
              ].filter(Boolean).join(", ");
              return `${location.href}\n${sound}\n${document.body.innerText.replace(/\s+/g, " ").slice(0, 900)}`;
            }
            """);

    /// <summary>Keeps a screenshot and the page as it is; with <c>MUSICRENDER_TRACE=1</c> also a trace of all that led there.</summary>
    public async Task KeepEvidenceAsync(string name)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "e2e");
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.html"), await Page.ContentAsync());
        if (IsTraced)
        {
            await _context.Tracing.StopAsync(new TracingStopOptions { Path = Path.Combine(folder, $"{name}.zip") });
        }
    }

    /// <summary>Ends the visit.</summary>
    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Listen()
    {
        Page.Console += (_, message) =>
        {
            if (message.Type == "error" && !IsServerAway && !_expected.Exists(expected => expected.IsMatch(message.Text)))
            {
                _errors.Add($"{message.Text} ({message.Location})");
            }
        };
        Page.PageError += (_, error) =>
        {
            // Blazor's own, when the server goes while an answer to it is being written.
            if (!(IsServerAway && error.Contains("the connection is not in the 'Connected' State", StringComparison.Ordinal)) && !_expected.Exists(expected => expected.IsMatch(error)))
            {
                _errors.Add(error);
            }
        };
        Page.WebSocket += (_, socket) =>
        {
            if (new Uri(socket.Url).AbsolutePath == "/render/ws")
            {
                socket.FrameReceived += (_, frame) => CheckMessage(frame.Text ?? "");
            }
        };
    }

    /// <summary>Every message of the socket keeps to the contract, whoever reads it.</summary>
    private void CheckMessage(string message)
    {
        try
        {
            WrittenContracts.CheckMessage(JsonElement.Parse(message));
        }
        catch (ContractException exception)
        {
            _errors.Add(exception.Message);
        }
    }
}
