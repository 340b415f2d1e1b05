using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>The options of a render that stand in a plan's JSON.</summary>
/// <param name="Seed">The seed wanted, or null.</param>
/// <param name="Generator">The generator wanted, or null.</param>
/// <param name="ModelId">The music model wanted, or null.</param>
/// <param name="FinetuneId">The custom style model wanted, or null.</param>
/// <param name="FinetuneStrength">Its strength, above 0 to 2, or null.</param>
public readonly record struct PlanOptions(int? Seed, string? Generator, string? ModelId = null, string? FinetuneId = null, double? FinetuneStrength = null)
{
    /// <summary>What a draft is set to.</summary>
    public static PlanOptions Of(Draft draft) => new(draft.Seed, draft.Generator, draft.ModelId, draft.FinetuneId, draft.FinetuneStrength);

    /// <summary>What a plan's JSON says.</summary>
    public static PlanOptions Of(PlanReading reading) =>
        new(reading.Options.Seed, reading.Options.Generator, reading.Options.ModelId, reading.Options.FinetuneId, reading.Options.FinetuneStrength);
}

/// <summary>The plan as it stands after an edit: what undo goes back to.</summary>
/// <param name="Plan">The plan; the last valid one while <paramref name="Text"/> is not a plan.</param>
/// <param name="Text">The JSON exactly as somebody typed it, or null when the plan was edited on the timeline since.</param>
/// <param name="TextProblems">Why <paramref name="Text"/> is not a plan; empty when it is, or when there is no text.</param>
/// <param name="Selected">The section being looked at.</param>
/// <param name="TextOptions">What <paramref name="Text"/> says of the options; it speaks when the text is a plan.</param>
public sealed record PlanSnapshot(
    CompositionPlan? Plan, string? Text, IReadOnlyList<PlanProblem> TextProblems, int Selected, PlanOptions TextOptions = default)
{
    /// <summary>Nothing planned yet.</summary>
    public static readonly PlanSnapshot Empty = new(null, null, [], 0);
}
