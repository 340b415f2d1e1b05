using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Makes failures of refusals: a message that a person understands, and what can be done about it.</summary>
internal static class UpstreamFailures
{
    /// <summary>The failure that a refusal is.</summary>
    /// <param name="error">The refusal.</param>
    /// <param name="asked">What was to be made, when it was music: its paths are named, and suggestions come in its shape.</param>
    public static RenderFailure Of(UpstreamError error, Composition? asked = null)
    {
        switch (error.Code)
        {
            case UpstreamCodes.BadPrompt:
                return Suggesting(error, FailureReasons.BadPrompt, "prompt", asked);
            case UpstreamCodes.BadCompositionPlan:
                return Suggesting(error, FailureReasons.BadCompositionPlan, "plan", asked);
            case UpstreamCodes.QuotaExceeded or UpstreamCodes.InsufficientCredits:
                return NoCredits(error);
            case UpstreamCodes.InvalidApiKey:
                return Server(error, FailureReasons.InvalidKey, FailureActions.Settings, "ElevenLabs does not know this API key. Enter a key that is valid in the settings, or render with Sketch.");
            case UpstreamCodes.MissingApiKey:
                return Server(error, FailureReasons.InvalidKey, FailureActions.Settings, "ElevenLabs needs an API key. Enter one in the settings, or render with Sketch.");
            case UpstreamCodes.MissingPermissions:
                return Server(error, FailureReasons.InvalidKey, FailureActions.Settings, $"The ElevenLabs API key does not have the permission for this. Give it the permission at ElevenLabs, or enter another key in the settings.{Words(error)}");
            case UpstreamCodes.SubscriptionRequired or UpstreamCodes.FeatureNotAvailable:
                return NoSubscription(error);
            case UpstreamCodes.ConcurrentLimitExceeded or UpstreamCodes.TooManyConcurrentRequests:
                return Server(error, FailureReasons.ConcurrentLimit, FailureActions.Retry, "ElevenLabs renders as many pieces for this account as it may at once. Nothing was charged. Try again when one of them is done.");
            case UpstreamCodes.RateLimitExceeded:
                return RateLimited(error);
            case UpstreamCodes.SystemBusy:
                return Server(error, FailureReasons.Busy, FailureActions.Retry, "ElevenLabs is too busy at the moment. Nothing was charged. Try again in a few minutes, or render with Sketch.");
            default:
                return OfStatus(error, asked);
        }
    }

    private static RenderFailure OfStatus(UpstreamError error, Composition? asked) => error.HttpStatus switch
    {
        _ when error.Problems.Count > 0 => Invalid(error, asked),
        _ when RetryRules.IsOfFinetune(error) => NoFinetune(error),
        401 => Server(error, FailureReasons.InvalidKey, FailureActions.Settings, $"ElevenLabs does not accept this API key. Enter another one in the settings, or render with Sketch.{Words(error)}"),
        402 => NoCredits(error),
        429 => RateLimited(error),
        >= 500 => Server(error, FailureReasons.Unavailable, FailureActions.Retry, $"ElevenLabs has a problem of its own. Try again in a few minutes, or render with Sketch.{Words(error)}"),
        _ => Server(error, FailureReasons.Refused, FailureActions.RenderWithSketch, $"ElevenLabs refused the request (HTTP status {error.HttpStatus}). Change the plan, or render with Sketch.{Words(error)}"),
    };

    private static RenderFailure Suggesting(UpstreamError error, string reason, string what, Composition? asked)
    {
        var suggestion = Suggestions.Read(error.Data, asked);
        var message = suggestion is null
            ? $"ElevenLabs does not make music of this {what}, and it has no other to offer: words in it break its rules. Change the lyrics and styles, or render with Sketch."
            : $"ElevenLabs does not make music of this {what}: it names somebody's name or song, or has words that break its rules. It offers another {what} in its place.";
        return new RenderFailure(FailureCode.ValidationError, message + Words(error))
        {
            Details = FailureDetails.Of(reason, suggestion is null ? FailureActions.EditPlan : FailureActions.UseSuggestion, error, suggestion),
        };
    }

    private static RenderFailure Invalid(UpstreamError error, Composition? asked)
    {
        var problems = PlanPaths.Translate(error.Problems, asked);
        return new RenderFailure(FailureCode.ValidationError, $"ElevenLabs does not accept the request. {string.Join(' ', problems.Select(problem => problem.ToString()))}")
        {
            Details = FailureDetails.Of(FailureReasons.BadRequest, FailureActions.EditPlan, error, problems: problems),
        };
    }

    private static RenderFailure NoFinetune(UpstreamError error)
    {
        var problem = new PlanProblem("finetune_id", "must be a custom style model of the ElevenLabs account that is ready; GET /finetunes lists them");
        return new RenderFailure(FailureCode.ValidationError, $"ElevenLabs does not have this custom style model. {problem}{Words(error)}")
        {
            Details = FailureDetails.Of(FailureReasons.BadRequest, FailureActions.EditPlan, error, problems: [problem]),
        };
    }

    private static RenderFailure NoCredits(UpstreamError error) =>
        Server(error, FailureReasons.InsufficientCredits, FailureActions.RenderWithSketch, "The ElevenLabs account does not have enough credits for this. Nothing was charged. Add credits at ElevenLabs, shorten the plan, or render with Sketch.");

    private static RenderFailure NoSubscription(UpstreamError error) =>
        Server(error, FailureReasons.SubscriptionRequired, FailureActions.RenderWithSketch, $"The ElevenLabs account's subscription does not have this. Change the subscription at ElevenLabs, choose another format or model, or render with Sketch.{Words(error)}");

    private static RenderFailure RateLimited(UpstreamError error) =>
        Server(error, FailureReasons.RateLimited, FailureActions.Retry, "ElevenLabs takes no more requests of this account for now. Nothing was charged. Try again in a few minutes, or render with Sketch.");

    private static RenderFailure Server(UpstreamError error, string reason, string action, string message) =>
        new(FailureCode.ServerError, message) { Details = FailureDetails.Of(reason, action, error) };

    /// <summary>The upstream's own words and the id by which it finds the request.</summary>
    internal static string Words(UpstreamError error) => (error.Message.Length > 0, error.RequestId) switch
    {
        (true, { } id) => $" ElevenLabs says: \"{error.Message}\" (request {id}).",
        (true, null) => $" ElevenLabs says: \"{error.Message}\"",
        (false, { } id) => $" ElevenLabs calls the request {id}.",
        _ => "",
    };
}
