using MusicRender.Benchmarks.Socket;

namespace MusicRender.Benchmarks.Measuring;

/// <summary>Starts the program as <c>./run</c> starts it: the published build, on a free port of loopback, with a library of its own.</summary>
internal sealed class MusicRenderServer(string folder)
{
    /// <summary>How long a start may take before something is wrong, on a machine that has other things to do.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Starts it.</summary>
    /// <param name="library">The library's root.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="inMemory">True to render with <see cref="InMemoryGenerator"/>.</param>
    public ChildProcess Start(string library, int port, bool inMemory)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_CONTENTROOT"] = folder,
            ["MusicRender__Library__Root"] = library,
        };
        if (inMemory)
        {
            // ASP.NET's own way to add to a program from outside: the product knows nothing of this generator.
            environment["DOTNET_STARTUP_HOOKS"] = typeof(InMemoryGenerator).Assembly.Location;
            environment["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(InMemoryGenerator).Assembly.GetName().Name!;
            environment["MusicRender__Generator"] = InMemoryGenerator.GeneratorName;
        }

        return ChildProcess.Start("dotnet", [Path.Combine(folder, "MusicRender.Web.dll"), "--urls", Address(port).ToString()], environment);
    }

    /// <summary>The address of a port.</summary>
    public static Uri Address(int port) => new($"http://127.0.0.1:{port}");
}
