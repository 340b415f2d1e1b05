using System.Text;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

[Collection(typeof(SharedApp))]
public sealed class VanishingClientTests(MusicRenderApp app)
{
    private const int Clients = 50;

    [Theory]
    [InlineData("validating")]
    [InlineData("validated")]
    [InlineData("generating")]
    [InlineData("processing")]
    [InlineData("saving")]
    [InlineData("extracting")]
    [InlineData("complete")]
    public async Task Client_ThatVanishesAtAStage_FindsItsTrackInTheLibrary(string stage)
    {
        var title = $"Vanished while {stage}";
        var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message(title));
        var id = (await client.ReceiveStageAsync(stage)).Text("render_id");
        client.Socket.Abort();

        var status = await app.UntilAsync(id, status => status.FinishedAt is not null);

        Assert.Equal("succeeded", status.State);
        Assert.Equal(title, (await app.Api.FindTrackAsync(id)).Title);
    }

    [Fact]
    public async Task Client_ThatVanishesWhileQueued_FindsItsTrackInTheLibrary()
    {
        var paused = new PausedScript();
        await app.StartAsync("Holds the line", "one-slot", paused.Play);
        await paused.Reached;
        var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Vanished while queued", "one-slot"));
        var id = (await client.ReceiveStageAsync("queued")).Text("render_id");
        client.Socket.Abort();
        paused.GoOn();

        Assert.Equal("succeeded", (await app.UntilAsync(id, status => status.FinishedAt is not null)).State);
    }

    [Fact]
    public async Task Client_ThatVanishesRightAfterItsRequest_FindsItsTrackInTheLibrary()
    {
        var client = await SocketClient.ConnectAsync(app);
        await client.ReceiveStageAsync("connected");
        await client.SendAsync(Plans.Message("Vanished without listening"));
        client.Socket.Abort();

        var patience = MusicRenderApp.Patience;
        while ((await app.Api.SearchTracksAsync("vanished without listening")).Total == 0)
        {
            await Task.Delay(20, patience);
        }
    }

    [Fact]
    public async Task Client_ThatClosesPolitelyInBetween_DoesNotStopItsRender()
    {
        var paused = new PausedScript();
        app.Scripted.On("Left politely", paused.Play);
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Left politely"));
        var id = (await client.ReceiveStageAsync("generating")).Text("render_id");
        await client.Socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, MusicRenderApp.Patience);
        paused.GoOn();

        Assert.Equal("succeeded", (await app.UntilAsync(id, status => status.FinishedAt is not null)).State);
    }

    [Fact]
    public async Task Clients_ThatVanish_LeaveNoDescriptorsAndNoMemory()
    {
        // The first round fills the pools.
        await VanishAsync("Round one");
        var descriptors = await SettledDescriptorsAsync(int.MaxValue);
        var memory = Memory();

        await VanishAsync("Round two");

        var left = await SettledDescriptorsAsync(descriptors);
        Assert.True(left <= descriptors + (Clients / 4), $"{descriptors} descriptors before, {left} after {Clients} clients vanished");
        Assert.True(Memory() - memory < 24 * 1024 * 1024, $"{memory} bytes before, {Memory()} after");
    }

    /// <summary>One third silent, one third in the middle of a message, one third in the middle of a render.</summary>
    private async Task VanishAsync(string round)
    {
        var paused = new PausedScript();
        app.Scripted.On(round, paused.Play);
        var ids = new List<string>();
        var clients = new List<SocketClient>();
        for (var i = 0; i < Clients; i++)
        {
            var client = await SocketClient.ConnectAsync(app);
            clients.Add(client);
            await client.ReceiveStageAsync("connected");
            if (i % 3 == 1)
            {
                await client.SendAsync(Encoding.UTF8.GetBytes("{\"type\":\"render\"" + new string(' ', 100_000)), isEnd: false);
            }
            else if (i % 3 == 2)
            {
                await client.SendAsync(Plans.Message(round));
                ids.Add((await client.ReceiveStageAsync("generating")).Text("render_id"));
            }
        }

        foreach (var client in clients)
        {
            client.Socket.Abort();
            client.Socket.Dispose();
        }

        paused.GoOn();
        foreach (var id in ids)
        {
            Assert.Equal("succeeded", (await app.UntilAsync(id, status => status.FinishedAt is not null)).State);
        }
    }

    /// <summary>Open descriptors when there are no more than before, or when they do not become fewer.</summary>
    private static async Task<int> SettledDescriptorsAsync(int before)
    {
        var (fewest, since) = (int.MaxValue, 0);
        while (since < 40)
        {
            var count = Directory.GetFiles("/proc/self/fd").Length;
            if (count <= before && before != int.MaxValue)
            {
                return count;
            }

            (fewest, since) = count < fewest ? (count, 0) : (fewest, since + 1);
            await Task.Delay(25);
        }

        return fewest;
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
