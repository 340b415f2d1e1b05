using MusicRender.Engine.Plan;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Studio;

/// <summary>Does something with the selected section and says so.</summary>
public static class SectionCommands
{
    /// <summary>Moves it.</summary>
    /// <param name="editor">The plan.</param>
    /// <param name="view">Says it.</param>
    /// <param name="steps">Places towards the end, or towards the beginning when negative.</param>
    public static void Move(PlanEditor editor, TimelineView view, int steps)
    {
        editor.Move(editor.Selected, editor.Selected + steps);
        if (editor.Section is { } section)
        {
            view.Say(TimelineTexts.SaidMoved.With(section.SectionName, editor.Selected + 1, editor.Plan!.Sections.Count));
        }
    }

    /// <summary>Makes it a bar longer, or shorter.</summary>
    public static void Lengthen(PlanEditor editor, TimelineView view, int steps)
    {
        if (editor.Section is { } section)
        {
            editor.SetLength(editor.Selected, view.Longer(editor.Plan!, section.DurationMs, steps));
            SayLength(editor, view);
        }
    }

    /// <summary>Says how long it is.</summary>
    public static void SayLength(PlanEditor editor, TimelineView view)
    {
        if (editor.Section is { } section)
        {
            view.Say(TimelineTexts.SaidLength.With(section.SectionName, Wording.Length(section.DurationMs), BarsOf(view, editor.Plan!, section.DurationMs)));
        }
    }

    /// <summary>Adds a copy behind it and selects the copy; nothing when the plan is full.</summary>
    public static void Duplicate(PlanEditor editor, TimelineView view)
    {
        if (editor is { Plan: { } plan, Section: { } section } && plan.Sections.Count < PlanLimits.MaxSections)
        {
            editor.EditAt(editor.Selected, (now, at, _) => (SectionEdits.Duplicate(now, at), at + 1));
            view.Say(TimelineTexts.SaidDuplicated.With(editor.Section?.SectionName, section.SectionName));
        }
    }

    /// <summary>Cuts it in two and stays with the first part; nothing when the plan is full.</summary>
    public static void Split(PlanEditor editor, TimelineView view, SplitPoint point)
    {
        if (editor is { Plan: { } plan, Section: { } section } && plan.Sections.Count < PlanLimits.MaxSections)
        {
            editor.EditAt(editor.Selected, (now, at, _) => (SectionEdits.Split(now, at, point), at));
            view.Say(TimelineTexts.SaidSplit.With(section.SectionName, Wording.Length(point.AtMs), Wording.Length(section.DurationMs - point.AtMs)));
        }
    }

    /// <summary>Puts it together with the next one; nothing when that cannot be.</summary>
    public static void Merge(PlanEditor editor, TimelineView view)
    {
        if (editor is { Plan: { } plan, Section: { } section } && SectionEdits.WhyNotMerge(plan, editor.Selected) == MergeRefusal.None)
        {
            var next = plan.Sections[editor.Selected + 1].SectionName;
            editor.EditAt(editor.Selected, (now, at, _) => SectionEdits.WhyNotMerge(now, at) == MergeRefusal.None ? (SectionEdits.Merge(now, at), at) : null);
            view.Say(TimelineTexts.SaidMerged.With(section.SectionName, next, Wording.Length(editor.Section!.DurationMs)));
        }
    }

    /// <summary>Removes it.</summary>
    public static void Remove(PlanEditor editor, TimelineView view)
    {
        if (editor.Section is { } section)
        {
            editor.Remove(editor.Selected);
            view.Say(TimelineTexts.SaidRemoved.With(section.SectionName));
        }
    }

    /// <summary>"8 bars", "7.5 bars".</summary>
    public static string BarsOf(TimelineView view, CompositionPlan plan, int lengthMs)
    {
        var bars = Math.Round(lengthMs / view.MusicOf(plan).BarMs, 2);
        return bars == 1 ? TimelineTexts.OneBar : TimelineTexts.Bars.With(bars);
    }
}
