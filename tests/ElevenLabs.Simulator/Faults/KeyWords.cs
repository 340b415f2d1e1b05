namespace ElevenLabs.Simulator.Faults;

/// <summary>Faults that are chosen by words in the key, for use by hand: "sim-no-credits".</summary>
internal static class KeyWords
{
    /// <summary>Word → what every call of such a key meets.</summary>
    public static readonly IReadOnlyDictionary<string, Fault> Faults = new Dictionary<string, Fault>
    {
        ["bad-key"] = new() { Kind = FaultKind.InvalidApiKey, Times = 0 },
        ["no-credits"] = Composing(FaultKind.InsufficientCredits),
        ["quota"] = Composing(FaultKind.QuotaExceeded),
        ["free-tier"] = Composing(FaultKind.SubscriptionRequired),
        ["no-stream"] = new() { Kind = FaultKind.FeatureNotAvailable, Endpoint = Contract.Endpoints.Stream, Times = 0 },
        ["harmful"] = Composing(FaultKind.BadCompositionPlan) with { Suggestion = SuggestionForm.None },
        ["busy"] = Composing(FaultKind.SystemBusy) with { Times = 2 },
        ["rate-limit"] = Composing(FaultKind.RateLimitExceeded) with { Times = 2, RetryAfter = 2 },
        ["down"] = new() { Kind = FaultKind.ServiceUnavailable, Times = 0 },
        ["breaks"] = Composing(FaultKind.Reset) with { At = 300_000 },
        ["stalls"] = Composing(FaultKind.Stall) with { At = 300_000 },
        ["wrapped"] = Composing(FaultKind.None) with { Events = EventForm.Wrapped },
        ["slow"] = Composing(FaultKind.None) with { Pace = 1 },
    };

    /// <summary>The faults of a key. A word stands between hyphens: "sim-download" is no "down".</summary>
    public static IEnumerable<Fault> Of(string key) => Faults.Where(word => $"{key}-".Contains($"-{word.Key}-", StringComparison.Ordinal)).Select(word => word.Value);

    /// <summary>Composing goes over the stream where the account has it, so that is where it happens.</summary>
    private static Fault Composing(FaultKind kind) => new() { Kind = kind, Endpoint = Contract.Endpoints.Stream, Times = 0 };
}
