using System.Net;
using MusicRender.Benchmarks.ElevenLabs;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.Socket;

/// <summary>The memory of sockets that are connected and send nothing, and where the FastAPI peer is there, of its own.</summary>
internal static class IdleSockets
{
    /// <summary>
    /// Runs against servers of its own: after a load, the heap has room that idle sockets would hide in.
    /// </summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        var (count, settling) = isSmoke ? (50, TimeSpan.FromMilliseconds(200)) : (10_000, TimeSpan.FromSeconds(3));
        using var scratch = new ScratchFolder();
        var port = ChildProcess.FreePort();
        var table = new Table("Socket: memory of idle sockets", "server", "sockets", "resident before MB", "resident with them MB", "KB/socket");
        await using (var process = new MusicRenderServer(place.Server).Start(scratch["library"], port, inMemory: true))
        {
            await process.AnswersAsync(new Uri(MusicRenderServer.Address(port), "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
            var own = new MeasuredServer("MusicRender", process, port, IsNumbered: true);
            await Measurement.TakeAsync(own, new LoadShape(4, 20, 10_000), report);
            await WeighAsync(own, count, settling, table);
        }

        // Idle sockets ask for nothing, so it matters not that nobody is behind it.
        await using (var peer = isSmoke ? null : await FastApiPeer.TryStartAsync(place, scratch, MusicRenderServer.Address(port)))
        {
            if (peer is not null)
            {
                await WeighAsync(peer.Server, count, settling, table);
                table.Note(peer.Versions);
            }
        }

        table.Note("Resident memory of the process; what connecting leaves for the collector is part of it. Bar: at most the peer's.");
        report.Add(table);
    }

    private static async Task WeighAsync(MeasuredServer server, int count, TimeSpan settling, Table table)
    {
        await Task.Delay(settling);
        var before = server.Process.Figures.ResidentMegabytes;
        var clients = await ConnectAsync(server.Port, count);
        await Task.Delay(settling);
        var held = server.Process.Figures.ResidentMegabytes;
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        table.Add(server.Name, count, before, held, (held - before) * 1024 / count);
    }

    private static async Task<SocketClient[]> ConnectAsync(int port, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        var address = new IPEndPoint(IPAddress.Loopback, port);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var client = await SocketClient.ConnectAsync(address, patience.Token);
            return await client.ReceiveAsync(patience.Token) is null ? throw new BenchmarkException("an idle socket was closed at once") : client;
        }));
    }
}
