using MusicRender.Engine.Library;

namespace MusicRender.Web.Studio;

/// <summary>Two edits of one draft that did not know of each other.</summary>
internal static class DraftMerge
{
    /// <summary>What another node saved, with what was changed here since in it.</summary>
    /// <param name="before">What both began with.</param>
    /// <param name="mine">The later edit: of what both changed, this counts.</param>
    /// <param name="theirs">What is saved.</param>
    public static Draft Of(Draft before, Draft mine, Draft theirs)
    {
        // A plan and its JSON are one thing.
        var isPlanMine = !ReferenceEquals(mine.Plan, before.Plan) || mine.PlanText != before.PlanText;
        return theirs with
        {
            QuickStart = Pick(draft => draft.QuickStart),
            Blueprint = Pick(draft => draft.Blueprint),
            Sound = Pick(draft => draft.Sound),
            Delivery = Pick(draft => draft.Delivery),
            InstrumentalOnly = Pick(draft => draft.InstrumentalOnly),
            Story = Pick(draft => draft.Story),
            Prompt = Pick(draft => draft.Prompt),
            Title = Pick(draft => draft.Title),
            Description = Pick(draft => draft.Description),
            Plan = isPlanMine ? mine.Plan : theirs.Plan,
            PlanText = isPlanMine ? mine.PlanText : theirs.PlanText,
            SectionIds = isPlanMine ? mine.SectionIds : theirs.SectionIds,
            Song = Pick(draft => draft.Song),
            Options = Pick(draft => draft.Options),
            RenderId = Pick(draft => draft.RenderId),
        };

        T Pick<T>(Func<Draft, T> field) => EqualityComparer<T>.Default.Equals(field(mine), field(before)) ? field(theirs) : field(mine);
    }

    /// <summary>True when two drafts do not differ in anything that can be undone.</summary>
    public static bool IsSameStep(Draft one, Draft other) =>
        ReferenceEquals(one.Plan, other.Plan) && one.PlanText == other.PlanText && BesidePlan.Of(one) == BesidePlan.Of(other);
}
