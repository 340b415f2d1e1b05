namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>The codes that the ElevenLabs API is known to refuse with.</summary>
internal static class UpstreamCodes
{
    public const string BadPrompt = "bad_prompt";
    public const string BadCompositionPlan = "bad_composition_plan";
    public const string InvalidApiKey = "invalid_api_key";
    public const string MissingApiKey = "missing_api_key";
    public const string MissingPermissions = "missing_permissions";
    public const string QuotaExceeded = "quota_exceeded";
    public const string InsufficientCredits = "insufficient_credits";
    public const string SubscriptionRequired = "subscription_required";
    public const string FeatureNotAvailable = "feature_not_available";
    public const string ConcurrentLimitExceeded = "concurrent_limit_exceeded";
    public const string TooManyConcurrentRequests = "too_many_concurrent_requests";
    public const string RateLimitExceeded = "rate_limit_exceeded";
    public const string SystemBusy = "system_busy";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        BadPrompt, BadCompositionPlan, InvalidApiKey, MissingApiKey, MissingPermissions, QuotaExceeded, InsufficientCredits, SubscriptionRequired,
        FeatureNotAvailable, ConcurrentLimitExceeded, TooManyConcurrentRequests, RateLimitExceeded, SystemBusy,
    };

    /// <summary>Of the names that an error gives itself, foremost first: the first that is known, else the first that is there, else nothing.</summary>
    public static string Choose(params ReadOnlySpan<string?> names)
    {
        var first = "";
        foreach (var name in names)
        {
            if (name is { Length: > 0 } && Known.Contains(name))
            {
                return name;
            }

            first = first.Length == 0 ? name ?? "" : first;
        }

        return first;
    }
}
