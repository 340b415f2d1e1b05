using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>
/// Finds the steps on which the syllables of a line are sung: stressed ones on strong beats, at an even, natural pace, near
/// the notes of the section's tune.
/// </summary>
/// <param name="metre">The bar.</param>
/// <param name="stepSeconds">Length of a step.</param>
/// <param name="isTuneNote">True for steps of the section on which a note of its tune begins.</param>
internal sealed class SyllableRhythm(Metre metre, double stepSeconds, Func<int, bool> isTuneNote)
{
    /// <summary>Shortest time from syllable to syllable for which steps are looked for, s; faster lines are spread evenly.</summary>
    public const double Quickest = 0.115;

    private const double Slowest = 0.56;
    private const double ShortestPace = 0.21;
    private const double LongestPace = 0.36;

    /// <summary>
    /// The steps on which the syllables begin, rising, counted from the section's start; null when there are too many
    /// syllables for the room.
    /// </summary>
    /// <param name="stressed">For each syllable, whether it wants a strong beat.</param>
    /// <param name="from">First step that may be used.</param>
    /// <param name="to">Step after the last one; the last syllable begins early enough to be held.</param>
    public int[]? Place(IReadOnlyList<bool> stressed, int from, int to)
    {
        var count = stressed.Count;
        var room = to - from;
        var least = Math.Max(1, (int)Math.Ceiling((Quickest / stepSeconds) - 0.01));
        if (room < (count * least) + least)
        {
            return null;
        }

        // Evenly, with the last syllable twice as long as the others, within what sounds natural.
        var pace = Math.Clamp(room / (double)(count + 1), Math.Min(ShortestPace / stepSeconds, room / (double)(count + 1)), LongestPace / stepSeconds);
        var widest = Math.Max(least, (int)Math.Max(pace * 1.6, Slowest / stepSeconds));
        var latestFirst = Math.Min(metre.StepsPerBeat, room - (count * least) - least);
        var reach = Math.Min(room, latestFirst + ((count - 1) * widest) + 1);
        var best = new double[count, reach];
        var before = new int[count, reach];
        for (var at = 0; at < reach; at++)
        {
            best[0, at] = at <= latestFirst ? Score(stressed[0], from + at) - (0.12 * at) : double.NegativeInfinity;
        }

        for (var syllable = 1; syllable < count; syllable++)
        {
            for (var at = 0; at < reach; at++)
            {
                best[syllable, at] = double.NegativeInfinity;
                if (room - at < (count - syllable) * least)
                {
                    continue;
                }

                for (var gap = least; gap <= Math.Min(widest, at); gap++)
                {
                    var score = best[syllable - 1, at - gap] - GapCost(gap, pace, stressed[syllable - 1]);
                    if (score > best[syllable, at])
                    {
                        (best[syllable, at], before[syllable, at]) = (score, at - gap);
                    }
                }

                best[syllable, at] += Score(stressed[syllable] || syllable == count - 1, from + at);
            }
        }

        var latest = Math.Min(reach - 1, room - (int)Math.Ceiling(Math.Min(pace, room / (double)(count + 1))));
        var last = Enumerable.Range(0, latest + 1).MaxBy(at => best[count - 1, at]);
        if (double.IsNegativeInfinity(best[count - 1, last]))
        {
            return null;
        }

        var steps = new int[count];
        for (var (syllable, at) = (count - 1, last); syllable >= 0; at = before[syllable, at], syllable--)
        {
            steps[syllable] = from + at;
        }

        return steps;
    }

    /// <summary>How strong a step is in the bar, 0–1.</summary>
    public double WeightOf(int step)
    {
        var within = step % metre.StepsPerBar;
        return within == 0 ? 1
            : within == metre.StepsPerBar / 2 && metre.Beats % 2 == 0 ? 0.85
            : within % metre.StepsPerBeat == 0 ? 0.7
            : within % 2 == 0 ? 0.32
            : 0;
    }

    private double Score(bool isStressed, int step)
    {
        var weight = WeightOf(step);
        return (isStressed ? 1.7 * weight : 0.5 * (0.4 - weight)) + (isTuneNote(step) ? 0.35 : 0);
    }

    private double GapCost(int gap, double pace, bool isStressed)
    {
        var off = Math.Log2(gap / pace);
        return (0.9 * off * off) + (gap * stepSeconds < 0.16 ? 0.5 : 0) - (isStressed && gap > pace ? 0.1 : 0) + (gap > 1 && gap % 2 == 1 ? 0.15 : 0);
    }
}
