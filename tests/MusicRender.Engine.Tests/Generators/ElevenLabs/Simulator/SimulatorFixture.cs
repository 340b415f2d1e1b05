using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ElevenLabs.Simulator;
using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Contract;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Simulator;

/// <summary>A simulator, and calls to it by a plain HTTP client.</summary>
public sealed class SimulatorFixture : IAsyncLifetime
{
    internal const string Stream = "/v1/music/detailed/stream";
    internal const string Detailed = "/v1/music/detailed";
    internal const string Plan = "/v1/music/plan";
    internal const string Stems = "/v1/music/stem-separation";
    internal const string Finetunes = "/v1/music/finetunes";
    internal const string Subscription = "/v1/user/subscription";

    internal SimulatorHost Host { get; private set; } = null!;

    internal HttpClient Http { get; private set; } = null!;

    /// <summary>A song of three chunks, 4, 6 and 3 seconds.</summary>
    internal static JsonObject Song => JsonNode.Parse("""
        {
          "model_id": "music_v2",
          "composition_plan": {
            "chunks": [
              { "text": "[Intro]\n{instrumental, no vocals}", "duration_ms": 4000, "positive_styles": ["jazz", "trio"], "negative_styles": [], "context_adherence": "high" },
              { "text": "[Verse]\nRain on the roof\nAgain and again", "duration_ms": 6000, "positive_styles": ["brushes"] },
              { "text": "[Outro]", "duration_ms": 3000, "positive_styles": ["ending"] }
            ]
          }
        }
        """)!.AsObject();

    /// <summary>The same for the first model.</summary>
    internal static JsonObject SongOfSections => JsonNode.Parse("""
        {
          "model_id": "music_v1",
          "composition_plan": {
            "positive_global_styles": ["jazz"],
            "negative_global_styles": [],
            "sections": [
              { "section_name": "Intro", "positive_local_styles": [], "negative_local_styles": [], "duration_ms": 4000, "lines": [] },
              { "section_name": "Verse", "positive_local_styles": [], "negative_local_styles": [], "duration_ms": 5000, "lines": ["Rain on the roof"] }
            ]
          }
        }
        """)!.AsObject();

    public async ValueTask InitializeAsync()
    {
        Host = await SimulatorHost.StartAsync();
        Http = new HttpClient { BaseAddress = Host.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }

    internal async Task<HttpResponseMessage> PostAsync(string path, string key, JsonNode body, CancellationToken ct = default)
    {
        using var request = RequestOf(HttpMethod.Post, path, key);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    internal async Task<HttpResponseMessage> GetAsync(string path, string key)
    {
        using var request = RequestOf(HttpMethod.Get, path, key);
        return await Http.SendAsync(request);
    }

    internal async Task<HttpResponseMessage> SeparateAsync(string key, byte[] file, string? variation = null, string query = "")
    {
        using var request = RequestOf(HttpMethod.Post, Stems + query, key);
        var audio = new ByteArrayContent(file);
        audio.Headers.ContentType = new MediaTypeHeaderValue("audio/mpeg");
        var form = new MultipartFormDataContent { { audio, "file", "song.mp3" } };
        if (variation is not null)
        {
            form.Add(new StringContent(variation), "stem_variation_id");
        }

        request.Content = form;
        return await Http.SendAsync(request);
    }

    /// <summary>The events of a song.</summary>
    internal async Task<EventStream> ComposeAsync(string key, JsonNode? body = null, string query = "")
    {
        using var response = await PostAsync(Stream + query, key, body ?? Song);
        Assert.Equal(200, (int)response.StatusCode);
        return EventStream.Read(await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>A refusal's status and body.</summary>
    internal static async Task<(int Status, JsonNode? Body)> RefusalAsync(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : JsonValue.Create(text));
    }

    internal async Task<RecordedCall> LastCallAsync(string key) => (await Host.CallsAsync(key))[^1];

    /// <summary>What the document says against a value of one of its schemas.</summary>
    internal static IReadOnlyList<Violation> Against(string schema, JsonNode? value) => OpenApiContract.Instance.Schemas.Check(schema, value);

    private static HttpRequestMessage RequestOf(HttpMethod method, string path, string key)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("xi-api-key", key);
        return request;
    }
}
