using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

/// <summary>The same request with the same key is the same render, over REST and over the socket.</summary>
[Collection(typeof(SharedApp))]
public sealed class IdempotencyApiTests(MusicRenderApp app)
{
    private readonly string _key = $"key-{Guid.NewGuid():N}";

    [Fact]
    public async Task SameKey_SameBody_IsTheSameRender_HoweverItIsAskedFor()
    {
        using var first = await PostAsync("/render", "Asked again", _key);
        var result = await first.JsonAsync();
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using var again = await PostAsync("/render", "Asked again", _key);
        Assert.Equal(result.GetRawText(), (await again.JsonAsync()).GetRawText());

        using var started = await PostAsync("/renders", "Asked again", _key);
        Assert.Equal((HttpStatusCode.Accepted, result.Text("id")), (started.StatusCode, (await started.JsonAsync()).Text("id")));
        Assert.Equal($"/renders/{result.Text("id")}", started.Headers.Location!.ToString());

        await using var client = await SocketClient.RunAsync(app, Message("Asked again", _key));
        Assert.Equal(result.Text("id"), client.Terminal().GetProperty("data").Text("id"));
        // The log from its beginning.
        Assert.Equal(1, client.Received[1].Number("sequence"));
    }

    [Fact]
    public async Task SameKey_WhileTheRenderRuns_JoinsIt()
    {
        var paused = new PausedScript();
        app.Scripted.On("Joined", paused.Play);
        await using var first = await SocketClient.ConnectAsync(app);
        await first.SendAsync(Message("Joined", _key));
        await paused.Reached;

        // The first client is gone with its answer.
        first.Socket.Abort();
        await using var second = await SocketClient.ConnectAsync(app);
        await second.SendAsync(Message("Joined", _key));
        await second.ReceiveStageAsync("generating");
        paused.GoOn();
        await second.ReceiveToEndAsync();

        Assert.Equal("result", second.Terminal().Type());
        Assert.Equal(1, (await app.Api.SearchTracksAsync("Joined")).Total);
    }

    [Fact]
    public async Task Cancel_ByTheKey_EndsTheRender_AndStartsNothing()
    {
        var paused = new PausedScript();
        app.Scripted.On("Cancelled by its key", paused.Play);
        using (var none = await CancelAsync(_key))
        {
            await none.ProblemAsync(HttpStatusCode.NotFound, app);
        }

        using var started = await PostAsync("/renders", "Cancelled by its key", _key);
        await paused.Reached;
        using var cancelled = await CancelAsync(_key);
        var id = (await started.JsonAsync()).Text("id");
        Assert.Equal((HttpStatusCode.Accepted, id), (cancelled.StatusCode, (await cancelled.JsonAsync()).Text("id")));
        await app.UntilAsync(id, status => status.State == "cancelled");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("two words")]
    public async Task Cancel_WithoutAKey_SaysWhatIsMissing(string? key)
    {
        using var answer = await CancelAsync(key);
        Assert.Equal("Idempotency-Key", (await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors")[0].Text("path"));
    }

    [Fact]
    public async Task SameKey_AtOnce_IsRenderedOnce()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync("/renders", "At once", _key)));
        var ids = new HashSet<string>();
        foreach (var response in responses)
        {
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            ids.Add((await response.JsonAsync()).Text("id"));
            response.Dispose();
        }

        await app.UntilAsync(Assert.Single(ids), status => status.State == "succeeded");
        Assert.Equal(1, (await app.Api.SearchTracksAsync("At once")).Total);
    }

    [Fact]
    public async Task SameKey_AnotherBody_IsRefused()
    {
        using var first = await PostAsync("/renders", "The first", _key);
        foreach (var path in new[] { "/render", "/renders" })
        {
            using var other = await PostAsync(path, "Another", _key);
            var problem = await other.ProblemAsync(HttpStatusCode.UnprocessableEntity, app);
            Assert.Equal(("INVALID_REQUEST", "idempotency_key_reused"), (problem.Text("error_code"), problem.GetProperty("details").Text("reason")));
        }

        await using var client = await SocketClient.RunAsync(app, Message("Another", _key));
        var error = client.Terminal();
        Assert.Equal(("INVALID_REQUEST", "idempotency_key_reused"), (error.Text("error_code"), error.GetProperty("details").Text("reason")));
        Assert.Equal(0, (await app.Api.SearchTracksAsync("Another")).Total);
    }

    [Fact]
    public async Task RefusedPlan_UsesNoKeyUp()
    {
        using var request = Request("/render", """{"sections":[]}""", _key);
        using var refused = await app.Http.SendAsync(request, MusicRenderApp.Patience);
        await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, app);
        using var accepted = await PostAsync("/render", "After a refusal", _key);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a tab\tinside")]
    [InlineData("256")]
    public async Task Key_ThatIsNone_IsRefused(string key)
    {
        key = key == "256" ? new string('k', 256) : key;
        foreach (var path in new[] { "/render", "/renders" })
        {
            using var response = await PostAsync(path, "Bad key", key);
            var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app);
            Assert.Equal(["Idempotency-Key"], problem.GetProperty("errors").Paths());
        }

        await using var client = await SocketClient.RunAsync(app, Message("Bad key", key));
        var error = client.Terminal();
        Assert.Equal("INVALID_REQUEST", error.Text("error_code"));
        Assert.Contains("idempotency_key", error.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("true")]
    [InlineData("[\"key\"]")]
    [InlineData("{}")]
    public async Task SocketKey_OfAnotherType_IsRefused(string json)
    {
        await using var client = await SocketClient.RunAsync(app, $$"""{"type":"render","composition_plan":{{Plans.Seed("Bad key")}},"generator":"scripted","idempotency_key":{{json}}}""");
        Assert.Equal("INVALID_REQUEST", client.Terminal().Text("error_code"));
    }

    [Fact]
    public async Task SocketKey_Null_IsNone()
    {
        await using var client = await SocketClient.RunAsync(app, $$"""{"type":"render","composition_plan":{{Plans.Seed("No key")}},"generator":"scripted","idempotency_key":null}""");
        Assert.Equal("result", client.Terminal().Type());
    }

    [Fact]
    public async Task Keys_MoreThanOne_AreRefused()
    {
        using var request = Request("/render", Plans.Wrapped("Two keys", "scripted"), _key);
        request.Headers.Add("Idempotency-Key", "another");
        using var response = await app.Http.SendAsync(request, MusicRenderApp.Patience);
        await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app);
    }

    private static string Message(string title, string key)
    {
        var message = JsonNode.Parse(Plans.Message(title))!.AsObject();
        message["idempotency_key"] = key;
        return message.ToJsonString();
    }

    private static HttpRequestMessage Request(string path, string json, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return request;
    }

    private async Task<HttpResponseMessage> CancelAsync(string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/renders/cancel");
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await app.Http.SendAsync(request, MusicRenderApp.Patience);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string title, string key)
    {
        using var request = Request(path, Plans.Wrapped(title, "scripted"), key);
        return await app.Http.SendAsync(request, MusicRenderApp.Patience);
    }
}
