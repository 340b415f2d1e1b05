using System.Diagnostics;
using MusicRender.Benchmarks.Measuring;

namespace MusicRender.Benchmarks.Crash;

/// <summary>Nodes that are killed and started again; one on SQLite, several on a PostgreSQL that they share.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    /// <summary>How long a node may take to find out that it was taken for dead.</summary>
    private static readonly TimeSpan Wakes = TimeSpan.FromSeconds(20);

    private readonly MusicRenderServer _server;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly ChildProcess?[] _nodes;
    private readonly int[] _ports;

    private Fleet(MusicRenderServer server, string library, int nodes, IReadOnlyDictionary<string, string> settings)
    {
        (_server, Library, _settings) = (server, library, settings);
        _nodes = new ChildProcess?[nodes];
        _ports = [.. Enumerable.Range(0, nodes).Select(_ => ChildProcess.FreePort())];
    }

    /// <summary>The library's root.</summary>
    public string Library { get; }

    /// <summary>How many there are, dead ones among them.</summary>
    public int Count => _nodes.Length;

    /// <summary>Starts all of them.</summary>
    public static async Task<Fleet> StartAsync(MusicRenderServer server, string library, int nodes, IReadOnlyDictionary<string, string> settings)
    {
        var fleet = new Fleet(server, library, nodes, settings);
        for (var node = 0; node < nodes; node++)
        {
            await fleet.StartAsync(node);
        }

        return fleet;
    }

    /// <summary>Where a node is, or was.</summary>
    public int Port(int node) => _ports[node];

    /// <summary>What the kernel says of a living node.</summary>
    public ProcessFigures Figures(int node) => _nodes[node]!.Figures;

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
        if (await Task.WhenAny(process.GoneAsync(), Task.Delay(Wakes)) is var first && first.IsCompleted && process.HasEnded)
        {
            await StartAsync(node);
        }
    }

    /// <summary>Starts a node, and waits until it answers.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> StartAsync(int node)
    {
        var begun = Stopwatch.GetTimestamp();
        _nodes[node] = _server.Start(Library, _ports[node], WitnessGenerator.GeneratorName, _settings);
        await _nodes[node]!.AnswersAsync(new Uri(MusicRenderServer.Address(_ports[node]), "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
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
