using System.Diagnostics;
using MusicRender.Benchmarks.Measuring;

namespace MusicRender.Benchmarks.Crash;

/// <summary>Nodes that are killed and started again; one on SQLite, several on a PostgreSQL that they share.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    /// <summary>How long a node may take to find out that it was taken for dead.</summary>
    private static readonly TimeSpan Wakes = TimeSpan.FromSeconds(20);

    private readonly MusicRenderServer _server;
    private readonly ChildProcess?[] _nodes;
    private readonly NodePlace[] _places;

    private Fleet(MusicRenderServer server, string library, NodePlace[] places)
    {
        (_server, Library, _places) = (server, library, places);
        _nodes = new ChildProcess?[places.Length];
    }

    /// <summary>The library's root.</summary>
    public string Library { get; }

    /// <summary>How many there are, dead ones among them.</summary>
    public int Count => _nodes.Length;

    /// <summary>Starts all of them.</summary>
    public static async Task<Fleet> StartAsync(MusicRenderServer server, string library, params NodePlace[] places)
    {
        var fleet = new Fleet(server, library, places);
        for (var node = 0; node < places.Length; node++)
        {
            await fleet.StartAsync(node);
        }

        return fleet;
    }

    /// <summary>Where a node is, or was.</summary>
    public int Port(int node) => _places[node].Door;

    /// <summary>The process of a living node.</summary>
    public int ProcessId(int node) => _nodes[node]!.Id;

    /// <summary>Ends a node without a word: nothing of it runs on.</summary>
    public async Task KillAsync(int node)
    {
        await _nodes[node]!.DisposeAsync();
        _nodes[node] = null;
    }

    /// <summary>Stops a node in the middle of what it does, for so long: it knows nothing of that when it goes on. One that ends because of it is started again.</summary>
    public async Task PauseAsync(int node, TimeSpan pause)
    {
        var process = _nodes[node]!;
        await SignalAsync(process, "-STOP");
        await Task.Delay(pause);
        await SignalAsync(process, "-CONT");
        await ReviveAsync(node, Wakes);
    }

    /// <summary>Starts a node again if it ends by itself within a time, as whoever watches over it does.</summary>
    public async Task ReviveAsync(int node, TimeSpan within)
    {
        var process = _nodes[node]!;
        if (await Task.WhenAny(process.GoneAsync(), Task.Delay(within)) is var first && first.IsCompleted && process.HasEnded)
        {
            await StartAsync(node);
        }
    }

    /// <summary>Starts a node that may find that it cannot run: then it ends, and is not there.</summary>
    /// <returns>What it said when it ended; null for one that answers.</returns>
    public async Task<string?> TryStartAsync(int node)
    {
        try
        {
            await StartAsync(node);
            return null;
        }
        catch (BenchmarkException exception)
        {
            await KillAsync(node);
            return exception.Message;
        }
    }

    /// <summary>Starts a node, and waits until it answers.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> StartAsync(int node)
    {
        var begun = Stopwatch.GetTimestamp();
        var place = _places[node];
        _nodes[node] = _server.Start(Library, place.Port, WitnessGenerator.GeneratorName, place.Settings, place.Within);
        await _nodes[node]!.AnswersAsync(new Uri(MusicRenderServer.Address(place.Door), "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
        return Stopwatch.GetElapsedTime(begun);
    }

    private static async Task SignalAsync(ChildProcess process, string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await (node?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}

/// <summary>Where a node runs.</summary>
/// <param name="Port">Where it listens.</param>
/// <param name="Door">Where it is reached: the same, unless it has a network of its own.</param>
/// <param name="Settings">Environment variables.</param>
/// <param name="Within">What it is started by.</param>
internal sealed record NodePlace(int Port, int Door, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Within)
{
    /// <summary>On this machine, like any other process.</summary>
    public static NodePlace Here(IReadOnlyDictionary<string, string> settings)
    {
        var port = ChildProcess.FreePort();
        return new NodePlace(port, port, settings, []);
    }
}
