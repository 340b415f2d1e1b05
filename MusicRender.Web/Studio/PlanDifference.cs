using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>A lyric line, or a word, or a style, and what became of it.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Text">Its text.</param>
public readonly record struct TextChange(ChangeKind Kind, string Text);

/// <summary>What became of a section.</summary>
/// <param name="Kind">Kept sections may differ inside; removed and added ones are listed whole.</param>
/// <param name="Name">Its name, as it will be.</param>
/// <param name="OldName">Its name before, when it was another; else null.</param>
/// <param name="OldMs">Its length before, ms; null for a new section.</param>
/// <param name="NewMs">Its length after, ms; null for a removed section.</param>
/// <param name="Wanted">The wanted styles that go and come.</param>
/// <param name="Unwanted">The unwanted styles that go and come.</param>
/// <param name="Lines">All its lyric lines, when any of them changes; else empty.</param>
public sealed record SectionChange(
    ChangeKind Kind,
    string Name,
    string? OldName,
    int? OldMs,
    int? NewMs,
    IReadOnlyList<TextChange> Wanted,
    IReadOnlyList<TextChange> Unwanted,
    IReadOnlyList<TextChange> Lines)
{
    /// <summary>True when nothing in it changes.</summary>
    public bool IsSame => Kind is ChangeKind.Kept && OldName is null && OldMs == NewMs && Wanted.Count + Unwanted.Count + Lines.Count == 0;
}

/// <summary>How one plan differs from another: what goes and what comes, section by section.</summary>
/// <param name="Wanted">The styles wanted everywhere that go and come.</param>
/// <param name="Unwanted">The styles unwanted everywhere that go and come.</param>
/// <param name="Sections">Every section, in the new order; removed ones where they stood.</param>
/// <param name="OldMs">The length before, ms.</param>
/// <param name="NewMs">The length after, ms.</param>
public sealed record PlanDifference(
    IReadOnlyList<TextChange> Wanted, IReadOnlyList<TextChange> Unwanted, IReadOnlyList<SectionChange> Sections, int OldMs, int NewMs)
{
    /// <summary>True when the plans say the same.</summary>
    public bool IsNone => Wanted.Count + Unwanted.Count == 0 && Sections.All(section => section.IsSame);

    /// <summary>Compares two plans. Sections are told by their names, in order; between two that are the same, others are paired as they come.</summary>
    public static PlanDifference Between(CompositionPlan before, CompositionPlan after) => new(
        Changes(before.PositiveGlobalStyles, after.PositiveGlobalStyles),
        Changes(before.NegativeGlobalStyles, after.NegativeGlobalStyles),
        [.. Pair(before.Sections, after.Sections).Select(pair => Compare(pair.Before, pair.After))],
        before.DurationMs ?? 0,
        after.DurationMs ?? 0);

    /// <summary>Compares two texts, word by word. Neighbours of the same kind are one piece.</summary>
    public static IReadOnlyList<TextChange> Between(string before, string after)
    {
        var pieces = new List<TextChange>();
        foreach (var (kind, word) in Sequences.Compare(Words(before), Words(after)))
        {
            if (pieces is [.., var last] && last.Kind == kind)
            {
                pieces[^1] = last with { Text = $"{last.Text} {word}" };
            }
            else
            {
                pieces.Add(new TextChange(kind, word));
            }
        }

        return pieces;
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static List<(PlanSection? Before, PlanSection? After)> Pair(IReadOnlyList<PlanSection> before, IReadOnlyList<PlanSection> after)
    {
        var pairs = new List<(PlanSection?, PlanSection?)>();
        var (gone, come) = (new Queue<PlanSection>(), new Queue<PlanSection>());
        var (old, now) = (0, 0);
        foreach (var (kind, _) in Sequences.Compare([.. before.Select(Name)], [.. after.Select(Name)], StringComparer.OrdinalIgnoreCase))
        {
            switch (kind)
            {
                case ChangeKind.Removed:
                    gone.Enqueue(before[old++]);
                    break;
                case ChangeKind.Added:
                    come.Enqueue(after[now++]);
                    break;
                default:
                    Settle();
                    pairs.Add((before[old++], after[now++]));
                    break;
            }
        }

        Settle();
        return pairs;

        void Settle()
        {
            while (gone.Count + come.Count > 0)
            {
                gone.TryDequeue(out var left);
                come.TryDequeue(out var right);
                pairs.Add((left, right));
            }
        }

        static string Name(PlanSection section) => section.SectionName.Trim();
    }

    private static SectionChange Compare(PlanSection? before, PlanSection? after)
    {
        var lines = Sequences.Compare(before?.Lines ?? [], after?.Lines ?? []);
        return new SectionChange(
            before is null ? ChangeKind.Added : after is null ? ChangeKind.Removed : ChangeKind.Kept,
            (after ?? before)!.SectionName,
            before is not null && after is not null && before.SectionName != after.SectionName ? before.SectionName : null,
            before?.DurationMs,
            after?.DurationMs,
            Changes(before?.PositiveLocalStyles ?? [], after?.PositiveLocalStyles ?? []),
            Changes(before?.NegativeLocalStyles ?? [], after?.NegativeLocalStyles ?? []),
            lines.Any(line => line.Kind is not ChangeKind.Kept) ? [.. lines.Select(line => new TextChange(line.Kind, line.Item))] : []);
    }

    /// <summary>What goes and what comes; the order of styles means nothing.</summary>
    private static IReadOnlyList<TextChange> Changes(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
    [
        .. before.Except(after).Select(text => new TextChange(ChangeKind.Removed, text)),
        .. after.Except(before).Select(text => new TextChange(ChangeKind.Added, text)),
    ];
}
