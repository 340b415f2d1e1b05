using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>What is typed and chosen for one field of a plan. A field that stays as it is makes no step.</summary>
public static class FieldEdits
{
    /// <summary>Names a section.</summary>
    public static void Rename(this PlanEditor editor, int index, string name) =>
        editor.Edit(index, section => section with { SectionName = name }, "name");

    /// <summary>Sets a section's length, ms.</summary>
    public static void SetLength(this PlanEditor editor, int index, int durationMs) =>
        editor.Edit(index, section => section with { DurationMs = durationMs }, "length");

    /// <summary>Sets a section's lyric lines.</summary>
    public static void SetLines(this PlanEditor editor, int index, IReadOnlyList<string> lines) =>
        editor.Edit(index, section => section with { Lines = lines }, "lines");

    /// <summary>Sets the styles wanted in a section.</summary>
    public static void SetWanted(this PlanEditor editor, int index, IReadOnlyList<string> styles) =>
        editor.Edit(index, section => section with { PositiveLocalStyles = styles }, null);

    /// <summary>Sets the styles unwanted in a section.</summary>
    public static void SetUnwanted(this PlanEditor editor, int index, IReadOnlyList<string> styles) =>
        editor.Edit(index, section => section with { NegativeLocalStyles = styles }, null);

    /// <summary>Sets the styles wanted everywhere.</summary>
    public static void SetGlobalWanted(this PlanEditor editor, IReadOnlyList<string> styles) =>
        editor.EditPlan(plan => plan with { PositiveGlobalStyles = styles });

    /// <summary>Sets the styles unwanted everywhere.</summary>
    public static void SetGlobalUnwanted(this PlanEditor editor, IReadOnlyList<string> styles) =>
        editor.EditPlan(plan => plan with { NegativeGlobalStyles = styles });

    private static void Edit(this PlanEditor editor, int index, Func<PlanSection, PlanSection> change, string? group) => editor.EditAt(
        index,
        (plan, at, selected) =>
        {
            var (before, sections) = (plan.Sections[at], plan.Sections.ToArray());
            sections[at] = change(before);
            return sections[at] == before ? null : (plan with { Sections = sections }, selected);
        },
        group);
}
