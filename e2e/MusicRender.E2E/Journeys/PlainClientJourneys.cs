using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace MusicRender.E2E.Journeys;

/// <summary>Somebody else's page, written as the integration guide teaches, without any package.</summary>
public sealed class PlainClientJourneys(Studio studio) : Journey(studio)
{
    /// <summary>Where the guide's front end is served while it is developed: allowed out of the box.</summary>
    private const int AllowedPort = 5173;

    private static readonly (string Stage, int Percent, string Message)[] Guide =
    [
        ("connected", 0, "Connected. Send composition plan to begin rendering."),
        ("validating", 5, "Validating composition plan..."),
        ("validated", 10, "Composition plan validated successfully"),
        ("generating", 15, "Starting music generation with Sketch..."),
        ("processing", 70, "Generation complete, processing audio..."),
        ("saving", 85, "Saving audio file to disk..."),
        ("extracting", 95, "Extracting metadata..."),
        ("complete", 100, "Render complete!"),
    ];

    private PlainPage? _server;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task PlainSocket_OfAnAllowedOrigin_GetsTheGuidesMessagesAndThenTheFile()
    {
        var visit = await OpenAsync(AllowedPort);
        var song = await CallAsync(visit, "renderWithWebSocket", Plans.Of("My Song", 4_000, "Verse", "Chorus"));
        var messages = (await MessagesAsync(visit)).ToList();

        var stages = messages.Where((message, at) => (string?)message["type"] == "progress" && (at == 0 || (string?)message["stage"] != (string?)messages[at - 1]["stage"]));
        Assert.Equal(Guide, stages.Where(message => (string?)message["stage"] != "queued").Select(message => ((string)message["stage"]!, (int)message["progress_percent"]!, (string)message["message"]!)));
        Assert.All(messages[..^1], message => Assert.Equal("progress", (string?)message["type"]));
        Assert.All(messages, message => Assert.True(message["type"] is not null && DateTimeOffset.TryParse((string?)(message["timestamp"] ?? message["data"]?["timestamp"]), out _)));
        var result = messages[^1]["data"]!.AsObject();
        Assert.Equal("result", (string?)messages[^1]["type"]);
        Assert.Matches(@"^my-song_[0-9a-f]{8}\.mp3$", (string)result["filename"]!);
        Assert.Equal($"/render/download/{result["filename"]}", (string?)result["download_url"]);
        Assert.Equal($"/render/stream/{result["filename"]}", (string?)result["stream_url"]);
        Assert.Equal(("audio/mpeg", (string?)song["filename"]), ((string?)song["mimeType"], (string?)result["filename"]));
        Assert.True(song.ContainsKey("fileSizeBytes") && result["composition_plan"] is JsonObject && result["song_metadata"] is JsonObject && result["request_id"] is not null);
        Assert.Equal(1000, await visit.Page.EvaluateAsync<int>("closed"));

        var size = await visit.Page.EvaluateAsync<long>("async url => (await (await fetch(url)).blob()).size", (string)song["url"]!);
        Assert.Equal((long)song["fileSizeBytes"]!, size);
        await visit.Page.EvaluateAsync("url => { window.song = new Audio(url); song.onerror = () => console.error(song.error.message); void song.play(); }", (string)song["url"]!);
        await visit.Page.UntilAsync("song.currentTime > 0.2");
    }

    [Fact]
    public async Task PlainSocket_WithABadPlan_GetsValidationError()
    {
        var visit = await OpenAsync(AllowedPort);
        var plan = Plans.Of("Too short", 100, "Verse");
        var failure = await CallAsync(visit, "renderWithWebSocket", plan);
        Assert.StartsWith("VALIDATION_ERROR: ", (string?)failure["error"], StringComparison.Ordinal);
        Assert.Contains("sections[0].duration_ms", (string?)failure["error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"type\":\"sing\"}")]
    [InlineData("{\"type\":\"render\"}")]
    [InlineData("no json at all")]
    public async Task PlainSocket_WithABadEnvelope_GetsInvalidRequest(string text)
    {
        var visit = await OpenAsync(AllowedPort);
        var message = JsonNode.Parse(await visit.Page.EvaluateAsync<string>("text => sendRaw(text)", text))!;
        Assert.Equal(("error", "INVALID_REQUEST"), ((string?)message["type"], (string?)message["error_code"]));
        Assert.NotEmpty((string)message["message"]!);
    }

    [Fact]
    public async Task PlainSocket_ThatCannotConnect_FallsBackToRest()
    {
        var visit = await OpenAsync(AllowedPort, ClosedPort());
        visit.Expect("WebSocket connection to .* failed");
        var song = await CallAsync(visit, "renderMusic", Plans.Of("By post", 3_000, "Verse"));
        Assert.Matches(@"^by-post_[0-9a-f]{8}\.mp3$", (string?)song["filename"] ?? song.ToJsonString());
        Assert.Equal("audio/mpeg", (string?)song["content_type"]);
    }

    [Fact]
    public async Task PlainSocket_OfAForeignOrigin_IsRefused()
    {
        var visit = await OpenAsync(ClosedPort());
        visit.Expect("WebSocket connection to .* failed|blocked by CORS policy|Failed to load resource");
        var failure = await CallAsync(visit, "renderWithWebSocket", Plans.Of("Not yours", 3_000, "Verse"));
        Assert.Equal("WebSocket connection failed", (string?)failure["error"]);
        Assert.Empty(await MessagesAsync(visit));
        var rest = await CallAsync(visit, "createMusicFromPlan", Plans.Of("Not yours", 3_000, "Verse"));
        Assert.Contains("Failed to fetch", (string?)rest["error"], StringComparison.Ordinal);
        using var api = new StudioApi(Studio.Address);
        Assert.Equal(0, await api.CountAsync("Not yours"));
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Calls one of the page's functions: what it resolves to, or <c>{"error": …}</c>.</summary>
    private static async Task<JsonObject> CallAsync(Visit visit, string function, JsonObject plan) => JsonNode.Parse(await visit.Page.EvaluateAsync<string>(
        "async ([name, plan]) => JSON.stringify(await window[name](JSON.parse(plan), () => {}).catch((error) => ({ error: error.message })))",
        new object[] { function, plan.ToJsonString() }))!.AsObject();

    private static async Task<IEnumerable<JsonObject>> MessagesAsync(Visit visit) =>
        JsonNode.Parse(await visit.Page.EvaluateAsync<string>("JSON.stringify(messages)"))!.AsArray().Select(message => message!.AsObject());

    /// <summary>Opens the guide's page at a port of its own.</summary>
    private async Task<Visit> OpenAsync(int port, int? socketPort = null)
    {
        var page = Page
            .Replace("ws://localhost:8000", $"ws://127.0.0.1:{socketPort ?? Studio.Address.Port}", StringComparison.Ordinal)
            .Replace("http://localhost:8000", $"http://127.0.0.1:{Studio.Address.Port}", StringComparison.Ordinal);
        _server = new PlainPage(port, page);
        return await VisitAsync(new Uri($"http://localhost:{port}/"));
    }

    /// <summary>The guide's service, without its types; beside it only notes what comes.</summary>
    private const string Page =
        """
        <!DOCTYPE html>
        <html lang="en"><head><link rel="icon" href="data:,"><title>Somebody else's page</title></head><body><script>
        const WS_URL = "ws://localhost:8000/render/ws";
        const messages = [];
        let closed = 0;

        async function renderWithWebSocket(compositionPlan, onProgress) {
          return new Promise((resolve, reject) => {
            const ws = new WebSocket(WS_URL);

            ws.onopen = () => {
              console.log("WebSocket connected");
            };

            ws.onmessage = (event) => {
              const message = JSON.parse(event.data);
              messages.push(message);

              switch (message.type) {
                case "progress":
                  onProgress({
                    stage: message.stage,
                    percent: message.progress_percent,
                    message: message.message,
                  });

                  // Send composition plan after receiving "connected" message
                  if (message.stage === "connected") {
                    ws.send(JSON.stringify({
                      type: "render",
                      composition_plan: compositionPlan,
                    }));
                  }
                  break;

                case "result":
                  const data = message.data;
                  resolve({
                    url: `http://localhost:8000${data.stream_url}`,
                    filename: data.filename,
                    mimeType: data.content_type,
                    downloadUrl: `http://localhost:8000${data.download_url}`,
                    fileSizeBytes: data.file_size_bytes,
                  });
                  ws.close();
                  break;

                case "error":
                  reject(new Error(`${message.error_code}: ${message.message}`));
                  ws.close();
                  break;
              }
            };

            ws.onerror = (error) => {
              reject(new Error("WebSocket connection failed"));
            };

            ws.onclose = (event) => {
              closed = event.code;
              if (!event.wasClean) {
                reject(new Error("WebSocket connection closed unexpectedly"));
              }
            };
          });
        }

        async function createMusicFromPlan(compositionPlan) {
          const response = await fetch("http://localhost:8000/render", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(compositionPlan),
          });
          if (!response.ok) {
            throw new Error((await response.json()).detail);
          }
          return await response.json();
        }

        async function renderMusic(compositionPlan, onProgress) {
          // Try WebSocket first
          if (onProgress && "WebSocket" in window) {
            try {
              return await renderWithWebSocket(compositionPlan, onProgress);
            } catch (wsError) {
              console.warn("WebSocket render failed, falling back to REST:", wsError);
            }
          }

          // Fallback to REST API
          return await createMusicFromPlan(compositionPlan);
        }

        function sendRaw(text) {
          return new Promise((resolve, reject) => {
            const ws = new WebSocket(WS_URL);
            ws.onerror = () => reject(new Error("WebSocket connection failed"));
            ws.onmessage = (event) => {
              if (JSON.parse(event.data).type === "progress") ws.send(text);
              else resolve(event.data);
            };
          });
        }
        </script></body></html>
        """;
}
