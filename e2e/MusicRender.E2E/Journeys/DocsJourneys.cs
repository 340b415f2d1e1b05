using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MusicRender.E2E.Journeys;

/// <summary>The page at <c>/docs</c>.</summary>
public sealed class DocsJourneys(Studio studio) : Journey(studio)
{
    [Fact]
    public async Task Docs_CanMakeASong_AndAskNobodyElse()
    {
        var visit = await PrepareAsync(Studio.Address);
        var foreign = new List<string>();
        visit.Page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" or "ws" or "wss" } url && url.Authority != Studio.Address.Authority)
            {
                foreign.Add(request.Url);
            }
        };
        await visit.GoToAsync("/docs/#rest/tag/rendering/POST/render");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(@"Test Request\s*\(post .render\)") }).ClickAsync();
        var answer = await visit.Page.RunAndWaitForResponseAsync(
            () => visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Send") }).First.ClickAsync(),
            response => response.Request.Method == "POST" && new Uri(response.Url).AbsolutePath == "/render",
            new() { Timeout = Studio.RenderPatience });
        Assert.Equal(200, answer.Status);
        var track = JsonNode.Parse(await answer.TextAsync())!.AsObject();
        Assert.Equal("Night Drive", (string?)track["composition_plan"]!["title"]);
        using var api = new StudioApi(Studio.Address);
        Assert.Equal((string?)track["filename"], (string?)(await api.TrackAsync((string)track["id"]!))["filename"]);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Close Client" }).ClickAsync();
        await visit.GoToAsync("/docs/#websocket/channel/render");
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "What clients hear." })).ToBeVisibleAsync();
        Assert.Empty(foreign);
    }
}
