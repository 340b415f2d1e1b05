using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>What stands beside the plan and is undone together with it.</summary>
/// <param name="Title">The title: that of the plan, when there is one.</param>
/// <param name="Prompt">The prompt.</param>
/// <param name="Description">The description.</param>
/// <param name="Song">What the plan's writer knows of the song.</param>
/// <param name="Options">What a render is asked for; the plan's JSON shows them.</param>
public sealed record BesidePlan(string Title, string Prompt, string Description, SongMetadata? Song, RenderOptions Options)
{
    /// <summary>Nothing typed yet.</summary>
    public static readonly BesidePlan Empty = new("", "", "", null, new RenderOptions());

    /// <summary>What a draft holds.</summary>
    public static BesidePlan Of(Draft draft) => new(draft.Title, draft.Prompt, draft.Description, draft.Song, draft.Options);

    /// <summary>The draft with these contents in it.</summary>
    public Draft In(Draft draft) => draft with { Title = Title, Prompt = Prompt, Description = Description, Song = Song, Options = Options };

    /// <summary>The name of the one text that differs, or null when more does, or something that is not typed.</summary>
    public string? TypedSince(BesidePlan before) =>
        this with { Prompt = before.Prompt } == before ? "prompt"
        : this with { Description = before.Description } == before ? "description"
        : this with { Title = before.Title } == before ? "title"
        : this with { Options = Options with { Seed = before.Options.Seed } } == before ? "seed"
        : null;
}

/// <summary>A composition as it stands after an edit: what undo goes back to.</summary>
/// <param name="Plan">The plan; the last valid one while <paramref name="Text"/> is not a plan.</param>
/// <param name="Text">The JSON exactly as somebody typed it, or null when the plan was edited on the timeline since.</param>
/// <param name="TextProblems">Why <paramref name="Text"/> is not a plan; empty when it is, or when there is no text.</param>
/// <param name="Selected">The section being looked at.</param>
/// <param name="Beside">What stands beside the plan.</param>
/// <param name="TextOptions">What <paramref name="Text"/> says of the options; it is shown as long as they are so.</param>
public sealed record PlanSnapshot(
    CompositionPlan? Plan, string? Text, IReadOnlyList<PlanProblem> TextProblems, int Selected, BesidePlan Beside, RenderOptions TextOptions)
{
    /// <summary>Which section is which: an id for each.</summary>
    public IReadOnlyList<string> SectionIds { get; init; } = [];

    /// <summary>The same, with the plan's title as the title.</summary>
    public PlanSnapshot Titled => Plan is null || (Plan.Title ?? "") == Beside.Title ? this : this with { Beside = Beside with { Title = Plan.Title ?? "" } };

    /// <summary>About how many characters it takes to keep.</summary>
    public int Weight => 500 + (Text?.Length ?? 0) + Beside.Prompt.Length + Beside.Description.Length + (Plan?.Sections.Sum(WeightOf) ?? 0);

    /// <summary>True while <see cref="Text"/> is not a plan.</summary>
    public bool IsUnreadable => TextProblems.Count > 0;

    /// <summary>A plan that has nothing to do with any before, or none, with nothing typed as JSON.</summary>
    public static PlanSnapshot Of(CompositionPlan? plan, BesidePlan beside, int selected = 0) =>
        new(plan, null, [], selected, beside, beside.Options) { SectionIds = Studio.SectionIds.New(plan) };

    /// <summary>What a draft, or a step of it, holds.</summary>
    public static PlanSnapshot Of(Draft draft)
    {
        var shown = new PlanSnapshot(draft.Plan, null, [], 0, BesidePlan.Of(draft), draft.Options);
        if (draft.PlanText is { } text)
        {
            var (plan, problems, reading) = PlanText.Read(text);
            shown = shown with { Plan = plan ?? draft.Plan, Text = text, TextProblems = problems, TextOptions = reading.Options };
        }

        var isKnown = draft.SectionIds.Count == (shown.Plan?.Sections.Count ?? 0);
        return (shown with { SectionIds = isKnown ? draft.SectionIds : Studio.SectionIds.Of(shown.Plan, draft.Step) }).Titled;
    }

    /// <summary>The plan after an edit of it, with nothing typed as JSON.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="selected">The section being looked at; null for the same as before.</param>
    public PlanSnapshot Edited(CompositionPlan plan, int? selected = null) =>
        new(plan, null, [], selected ?? Selected, Beside, Beside.Options) { SectionIds = Studio.SectionIds.Follow(Plan, SectionIds, plan) };

    /// <summary>Where a section is; -1 when it is gone.</summary>
    public int IndexOf(string? sectionId) => sectionId is null ? -1 : SectionIds.ToList().IndexOf(sectionId);

    private static int WeightOf(PlanSection section) =>
        200 + section.SectionName.Length + section.Lines.Concat(section.PositiveLocalStyles).Concat(section.NegativeLocalStyles).Sum(text => text.Length + 3) + section.Extra.Sum(extra => extra.Key.Length + extra.Value.GetRawText().Length);

    /// <summary>The draft with these contents in it.</summary>
    public Draft In(Draft draft) => Beside.In(draft) with { Plan = Plan, PlanText = Text, SectionIds = SectionIds };
}
