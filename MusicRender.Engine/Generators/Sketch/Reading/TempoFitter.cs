using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Where nobody wrote a number, the tempo is one at which the sections come out in whole bars.</summary>
internal static class TempoFitter
{
    private const double Furthest = 0.025;

    /// <summary>The tempo within 2.5 % of the usual one, in whole beats a minute, at which least of the song lies beside its bars.</summary>
    /// <param name="usual">Beats a minute.</param>
    /// <param name="metre">The bar.</param>
    /// <param name="sections">The plan's sections.</param>
    public static double Fit(double usual, Metre metre, IReadOnlyList<PlanSection> sections)
    {
        var (best, least) = (usual, double.MaxValue);
        for (var bpm = Math.Ceiling(usual * (1 - Furthest)); bpm <= usual * (1 + Furthest); bpm++)
        {
            // Fours of bars are better than threes, and the usual tempo is better than another one.
            var cost = (Math.Abs(bpm - usual) / usual) + sections.Average(section =>
            {
                var bars = section.DurationMs * bpm / 60_000 / metre.Beats;
                return (Math.Abs(bars - Math.Round(bars)) * 2) + (Math.Round(bars) % 2 == 0 ? 0 : 0.05);
            });
            if (cost < least && bpm is >= TempoReader.Slowest and <= TempoReader.Fastest)
            {
                (best, least) = (bpm, cost);
            }
        }

        return best;
    }
}
