using System.Security.Authentication;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Whether a request may be sent again by itself.</summary>
internal enum Again
{
    /// <summary>It may not: the refusal is for good, or nobody knows what it cost.</summary>
    Never,

    /// <summary>Nothing was charged: after a while.</summary>
    Later,

    /// <summary>Nothing was charged: when the account has a free slot.</summary>
    WhenSlotIsFree,
}

/// <summary>Knows which refusals cost nothing.</summary>
internal static class RetryRules
{
    /// <summary>Of a refusal. A gateway that only waited too long (504, 524) does not know what became of the request.</summary>
    public static Again Of(UpstreamError error) => (error.Code, error.HttpStatus) switch
    {
        (UpstreamCodes.ConcurrentLimitExceeded or UpstreamCodes.TooManyConcurrentRequests, _) => Again.WhenSlotIsFree,
        (UpstreamCodes.RateLimitExceeded or UpstreamCodes.SystemBusy, _) => Again.Later,
        (UpstreamCodes.QuotaExceeded or UpstreamCodes.InsufficientCredits or UpstreamCodes.BadPrompt or UpstreamCodes.BadCompositionPlan, _) => Again.Never,
        _ when IsOfGateway(error) => Again.Never,
        (_, 429 or >= 500) => Again.Later,
        _ => Again.Never,
    };

    /// <summary>True when an answer does not tell whether the request was served.</summary>
    public static bool IsUncertain(UpstreamError error) => Of(error) == Again.Never && IsOfGateway(error);

    /// <summary>True when the connection could not be made, so that nothing was sent.</summary>
    public static bool IsUnsent(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } => true,
        // How SocketsHttpHandler says that its ConnectTimeout is over; the client itself has no timeout.
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };

    /// <summary>True when trying again would meet the same: a certificate that nobody trusts.</summary>
    public static bool IsHopeless(Exception exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: AuthenticationException };

    /// <summary>True when it is the streaming call that is refused, for the account or the format, and the other call may be taken.</summary>
    public static bool IsOfStreaming(UpstreamError error) =>
        error.HttpStatus is 405 or 406 or 415
        || (error.HttpStatus == 404 && !IsOfFinetune(error))
        || (error.HttpStatus == 403 && error.Code is UpstreamCodes.FeatureNotAvailable or UpstreamCodes.SubscriptionRequired)
        || (error.HttpStatus is 400 or 403 or 422 && IsOfFormat(error));

    /// <summary>True when it is the custom style model that is refused: there is none of that id, or it is not this account's.</summary>
    public static bool IsOfFinetune(UpstreamError error) => error.HttpStatus is 400 or 403 or 404 or 422
        && (error.Code.Contains("finetune", StringComparison.OrdinalIgnoreCase) || (error.HttpStatus == 404 && error.Message.Contains("finetune", StringComparison.OrdinalIgnoreCase)));

    /// <summary>How long the upstream asks to wait, or null.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>
    /// True when a gateway on the way says that it lost the upstream after it had passed the request on (502, 504; of
    /// Cloudflare's 520, 522, 524), not the upstream itself, whose errors have a code. A gateway that never reached it (521,
    /// 523, 525, 526) is certain of that.
    /// </summary>
    private static bool IsOfGateway(UpstreamError error) => error.HttpStatus is 504 or 524 || (error.HttpStatus is 502 or 520 or 522 && error.Code.Length == 0);

    private static bool IsOfFormat(UpstreamError error) =>
        error.Code.Contains("output_format", StringComparison.Ordinal)
        || error.Message.Contains("output_format", StringComparison.OrdinalIgnoreCase)
        || error.Problems.Any(problem => problem.Path == "output_format");
}
