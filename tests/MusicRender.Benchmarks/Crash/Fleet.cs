using System.Diagnostics;
using MusicRender.Benchmarks.Measuring;

namespace MusicRender.Benchmarks.Crash;

/// <summary>Nodes that are killed and started again; one on SQLite, several on a PostgreSQL that they share.</summary>
internal sealed class Fleet : IAsyncDisposable
{
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

    /// <summary>Starts a node, and waits until it answers.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> StartAsync(int node)
    {
        var begun = Stopwatch.GetTimestamp();
        _nodes[node] = _server.Start(Library, _ports[node], WitnessGenerator.GeneratorName, _settings);
        await _nodes[node]!.AnswersAsync(new Uri(MusicRenderServer.Address(_ports[node]), "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
        return Stopwatch.GetElapsedTime(begun);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await (node?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
