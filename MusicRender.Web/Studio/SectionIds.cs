using System.Security.Cryptography;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>
/// Which section is which, whatever becomes of it: moved, renamed, taken back, or read from text that somebody retyped. Sections
/// themselves know nothing of it, so no plan that leaves the studio has ids in it.
/// </summary>
internal static class SectionIds
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Length = 8;

    /// <summary>Ids for sections that nobody has seen before, one for each.</summary>
    public static IReadOnlyList<string> New(CompositionPlan? plan) => [.. (plan?.Sections ?? []).Select(_ => New())];

    /// <summary>Ids for a plan that was kept without any: the same ones whenever it is read.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="step">The number of the edit that it is kept for.</param>
    public static IReadOnlyList<string> Of(CompositionPlan? plan, long step) => [.. (plan?.Sections ?? []).Index().Select(section => $"{step}.{section.Index}")];

    /// <summary>The ids after an edit. Sections are known by themselves, else by what is in them, else by their name, else by their place.</summary>
    /// <param name="before">The plan before.</param>
    /// <param name="ids">Its ids.</param>
    /// <param name="after">The plan after.</param>
    public static IReadOnlyList<string> Follow(CompositionPlan? before, IReadOnlyList<string> ids, CompositionPlan? after)
    {
        if (ReferenceEquals(before, after))
        {
            return ids;
        }

        var (old, now) = (before?.Sections ?? [], after?.Sections ?? []);
        var found = new string?[now.Count];
        var isFree = new bool[old.Count];
        Array.Fill(isFree, true);
        Match((one, other, _, _) => ReferenceEquals(one, other));
        Match((one, other, _, _) => IsTheSame(one, other));
        Match((one, other, _, _) => one.SectionName == other.SectionName);
        Match((_, _, at, to) => at == to);
        return [.. found.Select(id => id ?? New())];

        void Match(Func<PlanSection, PlanSection, int, int, bool> isIt)
        {
            for (var to = 0; to < now.Count; to++)
            {
                for (var at = 0; at < old.Count && found[to] is null; at++)
                {
                    if (isFree[at] && isIt(old[at], now[to], at, to))
                    {
                        (found[to], isFree[at]) = (ids[at], false);
                    }
                }
            }
        }
    }

    private static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    private static bool IsTheSame(PlanSection one, PlanSection other) =>
        one.SectionName == other.SectionName
        && one.DurationMs == other.DurationMs
        && one.Lines.SequenceEqual(other.Lines)
        && one.PositiveLocalStyles.SequenceEqual(other.PositiveLocalStyles)
        && one.NegativeLocalStyles.SequenceEqual(other.NegativeLocalStyles);
}
