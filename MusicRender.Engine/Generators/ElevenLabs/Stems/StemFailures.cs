using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs.Stems;

/// <summary>Makes failures of what became of the wish for stems: what happened, what it may have cost, and what can be done.</summary>
internal static class StemFailures
{
    private const string Charged = "It may have been charged, and asking again may be charged again.";

    /// <summary>The connection broke, or nothing came any more, after the track was sent.</summary>
    public static RenderFailure Interrupted { get; } = Failure(
        FailureReasons.Interrupted, $"The connection to ElevenLabs broke before the stems were there. What had arrived of them cannot be used. {Charged}");

    /// <summary>The answer makes no sense.</summary>
    /// <param name="what">What came: "something that is no archive".</param>
    public static RenderFailure Bad(string what) => Failure(FailureReasons.BadAnswer, $"ElevenLabs sent {what} in place of the stems. {Charged}");

    /// <summary>The failure of a request to which there is no answer.</summary>
    public static RenderFailure Of(Sent sent) => (sent.Failure?.Reason, sent.Refusal) switch
    {
        (FailureReasons.Interrupted, _) => Interrupted,
        (_, { } refusal) => Of(refusal),
        _ => new RenderFailure(FailureCode.ServerError, "ElevenLabs cannot be reached. Nothing was sent and nothing charged. Look at the network, then make the stems again.")
        {
            Details = FailureDetails.Of(FailureReasons.Unreachable, FailureActions.Retry),
        },
    };

    private static RenderFailure Of(UpstreamError error) => (error.Code, error.HttpStatus) switch
    {
        (UpstreamCodes.QuotaExceeded or UpstreamCodes.InsufficientCredits, _) or (_, 402) =>
            Refused(error, FailureReasons.InsufficientCredits, FailureActions.Settings, "The ElevenLabs account does not have enough credits to take this track apart. Nothing was charged. Add credits at ElevenLabs, then make the stems again."),
        (UpstreamCodes.SubscriptionRequired or UpstreamCodes.FeatureNotAvailable, _) =>
            Refused(error, FailureReasons.SubscriptionRequired, FailureActions.Settings, $"The ElevenLabs account's subscription does not take tracks apart. Nothing was charged. Change the subscription at ElevenLabs, then make the stems again.{UpstreamFailures.Words(error)}"),
        (UpstreamCodes.MissingPermissions, _) =>
            Refused(error, FailureReasons.InvalidKey, FailureActions.Settings, $"The ElevenLabs API key does not have the permission for this. Give it the permission at ElevenLabs, or enter another key in the settings.{UpstreamFailures.Words(error)}"),
        (UpstreamCodes.InvalidApiKey or UpstreamCodes.MissingApiKey, _) or (_, 401) =>
            Refused(error, FailureReasons.InvalidKey, FailureActions.Settings, "ElevenLabs does not accept the API key. Enter a valid one in the settings, then make the stems again."),
        (UpstreamCodes.ConcurrentLimitExceeded or UpstreamCodes.TooManyConcurrentRequests, _) =>
            Refused(error, FailureReasons.ConcurrentLimit, FailureActions.Retry, "ElevenLabs works on as many pieces for this account as it may at once. Nothing was charged. Make the stems again when one of them is done."),
        (UpstreamCodes.RateLimitExceeded or UpstreamCodes.SystemBusy, _) or (_, 429) =>
            Refused(error, FailureReasons.Busy, FailureActions.Retry, "ElevenLabs is too busy at the moment. Nothing was charged. Make the stems again in a few minutes."),
        (_, >= 500) =>
            Refused(error, FailureReasons.Unavailable, FailureActions.Retry, $"ElevenLabs has a problem of its own. Make the stems again in a few minutes.{UpstreamFailures.Words(error)}"),
        _ when error.Problems.Count > 0 =>
            Refused(error, FailureReasons.BadRequest, FailureActions.Retry, $"ElevenLabs does not accept the track. {string.Join(' ', error.Problems.Select(problem => problem.ToString()))}"),
        _ => Refused(error, FailureReasons.Refused, FailureActions.Retry, $"ElevenLabs refused to take the track apart (HTTP status {error.HttpStatus}).{UpstreamFailures.Words(error)}"),
    };

    private static RenderFailure Refused(UpstreamError error, string reason, string action, string message) =>
        new(FailureCode.ServerError, message) { Details = FailureDetails.Of(reason, action, error) };

    private static RenderFailure Failure(string reason, string message) =>
        new(FailureCode.ServerError, message) { Details = FailureDetails.Of(reason, FailureActions.MakeStemsAgain, mayBeBilled: true) };
}
