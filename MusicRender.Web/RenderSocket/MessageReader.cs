using System.Buffers;
using System.Net.WebSockets;

namespace MusicRender.Web.RenderSocket;

/// <summary>Puts a client's messages together from their fragments, within the limit of their size.</summary>
/// <param name="socket">Where they come from.</param>
/// <param name="maxFirstBytes">The largest first message.</param>
internal sealed class MessageReader(WebSocket socket, int maxFirstBytes) : IDisposable
{
    /// <summary>After the request only <c>cancel</c> is heard, which is short.</summary>
    private const int MaxLaterBytes = 1024;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(4 * 1024);

    /// <summary>The next whole message; null when the client closes.</summary>
    /// <param name="isFirst">Whether the client has asked for nothing yet.</param>
    /// <param name="onTooLarge">Called as soon as a message is too large: no need to wait for the end of what will not be read.</param>
    public async ValueTask<ClientRequest?> NextAsync(bool isFirst, Action<ClientRequest.Invalid> onTooLarge)
    {
        var limit = isFirst ? maxFirstBytes : MaxLaterBytes;
        var message = new ArrayBufferWriter<byte>();
        ClientRequest.Invalid? tooLarge = null;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (tooLarge is null && message.WrittenCount + part.Count > limit)
            {
                tooLarge = new ClientRequest.Invalid($"The message is larger than {limit} bytes.");
                onTooLarge(tooLarge);
                message = new ArrayBufferWriter<byte>();
            }
            else if (tooLarge is null)
            {
                message.Write(_buffer.AsSpan(0, part.Count));
            }

            if (part.EndOfMessage)
            {
                return tooLarge
                    ?? (part.MessageType == WebSocketMessageType.Text ? ClientRequest.Read(message.WrittenMemory) : new ClientRequest.Invalid("The message must be text, not binary."));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
