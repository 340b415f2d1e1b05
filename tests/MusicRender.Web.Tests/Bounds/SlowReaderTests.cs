using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Bounds;

/// <summary>Clients that read later than others write: they cost next to nothing, and lose nothing.</summary>
[Collection(typeof(LoneApp))]
public sealed class SlowReaderTests(MusicRenderApp app)
{
    private const int Readers = 60;

    /// <summary>Longer than a polite client needs to answer a close.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Readers_WhoComeLate_FindEverythingInOrder()
    {
        var clients = new List<ClientWebSocket>();
        var plan = Plans.Seed("Late readers", sections: 30);
        for (var i = 0; i < Readers; i++)
        {
            var socket = new ClientWebSocket();
            // The server's words back up at once.
            socket.Options.SetBuffer(256, 256);
            await socket.ConnectAsync(new UriBuilder(app.Address) { Scheme = "ws", Path = "/render/ws" }.Uri, MusicRenderApp.Patience);
            await socket.SendAsync(Encoding.UTF8.GetBytes(Plans.Message(plan.DeepClone())), WebSocketMessageType.Text, true, MusicRenderApp.Patience);
            clients.Add(socket);
        }

        await Task.Delay(Late, CancellationToken.None);

        foreach (var socket in clients)
        {
            var messages = await ReadAsync(socket);
            Assert.Equal("result", messages[^1].Type());
            Assert.Equal([.. Enumerable.Range(1, messages.Count - 1)], messages.Skip(1).Select((message, index) => message.TryGetProperty("sequence", out var sequence) ? sequence.GetInt32() : index + 1));
            socket.Dispose();
        }
    }

    private static async Task<List<JsonElement>> ReadAsync(ClientWebSocket socket)
    {
        var messages = new List<JsonElement>();
        var buffer = new byte[256];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, MusicRenderApp.Patience);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return messages;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                messages.Add(JsonElement.Parse(message.ToArray()));
                message.SetLength(0);
            }
        }
    }
}
