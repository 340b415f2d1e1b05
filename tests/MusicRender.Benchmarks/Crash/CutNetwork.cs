using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MusicRender.Benchmarks.Measuring;

namespace MusicRender.Benchmarks.Crash;

/// <summary>
/// Machines with a network between them that can be cut: network namespaces of Linux, joined by a switch in one of its own. Takes root and
/// iproute2. Clients come to a node over its own loopback address, whatever happens to the network; the database's Unix socket is there for all.
/// </summary>
internal sealed partial class CutNetwork : IAsyncDisposable
{
    private const int NewNetwork = 0x40000000;
    private const int NodePort = 8000;

    private readonly string _name = $"mrb{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
    private readonly string[] _machines;
    private readonly List<TcpListener> _doors = [];
    private readonly CancellationTokenSource _stop = new();

    private CutNetwork(int machines) => _machines = [.. Enumerable.Range(0, machines).Select(machine => $"{_name}n{machine}")];

    private string Switch => $"{_name}sw";

    /// <summary>Makes it.</summary>
    public static async Task<CutNetwork> CreateAsync(int machines)
    {
        var network = new CutNetwork(machines);
        try
        {
            await network.BuildAsync();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>A node on one of the machines.</summary>
    public NodePlace Place(int machine, IReadOnlyDictionary<string, string> settings)
    {
        var door = new TcpListener(IPAddress.Loopback, 0);
        door.Start();
        _doors.Add(door);
        _ = PassAsync(door, _machines[machine]);
        var here = new Dictionary<string, string>(settings) { ["MusicRender__Cluster__Address"] = AddressOf(machine) };
        return new NodePlace(NodePort, ((IPEndPoint)door.LocalEndpoint).Port, here, ["ip", "netns", "exec", _machines[machine]]);
    }

    /// <summary>Cuts one machine off from the others, for so long.</summary>
    public async Task CutAsync(int machine, TimeSpan time)
    {
        var others = Enumerable.Range(0, _machines.Length).Where(other => other != machine).Select(AddressOf).ToList();
        foreach (var other in others)
        {
            await RunAsync("ip", "-n", _machines[machine], "route", "add", "blackhole", $"{other}/32");
        }

        await Task.Delay(time);
        foreach (var other in others)
        {
            await RunAsync("ip", "-n", _machines[machine], "route", "del", "blackhole", $"{other}/32");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _doors.ForEach(door => door.Stop());
        foreach (var name in (string[])[.. _machines, Switch])
        {
            try
            {
                await RunAsync("ip", "netns", "del", name);
            }
            catch (BenchmarkException)
            {
                // It was never made.
            }
        }

        _stop.Dispose();
    }

    private static string AddressOf(int machine) => $"198.18.77.{machine + 1}";

    private async Task BuildAsync()
    {
        await RunAsync("ip", "netns", "add", Switch);
        await RunAsync("ip", "-n", Switch, "link", "add", "bridge", "type", "bridge");
        await RunAsync("ip", "-n", Switch, "link", "set", "bridge", "up");
        for (var machine = 0; machine < _machines.Length; machine++)
        {
            var (name, port) = (_machines[machine], $"port{machine}");
            await RunAsync("ip", "netns", "add", name);
            await RunAsync("ip", "-n", Switch, "link", "add", port, "type", "veth", "peer", "name", "cable", "netns", name);
            await RunAsync("ip", "-n", Switch, "link", "set", port, "master", "bridge", "up");
            await RunAsync("ip", "-n", name, "addr", "add", $"{AddressOf(machine)}/24", "dev", "cable");
            await RunAsync("ip", "-n", name, "link", "set", "cable", "up");
            await RunAsync("ip", "-n", name, "link", "set", "lo", "up");
        }
    }

    /// <summary>Passes on what comes to a door of this machine to the node behind it.</summary>
    private async Task PassAsync(TcpListener door, string machine)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = JoinAsync(await door.AcceptSocketAsync(_stop.Token), machine);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task JoinAsync(System.Net.Sockets.Socket client, string machine)
    {
        try
        {
            using var node = SocketOn(machine);
            using (client)
            {
                await node.ConnectAsync(IPAddress.Loopback, NodePort, _stop.Token);
                await using var near = new NetworkStream(client);
                await using var far = new NetworkStream(node);
                await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The node is gone, or the client.
        }
        finally
        {
            client.Dispose();
        }
    }

    /// <summary>A socket belongs to the network in which it was made: a thread goes there for that moment.</summary>
    private static System.Net.Sockets.Socket SocketOn(string machine)
    {
        System.Net.Sockets.Socket? socket = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var there = File.OpenHandle($"/run/netns/{machine}");
                if (SetNamespace(there, NewNetwork) != 0)
                {
                    throw new SocketException(Marshal.GetLastPInvokeError(), $"{machine} cannot be entered.");
                }

                socket = new System.Net.Sockets.Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        // The thread ends there; no other work is done on it.
        thread.Start();
        thread.Join();
        return socket ?? throw failure!;
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(Microsoft.Win32.SafeHandles.SafeFileHandle network, int kind);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new BenchmarkException($"{program} {string.Join(' ', arguments)}: {said.Trim()}");
        }
    }
}
