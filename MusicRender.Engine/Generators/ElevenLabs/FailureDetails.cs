using System.Text.Json;
using System.Text.Json.Nodes;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Why it failed: <c>details.reason</c>, for programs.</summary>
internal static class FailureReasons
{
    public const string NoKey = "no_key";
    public const string InvalidKey = "invalid_key";
    public const string InsufficientCredits = "insufficient_credits";
    public const string SubscriptionRequired = "subscription_required";
    public const string BadPrompt = "bad_prompt";
    public const string BadCompositionPlan = "bad_composition_plan";
    public const string BadRequest = "bad_request";
    public const string RateLimited = "rate_limited";
    public const string Busy = "busy";
    public const string ConcurrentLimit = "concurrent_limit";
    public const string Unavailable = "unavailable";
    public const string Unreachable = "unreachable";
    public const string Refused = "refused";

    /// <summary>The answer broke off, or nobody knows what became of the request: it may have been charged.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>The upstream took the request, and said in the middle of its answer that it failed: it may have been charged.</summary>
    public const string UpstreamFailed = "upstream_failed";

    /// <summary>The answer came and makes no sense: it may have been charged.</summary>
    public const string BadAnswer = "bad_answer";
}

/// <summary>What a person can do about it: <c>details.action</c>, offered as a button.</summary>
internal static class FailureActions
{
    public const string Settings = "settings";
    public const string RenderWithSketch = "render_with_sketch";
    public const string UseSuggestion = "use_suggestion";
    public const string EditPlan = "edit_plan";
    public const string Retry = "retry";

    /// <summary>Once more, knowing that it may be charged again.</summary>
    public const string RenderAgain = "render_again";

    /// <summary>The stems once more, knowing that it may be charged again.</summary>
    public const string MakeStemsAgain = "make_stems_again";
}

/// <summary>Makes the details of a failure: <c>reason</c>, <c>action</c>, <c>upstream</c>, <c>suggestion</c>, <c>errors</c>, <c>may_be_billed</c>.</summary>
internal static class FailureDetails
{
    /// <summary>Makes them.</summary>
    /// <param name="reason">One of <see cref="FailureReasons"/>.</param>
    /// <param name="action">One of <see cref="FailureActions"/>.</param>
    /// <param name="error">What the upstream said, or null when it said nothing.</param>
    /// <param name="suggestion">What it would take instead: <c>{prompt}</c> or <c>{composition_plan}</c>; or null.</param>
    /// <param name="problems">What is wrong where, or null.</param>
    /// <param name="mayBeBilled">True when nobody knows what it cost.</param>
    public static JsonElement Of(string reason, string action, UpstreamError? error = null, JsonElement? suggestion = null, IReadOnlyList<PlanProblem>? problems = null, bool mayBeBilled = false)
    {
        var details = new JsonObject { ["reason"] = reason, ["action"] = action };
        if (problems is { Count: > 0 })
        {
            details["errors"] = new JsonArray([.. problems.Select(problem => new JsonObject { ["path"] = problem.Path, ["message"] = problem.Message })]);
        }

        if (suggestion is { } known)
        {
            details["suggestion"] = JsonObject.Create(known);
        }

        if (mayBeBilled)
        {
            details["may_be_billed"] = true;
        }

        if (error is not null)
        {
            details["upstream"] = new JsonObject
            {
                // In the middle of an answer the status says nothing of the error.
                ["status"] = error.HttpStatus < 400 ? null : error.HttpStatus,
                ["code"] = error.Code,
                ["message"] = error.Message,
                ["request_id"] = error.RequestId,
            };
        }

        return JsonSerializer.SerializeToElement(details);
    }
}
