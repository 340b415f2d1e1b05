using System.Net.WebSockets;
using System.Text;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

[Collection(typeof(SharedApp))]
public sealed class RequestErrorTests(MusicRenderApp app)
{
    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{\"type\":\"render\"")]
    [InlineData("{'type':'render'}")]
    [InlineData("{\"type\":\"render\",}")]
    [InlineData("{\"type\":\"render\"} {}")]
    [InlineData("{\"type\":NaN}")]
    [InlineData("[]")]
    [InlineData("[{\"type\":\"render\",\"composition_plan\":{}}]")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("\"render\"")]
    [InlineData("{}")]
    [InlineData("{\"composition_plan\":{}}")]
    [InlineData("{\"type\":null,\"composition_plan\":{}}")]
    [InlineData("{\"type\":7,\"composition_plan\":{}}")]
    [InlineData("{\"type\":\"Render\",\"composition_plan\":{}}")]
    [InlineData("{\"type\":\"stop\"}")]
    [InlineData("{\"type\":\"\\ud83d\",\"composition_plan\":{}}")]
    [InlineData("{\"type\":\"stop\",\"\\ud83d\":1}")]
    [InlineData("{\"\\udc00\":1,\"type\":\"cancel\"}")]
    [InlineData("{\"type\":\"render\"}")]
    [InlineData("{\"type\":\"render\",\"composition_plan\":null}")]
    [InlineData("{\"type\":\"render\",\"composition_plan\":[]}")]
    [InlineData("{\"type\":\"render\",\"composition_plan\":\"{}\"}")]
    [InlineData("{\"type\":\"render\",\"composition_plan\":true}")]
    [InlineData("{\"type\":\"render\",\"composition_plan\":{},\"composition_plan\":{}}")]
    [InlineData("{\"type\":\"cancel\"}")]
    [InlineData("{\"type\":\"resume\"}")]
    [InlineData("{\"type\":\"resume\",\"render_id\":7}")]
    [InlineData("{\"type\":\"resume\",\"render_id\":\"\\ud83d\"}")]
    [InlineData("{\"type\":\"resume\",\"render_id\":\"no-such-render\"}")]
    [InlineData("{\"type\":\"resume\",\"render_id\":\"0123456789abcdef0123456789abcdef\"}")]
    [InlineData("{\"type\":\"resume\",\"render_id\":\"0123456789abcdef0123456789abcdef\",\"after\":-1}")]
    [InlineData("{\"type\":\"resume\",\"render_id\":\"0123456789abcdef0123456789abcdef\",\"after\":1.5}")]
    [InlineData("{\"type\":\"resume\",\"render_id\":\"0123456789abcdef0123456789abcdef\",\"after\":\"1\"}")]
    public async Task Message_NotARequest_IsInvalid(string message)
    {
        await using var client = await SocketClient.RunAsync(app, message);

        var error = client.Error("INVALID_REQUEST");
        Assert.Equal(2, client.Received.Count);
        Wire.AssertNothingInside(error.GetRawText(), app);
    }

    [Fact]
    public async Task Message_TypeTwice_IsInvalid()
    {
        await using var client = await SocketClient.RunAsync(app, $$"""{"type":"cancel","type":"render","composition_plan":{{Plans.Seed()}} }""");

        Assert.Contains("type", client.Error("INVALID_REQUEST").Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_NestedDeeply_IsInvalid()
    {
        await using var client = await SocketClient.RunAsync(app, $$"""{"type":"render","composition_plan":{"sections":{{new string('[', 50_000)}}{{new string(']', 50_000)}} } }""");

        client.Error("INVALID_REQUEST");
    }

    [Fact]
    public async Task Message_NotUtf8_FailsTheConnectionAsTheProtocolSays()
    {
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync([.. "{\"type\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        try
        {
            // RFC 6455, 8.1: 1007, and the connection fails; a client may see only the latter.
            await client.ReceiveToEndAsync();
            Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, client.Socket.CloseStatus);
        }
        catch (WebSocketException)
        {
            Assert.NotEqual(WebSocketState.Open, client.Socket.State);
        }

        Assert.DoesNotContain(client.Received, message => message.Type() != "progress" || message.Text("stage") != "connected");
    }

    [Fact]
    public async Task Frame_Binary_IsInvalidWhateverItHolds()
    {
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Encoding.UTF8.GetBytes(Plans.Message("Binary")), WebSocketMessageType.Binary);
        await client.ReceiveToEndAsync();

        Assert.Contains("text", client.Error("INVALID_REQUEST").Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frame_EmptyBinary_IsInvalid()
    {
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync([], WebSocketMessageType.Binary);
        await client.ReceiveToEndAsync();

        client.Error("INVALID_REQUEST");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Message_TenMegabytes_IsRefusedWithoutBeingKept(bool isFragmented)
    {
        await using var client = await SocketClient.ConnectAsync(app);
        var sending = SendLargeAsync(client, isFragmented);
        await client.ReceiveToEndAsync();

        Assert.Contains("262144 bytes", client.Error("INVALID_REQUEST").Text("message"), StringComparison.Ordinal);
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task Message_JustWithinTheLimit_IsRead()
    {
        var message = Plans.Message("Just within");
        await using var client = await SocketClient.RunAsync(app, message + new string(' ', (256 * 1024) - Encoding.UTF8.GetByteCount(message)));

        Assert.Equal("result", client.Terminal().Type());
    }

    [Fact]
    public async Task Message_OneByteOverTheLimit_IsInvalid()
    {
        var message = Plans.Message("Just without");
        await using var client = await SocketClient.RunAsync(app, message + new string(' ', (256 * 1024) + 1 - Encoding.UTF8.GetByteCount(message)));

        client.Error("INVALID_REQUEST");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Message_InFragments_IsOneMessage(int size)
    {
        await using var client = await SocketClient.ConnectAsync(app);
        var bytes = Encoding.UTF8.GetBytes(Plans.Message("In fragments 夜🎵"));
        for (var at = 0; at < bytes.Length; at += size)
        {
            await client.SendAsync(bytes[at..Math.Min(bytes.Length, at + size)], isEnd: at + size >= bytes.Length);
        }

        await client.ReceiveToEndAsync();

        var result = client.Terminal();
        Assert.Equal("In fragments 夜🎵", result.GetProperty("data").GetProperty("composition_plan").Text("title"));
    }

    [Fact]
    public async Task Messages_TwoRequests_OnlyTheFirstIsAnswered()
    {
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("First of a pair"));
        await client.SendAsync(Plans.Message("Second of a pair"));
        await client.ReceiveToEndAsync();

        Assert.Equal("First of a pair", client.Terminal().GetProperty("data").GetProperty("composition_plan").Text("title"));
        Assert.Equal(1, (await app.Api.SearchTracksAsync("pair")).Total);
    }

    [Fact]
    public async Task Messages_RubbishWhileRendering_ChangesNothing()
    {
        var paused = new PausedScript();
        app.Scripted.On("Disturbed", paused.Play);
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Disturbed"));
        await paused.Reached;
        await client.SendAsync("rubbish");
        await client.SendAsync([1, 2, 3], WebSocketMessageType.Binary);
        await client.SendAsync(new byte[300_000], WebSocketMessageType.Binary);
        await client.SendAsync(Plans.Message("Another"));
        paused.GoOn();
        await client.ReceiveToEndAsync();

        Assert.Equal("result", client.Terminal().Type());
    }

    [Fact]
    public async Task Client_ThatClosesWithoutARequest_GetsItsCloseAnswered()
    {
        await using var client = await SocketClient.ConnectAsync(app);
        await client.ReceiveAsync();
        await client.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "never mind", MusicRenderApp.Patience);

        Assert.Equal(WebSocketState.Closed, client.Socket.State);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.Socket.CloseStatus);
    }

    private static async Task SendLargeAsync(SocketClient client, bool isFragmented)
    {
        var part = new byte[64 * 1024];
        part.AsSpan().Fill((byte)' ');
        if (!isFragmented)
        {
            await client.SendAsync(Enumerable.Repeat((byte)' ', 10 * 1024 * 1024).ToArray());
            return;
        }

        for (var sent = 0; sent < 10 * 1024 * 1024; sent += part.Length)
        {
            await client.SendAsync(part, isEnd: false);
        }
    }
}
