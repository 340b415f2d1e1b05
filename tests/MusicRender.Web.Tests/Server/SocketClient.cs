using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using MusicRender.Web.Tests.Server.Contract;
using Xunit;

namespace MusicRender.Web.Tests.Server;

/// <summary>A plain WebSocket client of <c>/render/ws</c>.</summary>
internal sealed class SocketClient : IAsyncDisposable
{
    private SocketClient(ClientWebSocket socket) => Socket = socket;

    public ClientWebSocket Socket { get; }

    /// <summary>Everything received so far.</summary>
    public List<JsonElement> Received { get; } = [];

    public static Task<SocketClient> ConnectAsync(MusicRenderApp app, Action<ClientWebSocketOptions>? options = null) => ConnectAsync(app.Address, options);

    public static async Task<SocketClient> ConnectAsync(Uri address, Action<ClientWebSocketOptions>? options = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        options?.Invoke(socket.Options);
        try
        {
            await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/render/ws" }.Uri, MusicRenderApp.Patience);
        }
        catch (WebSocketException exception)
        {
            throw new RefusedException(socket.HttpStatusCode, exception);
        }

        return new SocketClient(socket);
    }

    /// <summary>Connects, sends one text message and receives to the end.</summary>
    public static async Task<SocketClient> RunAsync(MusicRenderApp app, string message)
    {
        var client = await ConnectAsync(app);
        await client.SendAsync(message);
        await client.ReceiveToEndAsync();
        return client;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool isEnd = true) =>
        Socket.SendAsync(bytes, type, isEnd, MusicRenderApp.Patience);

    /// <summary>The next message, or null when the server closes.</summary>
    public async Task<JsonElement?> ReceiveAsync()
    {
        var patience = MusicRenderApp.Patience;
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await Socket.ReceiveAsync(buffer, patience);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            Assert.Equal(WebSocketMessageType.Text, part.MessageType);
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                var json = JsonElement.Parse(message.ToArray());
                WrittenContracts.CheckMessage(json);
                Received.Add(json);
                return json;
            }
        }
    }

    /// <summary>Receives until a message of a stage has come.</summary>
    public async Task<JsonElement> ReceiveStageAsync(string stage)
    {
        while (await ReceiveAsync() is { } message)
        {
            if (message.Type() == "progress" && message.Text("stage") == stage)
            {
                return message;
            }
        }

        throw new InvalidOperationException($"The socket closed before stage {stage}. {string.Join('\n', Received)}");
    }

    /// <summary>Receives until the server closes, and closes too.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReceiveToEndAsync()
    {
        while (await ReceiveAsync() is not null)
        {
        }

        if (Socket.State == WebSocketState.CloseReceived)
        {
            await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, MusicRenderApp.Patience);
        }

        return Received;
    }

    /// <summary>Checks that all ended as every socket ends: one terminal message, the last one, then a normal close.</summary>
    public JsonElement Terminal()
    {
        Assert.Equal(WebSocketCloseStatus.NormalClosure, Socket.CloseStatus);
        Assert.Single(Received, message => message.Type() is "result" or "error");
        Assert.NotEqual("progress", Received[^1].Type());
        return Received[^1];
    }

    /// <summary>Checks that it ended with one error of a code; gives it back.</summary>
    public JsonElement Error(string code)
    {
        var error = Terminal();
        Assert.Equal("error", error.Type());
        Assert.Equal(code, error.Text("error_code"));
        Assert.NotEmpty(error.Text("message"));
        Assert.Matches(JsonFields.Time, error.Text("timestamp"));
        Assert.Equal("connected", Received[0].Text("stage"));
        return error;
    }

    public ValueTask DisposeAsync()
    {
        Socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The server did not accept.</summary>
    internal sealed class RefusedException(System.Net.HttpStatusCode status, Exception inner) : Exception($"Refused with {(int)status}.", inner)
    {
        public System.Net.HttpStatusCode Status => status;
    }
}
