using System.Net.Sockets;
using System.Text;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Bounds;

/// <summary>Clients that send a byte now and then, to hold a connection for as long as they can.</summary>
[Collection(typeof(LoneApp))]
public sealed class TrickleTests(MusicRenderApp app)
{
    [Fact]
    public async Task Body_ThatTrickles_IsCutOffWhileOthersAreServed()
    {
        using var slow = new TcpClient();
        await slow.ConnectAsync(app.Address.Host, app.Address.Port);
        await using var stream = slow.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /render HTTP/1.1\r\nHost: {app.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"), MusicRenderApp.Patience);

        var answer = ReadAllAsync(stream);
        var patience = MusicRenderApp.Patience;
        while (!answer.IsCompleted && !patience.IsCancellationRequested)
        {
            try
            {
                await stream.WriteAsync(" "u8.ToArray(), patience);
            }
            catch (IOException)
            {
                break;
            }

            await Task.WhenAny(answer, Task.Delay(200, CancellationToken.None));
        }

        await app.RenderAsync("Meanwhile");
        var text = await answer;
        Assert.False(patience.IsCancellationRequested, "The server listens to it still.");
        Assert.True(text.Length == 0 || text.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), text);
    }

    [Fact]
    public async Task Connections_BeyondTheLimit_AreTurnedAwayAndThoseThatAreThereServed()
    {
        await using var small = new SmallApp();
        await small.InitializeAsync();
        await using var first = await SocketClient.ConnectAsync(small);
        await using var second = await SocketClient.ConnectAsync(small);
        await Assert.ThrowsAnyAsync<Exception>(() => SocketClient.ConnectAsync(small));

        await first.SendAsync(Plans.Message("Inside"));
        await first.ReceiveToEndAsync();
        Assert.Equal("result", first.Terminal().Type());
    }

    private static async Task<string> ReadAllAsync(NetworkStream stream)
    {
        using var all = new MemoryStream();
        try
        {
            await stream.CopyToAsync(all);
        }
        catch (IOException)
        {
            // Cut off without a word.
        }

        return Encoding.ASCII.GetString(all.ToArray());
    }

    /// <summary>A server that takes two connections.</summary>
    private sealed class SmallApp : MusicRenderApp
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["MusicRender:Limits:Connections"] = "2" };
    }
}
