using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Studio;

/// <summary>What somebody can do about a failure.</summary>
public enum FailureStep
{
    /// <summary>Look at the key or the balance.</summary>
    OpenSettings,

    /// <summary>Render the same plan on this machine.</summary>
    RenderWithSketch,

    /// <summary>Render the same plan with the same generator.</summary>
    RenderAgain,

    /// <summary>Go back to the plan.</summary>
    EditPlan,
}

/// <summary>One thing that is wrong with a plan, as a person reads it.</summary>
/// <param name="Text">"Tower: the length must be 3 to 120 s, but is 2 s."</param>
/// <param name="Section">The section's index, or null when it is about the whole plan.</param>
public sealed record FailureProblem(string Text, int? Section);

/// <summary>A failed or cancelled render as help: what happened, what is left of it, and the next steps, the likeliest first.</summary>
public sealed record FailureView
{
    private static readonly string[] BillingWords = ["billed", "charged"];

    /// <summary>What happened, in words.</summary>
    public required string Message { get; init; }

    /// <summary>The next steps, the likeliest first.</summary>
    public required IReadOnlyList<FailureStep> Steps { get; init; }

    /// <summary>The plan that the upstream suggests instead, or null.</summary>
    public CompositionPlan? SuggestedPlan { get; init; }

    /// <summary>The prompt that the upstream suggests instead, or null.</summary>
    public string? SuggestedPrompt { get; init; }

    /// <summary>What is wrong with the plan, section by section; empty when that was not it.</summary>
    public IReadOnlyList<FailureProblem> Problems { get; init; } = [];

    /// <summary>What arrived and nobody has kept yet, or null.</summary>
    public PartialTake? Take { get; init; }

    /// <summary>True when the upstream may bill what it had begun.</summary>
    public bool MayBeBilled { get; init; }

    /// <summary>True when <see cref="Message"/> says so itself.</summary>
    public bool TellsOfBilling { get; init; }

    /// <summary>The upstream's own words, where they say more than <see cref="Message"/>; else null.</summary>
    public string? UpstreamWords { get; init; }

    /// <summary>The upstream's id of the request, to be quoted to its support, where <see cref="Message"/> does not have it; else null.</summary>
    public string? RequestId { get; init; }

    /// <summary>Reads a failure. Details that are missing or of another shape are left out.</summary>
    /// <param name="failure">Why the render ended.</param>
    /// <param name="take">What arrived and is still there.</param>
    /// <param name="plan">The present plan, whose sections problems are named by.</param>
    /// <param name="isLocal">True when the generator ran on this machine.</param>
    public static FailureView Of(RenderFailure failure, PartialTake? take, CompositionPlan? plan, bool isLocal)
    {
        var details = new FailureDetails(failure);
        var (suggestedPlan, suggestedPrompt) = details.Suggestion;
        return new FailureView
        {
            Message = Without(failure.Message, details.Problems),
            Steps = StepsOf(details, take, isLocal),
            SuggestedPlan = suggestedPlan,
            SuggestedPrompt = suggestedPrompt,
            Problems = [.. details.Problems.Select(problem => Problem(problem, plan))],
            Take = take,
            MayBeBilled = details.MayBeBilled,
            TellsOfBilling = BillingWords.Any(word => failure.Message.Contains(word, StringComparison.OrdinalIgnoreCase)),
            UpstreamWords = details.UpstreamMessage is { } words && !failure.Message.Contains(words, StringComparison.Ordinal) ? words : null,
            RequestId = details.RequestId is { } id && !failure.Message.Contains(id, StringComparison.Ordinal) ? id : null,
        };
    }

    private static IReadOnlyList<FailureStep> StepsOf(FailureDetails details, PartialTake? take, bool isLocal)
    {
        if (isLocal)
        {
            return details.Remedy is FailureRemedy.Plan ? [FailureStep.EditPlan] : [FailureStep.RenderAgain, FailureStep.EditPlan];
        }

        return details.Remedy switch
        {
            FailureRemedy.Settings => [FailureStep.OpenSettings, FailureStep.RenderWithSketch, FailureStep.RenderAgain, FailureStep.EditPlan],
            FailureRemedy.Sketch when details.IsOfAccount => [FailureStep.RenderWithSketch, FailureStep.OpenSettings, FailureStep.RenderAgain, FailureStep.EditPlan],
            FailureRemedy.Sketch => [FailureStep.RenderWithSketch, FailureStep.RenderAgain, FailureStep.EditPlan],
            FailureRemedy.Plan => [FailureStep.EditPlan, FailureStep.RenderWithSketch],
            _ when take is not null => [FailureStep.RenderAgain, FailureStep.EditPlan],
            _ => [FailureStep.RenderAgain, FailureStep.RenderWithSketch, FailureStep.EditPlan],
        };
    }

    /// <summary>A message without the problems that are listed beside it in words that people read.</summary>
    private static string Without(string message, IReadOnlyList<PlanProblem> problems)
    {
        foreach (var problem in problems)
        {
            message = message.Replace(problem.ToString(), "", StringComparison.Ordinal);
        }

        return problems.Count > 0 && string.IsNullOrWhiteSpace(message) ? RenderTexts.NotAccepted : message.Trim();
    }

    private static FailureProblem Problem(PlanProblem problem, CompositionPlan? plan)
    {
        var own = FailureDetails.InSections(problem);
        return new FailureProblem(ProblemWording.OfPlan(own, plan), FailureDetails.SectionOf(own.Path));
    }
}
