using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace MusicRender.Benchmarks.Socket;

/// <summary>
/// A WebSocket client that costs little: the handshake by hand over a plain socket, the frames by .NET. It shares the
/// machine with the server, so what it uses the server does not have.
/// </summary>
internal sealed class SocketClient : IAsyncDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly NetworkStream _stream;
    private readonly WebSocket _socket;
    private readonly byte[] _buffer = new byte[16 * 1024];

    private SocketClient(NetworkStream stream)
    {
        _stream = stream;
        _socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = false, KeepAliveInterval = TimeSpan.Zero });
    }

    /// <summary>How the server closed; null while it has not.</summary>
    public WebSocketCloseStatus? Closed => _socket.CloseStatus;

    /// <summary>Connects to <c>/render/ws</c>.</summary>
    /// <exception cref="IOException">The server refused, or went away.</exception>
    public static async Task<SocketClient> ConnectAsync(IPEndPoint server, CancellationToken ct)
    {
        var socket = new System.Net.Sockets.Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, ct);
            var stream = new NetworkStream(socket, ownsSocket: true);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /render/ws HTTP/1.1\r\nHost: {server}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bXVzaWNyZW5kZXJiZW5jaA==\r\n\r\n"), ct);
            await ReadHeadAsync(stream, ct);
            return new SocketClient(stream);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends one text message.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> utf8, CancellationToken ct) => _socket.SendAsync(utf8, WebSocketMessageType.Text, endOfMessage: true, ct);

    /// <summary>The next whole message, valid until the next call; null when the server has closed.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken ct)
    {
        var filled = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(filled), ct);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);
                return null;
            }

            filled += part.Count;
            if (part.EndOfMessage)
            {
                return _buffer.AsMemory(0, filled);
            }

            if (filled == _buffer.Length)
            {
                throw new IOException($"A message is larger than {_buffer.Length} bytes.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _stream.DisposeAsync();
    }

    /// <summary>Reads exactly to the end of the answer's head, so that no byte of a frame is lost.</summary>
    private static async Task ReadHeadAsync(NetworkStream stream, CancellationToken ct)
    {
        // Byte by byte from the kernel would cost more than all else: what has come is looked at before it is taken.
        var buffer = new byte[2 * 1024];
        while (true)
        {
            var peeked = await stream.Socket.ReceiveAsync(buffer, SocketFlags.Peek, ct);
            var end = buffer.AsSpan(0, peeked).IndexOf(HeadEnd);
            if (end >= 0)
            {
                await stream.ReadExactlyAsync(buffer.AsMemory(0, end + HeadEnd.Length), ct);
                var head = Encoding.ASCII.GetString(buffer, 0, end);
                if (!head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
                {
                    throw new IOException($"The server refused the socket: {head.Split('\r')[0]}");
                }

                return;
            }

            if (peeked == 0 || peeked == buffer.Length)
            {
                throw new IOException("The server gave no answer to the handshake.");
            }

            await Task.Delay(1, ct);
        }
    }
}
