using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MusicRender.Benchmarks.Crash;
using MusicRender.Benchmarks.Socket;
using MusicRender.Benchmarks.Studio;
using MusicRender.Engine.Generators;

[assembly: HostingStartup(typeof(InMemoryStartup))]

namespace MusicRender.Benchmarks.Socket
{
    /// <summary>Adds the generators to the program that is measured, by ASP.NET's hosting startup.</summary>
    internal sealed class InMemoryStartup : IHostingStartup
    {
        public void Configure(IWebHostBuilder builder) =>
            builder.ConfigureServices(services => services.AddSingleton<IMusicGenerator, InMemoryGenerator>().AddSingleton<IMusicGenerator, PacedGenerator>().AddSingleton<IMusicGenerator, WitnessGenerator>());
    }
}

/// <summary>
/// .NET's startup hook: running it loads this assembly, so that ASP.NET finds it by name although the measured program
/// does not refer to it. The name and the missing namespace are .NET's demand.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
    }
}
