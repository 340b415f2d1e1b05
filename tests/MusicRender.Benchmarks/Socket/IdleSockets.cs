using System.Net;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.Socket;

/// <summary>The memory of sockets that are connected and send nothing.</summary>
internal static class IdleSockets
{
    /// <summary>
    /// Runs against a server of its own: after a load, the heap has room that idle sockets would hide in.
    /// </summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        var (count, settling) = isSmoke ? (50, TimeSpan.FromMilliseconds(200)) : (10_000, TimeSpan.FromSeconds(3));
        using var scratch = new ScratchFolder();
        var port = ChildProcess.FreePort();
        await using var process = new MusicRenderServer(place.Server).Start(scratch["library"], port, inMemory: true);
        await process.AnswersAsync(new Uri(MusicRenderServer.Address(port), "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
        await Measurement.TakeAsync(new MeasuredServer("MusicRender", process, port, IsNumbered: true), new LoadShape(4, 20, 10_000), report);
        await Task.Delay(settling);
        var before = process.Figures.ResidentMegabytes;
        var clients = await ConnectAsync(port, count);
        await Task.Delay(settling);
        var held = process.Figures.ResidentMegabytes;
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        var table = new Table("Socket: memory of idle sockets", "sockets", "resident before MB", "resident with them MB", "KB/socket");
        table.Add(count, before, held, (held - before) * 1024 / count);
        table.Note("Resident memory of the process; what connecting leaves for the collector is part of it.");
        report.Add(table);
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
