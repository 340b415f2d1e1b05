using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>Why a section cannot be put together with the next one.</summary>
public enum MergeRefusal
{
    /// <summary>It can.</summary>
    None,

    /// <summary>It is the last one.</summary>
    NoNext,

    /// <summary>Together they are longer than a section may be.</summary>
    TooLong,

    /// <summary>Together they have more lyric lines than a section may have.</summary>
    TooManyLines,

    /// <summary>Together they have more styles than a section may have.</summary>
    TooManyStyles,
}

/// <summary>Where a section is cut in two.</summary>
/// <param name="AtMs">Length of the first part, ms.</param>
/// <param name="Lines">Lyric lines that stay in the first part.</param>
public readonly record struct SplitPoint(int AtMs, int Lines);

/// <summary>What can be done with whole sections beside moving them: each gives another plan and leaves the old one as it is.</summary>
public static class SectionEdits
{
    /// <summary>The extra field that names a stretch of recorded sound: it stays with the beginning of what is cut.</summary>
    private const string SourceField = "source_from";

    /// <summary>A new section at a place.</summary>
    public static CompositionPlan Add(CompositionPlan plan, int at, int durationMs) => plan with
    {
        Sections = [.. plan.Sections.Take(at), new PlanSection { SectionName = SectionNames.Next(plan.Sections), DurationMs = durationMs }, .. plan.Sections.Skip(at)],
    };

    /// <summary>A section less.</summary>
    public static CompositionPlan Remove(CompositionPlan plan, int at) => plan with { Sections = [.. plan.Sections.Where((_, other) => other != at)] };

    /// <summary>A section at another place.</summary>
    public static CompositionPlan Move(CompositionPlan plan, int from, int to)
    {
        var sections = plan.Sections.ToList();
        sections.RemoveAt(from);
        sections.Insert(to, plan.Sections[from]);
        return plan with { Sections = sections };
    }

    /// <summary>A copy behind a section, with a name of its own.</summary>
    public static CompositionPlan Duplicate(CompositionPlan plan, int at)
    {
        var section = plan.Sections[at];
        var copy = section with { SectionName = SectionNames.Again(plan.Sections, section.SectionName) };
        return With(plan, at, section, copy);
    }

    /// <summary>A section in two parts with the same styles; its lines are divided.</summary>
    public static CompositionPlan Split(CompositionPlan plan, int at, SplitPoint point)
    {
        var section = plan.Sections[at];
        return With(
            plan,
            at,
            section with { DurationMs = point.AtMs, Lines = [.. section.Lines.Take(point.Lines)] },
            section with
            {
                SectionName = SectionNames.Part(plan.Sections, section.SectionName),
                DurationMs = section.DurationMs - point.AtMs,
                Lines = [.. section.Lines.Skip(point.Lines)],
                Extra = section.Extra.Without(SourceField),
            });
    }

    /// <summary>Why a section cannot be put together with the next one.</summary>
    public static MergeRefusal WhyNotMerge(CompositionPlan plan, int at)
    {
        if (at + 1 >= plan.Sections.Count)
        {
            return MergeRefusal.NoNext;
        }

        var (section, next) = (plan.Sections[at], plan.Sections[at + 1]);
        var merged = Merged(section, next);
        return merged switch
        {
            _ when (long)section.DurationMs + next.DurationMs > PlanLimits.MaxSectionMs => MergeRefusal.TooLong,
            { Lines.Count: > PlanLimits.MaxLines } => MergeRefusal.TooManyLines,
            { PositiveLocalStyles.Count: > PlanLimits.MaxStyles } or { NegativeLocalStyles.Count: > PlanLimits.MaxStyles } => MergeRefusal.TooManyStyles,
            _ => MergeRefusal.None,
        };
    }

    /// <summary>A section and the next one as one, with the first one's name. A style that one of the two wants is not refused.</summary>
    public static CompositionPlan Merge(CompositionPlan plan, int at) =>
        plan with { Sections = [.. plan.Sections.Take(at), Merged(plan.Sections[at], plan.Sections[at + 1]), .. plan.Sections.Skip(at + 2)] };

    private static PlanSection Merged(PlanSection section, PlanSection next)
    {
        IReadOnlyList<string> wanted = [.. section.PositiveLocalStyles.Union(next.PositiveLocalStyles, StringComparer.OrdinalIgnoreCase)];
        return section with
        {
            DurationMs = unchecked(section.DurationMs + next.DurationMs),
            PositiveLocalStyles = wanted,
            NegativeLocalStyles =
            [
                .. section.NegativeLocalStyles.Union(next.NegativeLocalStyles, StringComparer.OrdinalIgnoreCase).Except(wanted, StringComparer.OrdinalIgnoreCase),
            ],
            Lines = [.. section.Lines, .. next.Lines],
            Extra = next.Extra.Where(field => section.Extra[field.Key] is null).Aggregate(section.Extra, (extra, field) => extra.With(field.Key, field.Value)),
        };
    }

    private static CompositionPlan With(CompositionPlan plan, int at, PlanSection first, PlanSection second) =>
        plan with { Sections = [.. plan.Sections.Take(at), first, second, .. plan.Sections.Skip(at + 1)] };
}
