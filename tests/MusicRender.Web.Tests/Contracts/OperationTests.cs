using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MusicRender.Web.Tests.Server;
using MusicRender.Web.Tests.Server.Contract;
using Xunit;

namespace MusicRender.Web.Tests.Contracts;

/// <summary>Every operation of the OpenAPI document, called on the running server. Its answers are checked on their way, as those of all tests are.</summary>
[Collection(typeof(SharedElevenLabsApp))]
public sealed class OperationTests(ElevenLabsApp app)
{
    [Fact]
    public async Task EveryOperation_Called_AnswersAsDocumented()
    {
        var called = new HashSet<string>(StringComparer.Ordinal);
        var track = await CallAsync("render", null, 200);
        var id = track.Text("id");
        await CallAsync("writePrompt", null, 200);
        await CallAsync("writePlan", null, 200);
        await CallAsync("startRender", null, 202);
        await CallAsync("cancelRender", id, 202);
        await CallAsync("cancelRenderOfKey", null, 202);
        await CallAsync("keepTake", id, 200);
        await CallAsync("findRender", id, 200);
        var events = await CallTextAsync("watchRender", id, 200);
        foreach (var message in SseParser.Create(new MemoryStream(Encoding.UTF8.GetBytes(events))).Enumerate())
        {
            WrittenContracts.CheckMessage(JsonElement.Parse(message.Data));
        }

        await CallAsync("listRenders", null, 200);
        await CallAsync("searchTracks", null, 200);
        await CallAsync("findTrack", id, 200);
        await CallAsync("editTrack", id, 200);
        await CallAsync("trackPeaks", id, 200);
        foreach (var file in new[] { "trackAudio", "trackAudioHead", "trackSpectrogram", "trackSpectrogramHead" })
        {
            await CallTextAsync(file, id, 200);
        }

        foreach (var audio in new[] { "streamTrack", "streamTrackHead", "downloadTrack", "downloadTrackHead", "listenLive", "listenLiveHead" })
        {
            await CallTextAsync(audio, id, 200);
        }

        app.ElevenLabs.On("/v1/music/finetunes", """{"finetunes":[{"id":"f1","name":"Night","model_id":"music_v2","tags":[],"visibility":"private","created_by":"self","status":"completed"}],"next_cursor":null,"has_more":false}""");
        await CallAsync("listFinetunes", null, 200);
        await CallAsync("listStems", id, 200);
        await CallAsync("makeStems", id, 202);
        var parts = await CallTextAsync("watchStems", id, 200);
        foreach (var message in SseParser.Create(new MemoryStream(Encoding.UTF8.GetBytes(parts))).Enumerate())
        {
            WrittenContracts.CheckValue("StemSet", JsonElement.Parse(message.Data));
        }

        var stems = await CallAsync("findStems", id, 200);
        var stem = stems.GetProperty("stems")[0].Text("name");
        await CallTextAsync("streamStem", id, 200, stem);
        await CallTextAsync("streamStemHead", id, 200, stem);
        await CallTextAsync("zipTrack", id, 200);
        await CallAsync("health", null, 200);
        await CallAsync("ready", null, 200);
        await CallAsync("alive", null, 200);
        await CallTextAsync("deleteTrack", id, 204);
        Assert.Equal(WrittenContracts.Operations.Select(operation => operation.Id).Order(), called.Order());

        async Task<JsonElement> CallAsync(string operation, string? id, int status) => JsonElement.Parse(await CallTextAsync(operation, id, status));

        async Task<string> CallTextAsync(string operation, string? id, int status, string? stem = null)
        {
            called.Add(operation);
            return await SendAsync(operation, id, stem, status);
        }
    }

    [Fact]
    public async Task EveryOperation_OfSomethingThatIsNot_AnswersWithAProblem()
    {
        var gone = new string('0', 32);
        foreach (var operation in WrittenContracts.Operations.Where(operation => operation.Path.Contains('{', StringComparison.Ordinal)))
        {
            await SendAsync(operation.Id, gone, "drums", 404);
        }
    }

    [Fact]
    public async Task EveryOperation_WithABodyThatIsNoJson_AnswersWithAProblem()
    {
        var operations = WrittenContracts.Operations.Where(operation => operation.Json.Has("requestBody")).ToList();
        Assert.Equal(6, operations.Count);
        foreach (var operation in operations)
        {
            await SendAsync(operation.Id, new string('0', 32), null, 422, body: "no json at all");
        }
    }

    /// <summary>Sends the operation's own example.</summary>
    private async Task<string> SendAsync(string id, string? track, string? stem, int status, string? body = null)
    {
        var operation = WrittenContracts.Operations.Single(one => one.Id == id);
        var path = operation.Path.Replace("{id}", track, StringComparison.Ordinal).Replace("{filename}", track, StringComparison.Ordinal).Replace("{set}", "two", StringComparison.Ordinal).Replace("{format}", "flac", StringComparison.Ordinal).Replace("{name}", stem, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Parse(operation.Method), new Uri(app.Address, path));
        request.Headers.Accept.ParseAdd("*/*");
        if (id is "startRender" or "cancelRenderOfKey")
        {
            request.Headers.Add("Idempotency-Key", "every-operation");
        }

        if (operation.Json.TryGetProperty("requestBody", out var taken))
        {
            var example = JsonNode.Parse(taken.GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText())!.AsObject();
            request.Content = new StringContent(body ?? example.ToJsonString(), Encoding.UTF8, "application/json");
        }

        // A whole song and its stems are made here: the client's own patience counts.
        using var response = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((HttpStatusCode)status == response.StatusCode, $"{id}: {(int)response.StatusCode} {text}");
        return text;
    }
}
