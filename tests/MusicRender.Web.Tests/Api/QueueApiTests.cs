using System.Net;
using System.Text;
using System.Text.Json;
using MusicRender.Web.Contracts;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

/// <summary>The line as programs meet it.</summary>
public sealed class QueueApiTests(SmallQueueApp app) : IClassFixture<SmallQueueApp>
{
    private readonly PausedScript _paused = new();

    [Fact]
    public async Task Line_ThatIsFull_SaysWhenToComeAgain_AndIsFairBetweenAddresses()
    {
        app.OneSlot.On("Holds the slot", _paused.Play);
        var holder = await AcceptedAsync("Holds the slot", "192.0.2.1");
        await _paused.Reached;
        var waiting = new List<string> { await AcceptedAsync("Waits 1", "192.0.2.1"), await AcceptedAsync("Waits 2", "192.0.2.1") };

        await IsRefusedAsync("192.0.2.1", "yours");
        // Another one has room, and comes before the second of the first.
        waiting.Add(await AcceptedAsync("Waits 3", "2001:db8:1:2::5"));
        await IsAtAsync(waiting[2], 2);
        await IsAtAsync(waiting[1], 3);
        await IsRefusedAsync("192.0.2.9", "waiting already");

        await using var client = await SocketClient.ConnectAsync(app, options =>
        {
            options.SetRequestHeader("Authorization", $"Bearer {GuardedApp.Token}");
            options.SetRequestHeader("X-Forwarded-For", "192.0.2.1");
        });
        await client.SendAsync(Plans.Message("Too many", "one-slot"));
        await client.ReceiveToEndAsync();
        var error = client.Terminal();
        Assert.Equal(("SERVER_ERROR", "queue_full"), (error.Text("error_code"), error.GetProperty("details").Text("reason")));
        Assert.True(error.GetProperty("details").Number("retry_after_seconds") >= 1);

        // Where those who ask are, nobody is told.
        using var page = await SendAsync(HttpMethod.Get, "/renders?state=queued");
        Assert.DoesNotContain("192.0.2", await page.Content.ReadAsStringAsync(MusicRenderApp.Patience), StringComparison.Ordinal);
        _paused.GoOn();
        foreach (var id in waiting.Append(holder))
        {
            await UntilEndedAsync(id);
        }
    }

    private async Task IsRefusedAsync(string address, string words)
    {
        foreach (var path in new[] { "/render", "/renders" })
        {
            using var response = await SendAsync(HttpMethod.Post, path, address, Plans.Wrapped("Too many", "one-slot"));
            var problem = await response.ProblemAsync(HttpStatusCode.TooManyRequests, app);
            Assert.Contains(words, problem.Text("detail"), StringComparison.Ordinal);
            Assert.Equal("queue_full", problem.GetProperty("details").Text("reason"));
            Assert.Equal(problem.GetProperty("details").Number("retry_after_seconds"), (long)response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        }
    }

    private async Task<string> AcceptedAsync(string title, string address)
    {
        using var response = await SendAsync(HttpMethod.Post, "/renders", address, Plans.Wrapped(title, "one-slot"));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.JsonAsync()).Text("id");
    }

    private async Task<RenderStatusBody> StatusAsync(string id)
    {
        using var response = await SendAsync(HttpMethod.Get, $"/renders/{id}");
        return JsonSerializer.Deserialize((await response.JsonAsync()).GetRawText(), WireJson.Wire.RenderStatusBody)!;
    }

    private async Task IsAtAsync(string id, int position)
    {
        var patience = MusicRenderApp.Patience;
        while ((await StatusAsync(id)).QueuePosition != position)
        {
            await Task.Delay(20, patience);
        }
    }

    private async Task UntilEndedAsync(string id)
    {
        var patience = MusicRenderApp.Patience;
        while ((await StatusAsync(id)).FinishedAt is null)
        {
            await Task.Delay(20, patience);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string address = "192.0.2.100", string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        request.Headers.Add("Authorization", $"Bearer {GuardedApp.Token}");
        request.Headers.Add("X-Forwarded-For", address);
        return await app.Http.SendAsync(request, MusicRenderApp.Patience);
    }
}
