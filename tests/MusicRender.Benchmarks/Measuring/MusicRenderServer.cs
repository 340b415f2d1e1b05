using MusicRender.Benchmarks.Socket;

namespace MusicRender.Benchmarks.Measuring;

/// <summary>Starts the program as <c>./run</c> starts it: the published build, on a free port of loopback, with a library of its own.</summary>
internal sealed class MusicRenderServer(string folder)
{
    /// <summary>How long a start may take before something is wrong, on a machine that has other things to do.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Renders at once that a server takes in the benchmarks of ElevenLabs.</summary>
    public const int MostAtOnce = 1_000;

    /// <summary>Starts it.</summary>
    /// <param name="library">The library's root.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="inMemory">True to render with <see cref="InMemoryGenerator"/>.</param>
    public ChildProcess Start(string library, int port, bool inMemory) => Start(library, port, inMemory ? InMemoryGenerator.GeneratorName : null, new Dictionary<string, string>());

    /// <summary>Starts it with one of the benchmarks' own generators.</summary>
    /// <param name="library">The library's root.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="generator">The generator's name.</param>
    public ChildProcess Start(string library, int port, string generator) => Start(library, port, generator, new Dictionary<string, string>());

    /// <summary>Starts it against an ElevenLabs upstream that is not the real one, as many renders at once as anybody asks for.</summary>
    /// <param name="library">The library's root.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="upstream">Where the upstream is.</param>
    public ChildProcess Start(string library, int port, Uri upstream) => Start(library, port, generator: null, new Dictionary<string, string>
    {
        ["MusicRender__ElevenLabs__BaseUrl"] = upstream.ToString(),
        ["MusicRender__ElevenLabs__ApiKey"] = SimulatorServer.Key,
        ["MusicRender__ElevenLabs__MaxConcurrency"] = $"{MostAtOnce}",
        // One address stands for thousands of clients here.
        ["MusicRender__Queue__MaxWaiting"] = "10000",
        ["MusicRender__Queue__MaxWaitingPerClient"] = "10000",
    });

    /// <summary>Starts it with settings, as environment variables.</summary>
    /// <param name="library">The library's root.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="generator">The benchmarks' own generator to render with; null for the product's.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="within">A command, with its arguments, that starts the program in other surroundings; nothing to start it here.</param>
    public ChildProcess Start(string library, int port, string? generator, IReadOnlyDictionary<string, string> settings, params IReadOnlyList<string> within)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_CONTENTROOT"] = folder,
            ["MusicRender__Library__Root"] = library,
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        if (generator is not null)
        {
            // ASP.NET's own way to add to a program from outside: the product knows nothing of these generators.
            environment["DOTNET_STARTUP_HOOKS"] = typeof(InMemoryGenerator).Assembly.Location;
            environment["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(InMemoryGenerator).Assembly.GetName().Name!;
            environment["MusicRender__Generator"] = generator;
        }

        string[] command = [.. within, "dotnet", Path.Combine(folder, "MusicRender.Web.dll"), "--urls", Address(port).ToString()];
        return ChildProcess.Start(command[0], command[1..], environment);
    }

    /// <summary>The address of a port.</summary>
    public static Uri Address(int port) => new($"http://127.0.0.1:{port}");
}
