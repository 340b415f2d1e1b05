using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using MusicRender.Benchmarks.Measuring;

namespace MusicRender.Benchmarks.Studio;

/// <summary>
/// One circuit of the studio without a browser: loads the page, opens the hub's socket, speaks Blazor's protocol, keeps the tree
/// that the batches describe, answers calls of scripts and acknowledges what is drawn. To the server it is a page like any other.
/// </summary>
internal sealed partial class CircuitClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>();
    private readonly ConcurrentQueue<TaskCompletionSource> _waiting = new();
    private readonly PageTree _tree = new();
    private readonly Lock _lock = new();
    private readonly Uri _base;
    private readonly TaskCompletionSource _isStarted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loops = Task.CompletedTask;
    private string _state = "";
    private JsonArray _markers = [];
    private long _calls;
    private string? _trouble;
    private string? _secret;

    private CircuitClient(Uri address, string path)
    {
        _base = address;
        Location = new Uri(address, path).ToString();
    }

    /// <summary>Where the page is.</summary>
    public string Location { get; private set; }

    /// <summary>Batches that came so far.</summary>
    public long Batches { get; private set; }

    /// <summary>Their bytes.</summary>
    public long BatchBytes { get; private set; }

    /// <summary>When a batch came, as a timestamp, after it was applied.</summary>
    public Action<long, PageTree>? OnBatch { get; set; }

    /// <summary>Opens a page.</summary>
    public static async Task<CircuitClient> OpenAsync(HttpClient http, string path)
    {
        var client = new CircuitClient(http.BaseAddress!, path);
        await client.StartAsync(http);
        return client;
    }

    /// <summary>Waits until an element is there.</summary>
    public async Task<PageNode> SeeAsync(string what, Func<PageTree, PageNode?> find)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                if (_trouble is not null)
                {
                    throw new BenchmarkException($"The circuit at {Location} broke: {_trouble}");
                }

                if (find(_tree) is { } found)
                {
                    return found;
                }

                _waiting.Enqueue(next);
            }

            try
            {
                await next.Task.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new BenchmarkException($"A circuit at {Location} never showed {what}.");
            }
        }
    }

    /// <summary>Presses something.</summary>
    public void Click(PageNode node) => Dispatch(node, "click", new JsonObject { ["detail"] = 1, ["type"] = "click" });

    /// <summary>Types a field's whole value.</summary>
    public void Input(PageNode node, string value) => Dispatch(node, "input", new JsonObject { ["value"] = value });

    /// <summary>Leaves the page as a browser does: the server need not keep the circuit for a return.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_secret is not null)
        {
            using var goodbye = new MultipartFormDataContent { { new StringContent(_secret), "circuitId" } };
            using var http = new HttpClient();
            using var answer = await http.PostAsync(new Uri(_base, "/_blazor/disconnect"), goodbye);
        }

        await _stop.CancelAsync();
        _socket.Abort();
        await _loops;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task StartAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Location);
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var page = await response.Content.ReadAsStringAsync();
        _state = State().Match(page).Groups["state"].Value;
        _markers = [.. Marker().Matches(page).Index().Select(match =>
        {
            var marker = JsonNode.Parse(match.Item.Groups["json"].Value)!.AsObject();
            marker["uniqueId"] = match.Index;
            return (JsonNode)new JsonObject { ["type"] = "add", ["ssrComponentId"] = match.Index + 1, ["marker"] = marker };
        })];
        using var negotiated = await http.PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative), null);
        var token = (string)JsonNode.Parse(await negotiated.Content.ReadAsStringAsync())!["connectionToken"]!;
        await _socket.ConnectAsync(new UriBuilder(new Uri(_base, $"/_blazor?id={Uri.EscapeDataString(token)}")) { Scheme = "ws" }.Uri, CancellationToken.None);
        await _socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, CancellationToken.None);
        // Its answer ends with the same mark. Whatever comes later may come together with what comes next.
        var answer = new byte[256];
        var length = 0;
        do
        {
            length += (await _socket.ReceiveAsync(answer.AsMemory(length), CancellationToken.None)).Count;
        }
        while (answer[length - 1] != 0x1e);

        _loops = Task.WhenAll(ReceiveAsync(), SendAsync());
        Send(1, BlazorPack.Empty.Map, "0", "StartCircuit", new object?[] { _base.ToString(), Location, "[]", _state });
        await _isStarted.Task.WaitAsync(Patience);
    }

    private void Dispatch(PageNode node, string name, JsonObject arguments)
    {
        lock (_lock)
        {
            var handler = node.Handlers.GetValueOrDefault($"on{name}");
            if (handler == 0)
            {
                throw new BenchmarkException($"<{node.Name}> at {Location} does not listen to {name}.");
            }

            var descriptor = new JsonObject { ["eventHandlerId"] = handler, ["eventName"] = name, ["eventFieldInfo"] = null };
            Call("BeginInvokeDotNetFromJS", $"{Interlocked.Increment(ref _calls)}", null, "DispatchEventAsync", 1, new JsonArray(descriptor, arguments).ToJsonString());
        }
    }

    private void Call(string method, params object?[] arguments) => Send(1, BlazorPack.Empty.Map, null, method, arguments);

    private void Send(params object?[] message) => _outgoing.Writer.TryWrite(BlazorPack.Write(message));

    private async Task SendAsync()
    {
        try
        {
            await foreach (var frame in _outgoing.Reader.ReadAllAsync(_stop.Token))
            {
                await _socket.SendAsync(frame, WebSocketMessageType.Binary, true, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            Break(exception.Message);
        }
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        using var frame = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer, _stop.Token);
                if (part.MessageType is WebSocketMessageType.Close)
                {
                    Break("the server closed it");
                    return;
                }

                frame.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    foreach (var message in BlazorPack.Read(frame.ToArray()))
                    {
                        Take(message);
                    }

                    frame.SetLength(0);
                }
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // What is not understood breaks this circuit as a lost connection does.
            Break(_stop.IsCancellationRequested ? "it was left" : $"{exception}");
        }
    }

    private void Take(object?[] message)
    {
        switch (message)
        {
            case [1L, _, _, "JS.RenderBatch", object?[] { Length: 2 } batch, ..]:
                Draw((long)batch[0]!, (byte[])batch[1]!);
                break;
            case [1L, _, _, "JS.BeginInvokeJS", object?[] call, ..]:
                Answer((long)call[0]!, (string)call[1]!, (string)call[2]!, (long)call[3]!);
                break;
            case [1L, _, _, "JS.Error", object?[] error, ..]:
                Break($"{error[0]}");
                break;
            case [3L, _, "0", 3L, string secret]:
                _secret = secret;
                var operations = new JsonObject { ["batchId"] = 1, ["operations"] = _markers };
                Call("UpdateRootComponents", operations.ToJsonString(), _state);
                _isStarted.TrySetResult();
                break;
            case [3L, _, "0", _, ..] refused:
                Break($"it could not be started: {refused[^1]}");
                break;
            case [6L]:
                Send(6);
                break;
            default:
                // Acknowledgements, and attachments that a tree needs no word of.
                break;
        }
    }

    private void Draw(long id, byte[] batch)
    {
        lock (_lock)
        {
            _tree.Apply(batch);
            Batches++;
            BatchBytes += batch.Length;
            OnBatch?.Invoke(Stopwatch.GetTimestamp(), _tree);

            // Whatever is dispatched behind this names the handlers of this batch: the server forgets those before it.
            Call("OnRenderCompleted", id, null);
        }

        Wake();
    }

    /// <summary>What a browser's scripts would answer: objects where objects are wanted, else what does no harm.</summary>
    private void Answer(long handle, string name, string arguments, long resultType)
    {
        if (name.EndsWith("navigationManager.navigateTo", StringComparison.Ordinal))
        {
            Location = new Uri(_base, (string)JsonNode.Parse(arguments)![0]!).ToString();
            Call("OnLocationChanged", Location, null, false);
        }

        if (handle == 0)
        {
            return;
        }

        var result = resultType switch
        {
            1 => "{\"__jsObjectId\":1}",
            0 when name == "window.hasOwnProperty" => "true",
            0 when name == "mudpopoverHelper.countProviders" => "0",
            _ => "null",
        };
        Call("EndInvokeJSFromDotNet", handle, true, $"[{handle},true,{result}]");
    }

    private void Break(string trouble)
    {
        lock (_lock)
        {
            _trouble ??= trouble;
        }

        _isStarted.TrySetException(new BenchmarkException(trouble));
        Wake();
    }

    private void Wake()
    {
        while (_waiting.TryDequeue(out var waiting))
        {
            waiting.TrySetResult();
        }
    }

    [GeneratedRegex("<!--Blazor:(?<json>\\{\"type\":\"server\".*?\\})-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^>]*?)-->")]
    private static partial Regex State();
}
