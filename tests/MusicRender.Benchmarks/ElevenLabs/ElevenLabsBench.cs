using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.ElevenLabs;

/// <summary>Everything that is measured with the simulated ElevenLabs as the upstream.</summary>
internal static class ElevenLabsBench
{
    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        await TakeMemory.RunAsync(place, report, isSmoke);
        await FirstSound.RunAsync(place, report, isSmoke);
        await Overhead.RunAsync(place, report, isSmoke);
        await PeerComparison.RunAsync(place, report, isSmoke);
    }
}
