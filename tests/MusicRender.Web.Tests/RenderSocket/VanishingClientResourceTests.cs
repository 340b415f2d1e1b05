using System.Text;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

[Collection(typeof(LoneApp))]
public sealed class VanishingClientResourceTests(MusicRenderApp app)
{
    private const int Clients = 50;

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
