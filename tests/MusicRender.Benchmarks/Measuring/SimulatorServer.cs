using System.Globalization;
using ElevenLabs.Simulator;

namespace MusicRender.Benchmarks.Measuring;

/// <summary>Starts the simulated ElevenLabs, a process of its own, with its checks off and its doors wide open.</summary>
internal static class SimulatorServer
{
    /// <summary>The key it is asked with.</summary>
    public const string Key = "sim-bench";

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="port">Where it listens.</param>
    /// <param name="latency">Time before the first byte of an answer.</param>
    /// <param name="pace">Music a second, s; 0 for all at once.</param>
    public static async Task<ChildProcess> StartAsync(int port, TimeSpan latency, double pace = 0)
    {
        var address = MusicRenderServer.Address(port);
        var process = ChildProcess.Start(
            "dotnet",
            [
                typeof(SimulatorHost).Assembly.Location, "--urls", address.ToString(), $"--Simulator:Latency={latency:c}",
                string.Create(CultureInfo.InvariantCulture, $"--Simulator:Pace={pace}"), "--Simulator:Concurrency=100000", "--Simulator:CreditsPerMinute=0", "--Simulator:Calls=0", "--Simulator:Validate=false",
            ],
            new Dictionary<string, string>());
        await process.AnswersAsync(address, MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
        return process;
    }
}
