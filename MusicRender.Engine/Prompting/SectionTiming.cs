using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Prompting;

/// <summary>Lays sections on whole bars so that together they last exactly as long as asked for.</summary>
internal static class SectionTiming
{
    // More than any plan needs: 30 sections, each a few bars off. Ends the search where no number of bars will do.
    private const int MostMoves = 300;

    /// <summary>
    /// Lengths in ms for sections of these shares. All but the last are whole bars (their ends rounded to the ms, so the
    /// error never adds up); the last takes the rest, where a fade or a final chord hides it. Where bars do not fit,
    /// the lengths follow the shares alone.
    /// </summary>
    /// <param name="shares">Relative lengths, each above 0; so many that each can last 3 to 120 s.</param>
    /// <param name="totalMs">The exact sum.</param>
    /// <param name="barMs">One bar, ms.</param>
    /// <param name="asWritten">True for shares that are seconds already fitted: each keeps its own number of bars, even or odd.</param>
    internal static IReadOnlyList<int> Fit(IReadOnlyList<double> shares, int totalMs, double barMs, bool asWritten = false)
    {
        var wanted = Proportional(shares, totalMs);
        return OnBars(wanted, totalMs, barMs, asWritten ? 1 : 2) ?? wanted;
    }

    /// <summary>True when so many sections can make up this length.</summary>
    internal static bool Fits(int count, int totalMs) =>
        count is > 0 and <= PlanLimits.MaxSections
        && count * (long)PlanLimits.MinSectionMs <= totalMs
        && count * (long)PlanLimits.MaxSectionMs >= totalMs;

    private static int[]? OnBars(int[] wanted, int totalMs, double barMs, int phrase)
    {
        var last = wanted.Length - 1;
        var bars = wanted.Take(last).Select(length => WholeBars(length, barMs, phrase)).ToArray();
        double Rest() => totalMs - (bars.Sum() * barMs);
        bool MayChange(int at, int by) =>
            (bars[at] + by) * barMs is var length && length > PlanLimits.MinSectionMs + 1 && length < PlanLimits.MaxSectionMs - 1;

        // The last section may be a third shorter or longer than wanted before another one gives or takes a bar.
        var shortest = Math.Max(PlanLimits.MinSectionMs, wanted[last] * 2 / 3);
        var longest = Math.Min(PlanLimits.MaxSectionMs, Math.Max(wanted[last] * 4 / 3, shortest + (barMs * 1.01)));
        for (var moves = 0; Rest() < shortest || Rest() > longest; moves++)
        {
            var missing = Rest() < shortest ? shortest - Rest() : Rest() - longest;
            var by = (Rest() < shortest ? -1 : 1) * (missing > barMs ? phrase : 1);
            var best = Enumerable.Range(0, last)
                .Where(at => MayChange(at, by))
                .OrderByDescending(at => Math.Sign(by) * (wanted[at] - (bars[at] * barMs)) / wanted[at])
                .FirstOrDefault(-1);
            if (best < 0 || moves > MostMoves)
            {
                return null;
            }

            bars[best] += by;
        }

        var lengths = new int[wanted.Length];
        var (start, total) = (0, 0);
        for (var at = 0; at < last; at++)
        {
            total += bars[at];
            var end = (int)Math.Round(total * barMs);
            lengths[at] = end - start;
            start = end;
        }

        lengths[last] = totalMs - start;
        return lengths.All(length => length is >= PlanLimits.MinSectionMs and <= PlanLimits.MaxSectionMs) ? lengths : null;
    }

    /// <summary>The nearest number of bars that lasts long enough; from four bars on a multiple of the phrase.</summary>
    private static int WholeBars(int lengthMs, double barMs, int phrase)
    {
        var exact = lengthMs / barMs;
        var bars = exact >= 3.5 ? phrase * (int)Math.Round(exact / phrase) : (int)Math.Round(exact);
        return Math.Max(bars, (int)Math.Ceiling((PlanLimits.MinSectionMs + 1) / barMs));
    }

    /// <summary>Lengths in ms that follow the shares alone, within the limits of a section.</summary>
    internal static int[] Proportional(IReadOnlyList<double> shares, int totalMs)
    {
        // Everything starts at the shortest; what is left is shared out, section by section up to the longest.
        var lengths = Enumerable.Repeat((double)PlanLimits.MinSectionMs, shares.Count).ToArray();
        var wanted = shares.Select(share => share / shares.Sum() * totalMs).ToArray();
        var left = (double)totalMs - lengths.Sum();
        while (left > 0.001)
        {
            var room = lengths.Select((length, at) =>
                length >= PlanLimits.MaxSectionMs ? 0 : Math.Max(wanted[at] - PlanLimits.MinSectionMs, 1)).ToArray();
            var roomAll = room.Sum();
            for (var at = 0; at < lengths.Length; at++)
            {
                var more = Math.Min(left * room[at] / roomAll, PlanLimits.MaxSectionMs - lengths[at]);
                lengths[at] += more;
            }

            left = totalMs - lengths.Sum();
        }

        var whole = new int[lengths.Length];
        var (sum, start) = (0.0, 0);
        for (var at = 0; at < lengths.Length; at++)
        {
            sum += lengths[at];
            var end = at == lengths.Length - 1 ? totalMs : (int)Math.Round(sum);
            whole[at] = Math.Clamp(end - start, PlanLimits.MinSectionMs, PlanLimits.MaxSectionMs);
            start += whole[at];
        }

        // Rounding against a limit can leave a millisecond or two.
        for (var rest = totalMs - whole.Sum(); rest != 0; rest = totalMs - whole.Sum())
        {
            var step = Math.Sign(rest);
            var at = Array.FindIndex(whole, length => length + step is >= PlanLimits.MinSectionMs and <= PlanLimits.MaxSectionMs);
            whole[at] += step;
        }

        return whole;
    }
}
