namespace ElevenLabs.Simulator.Accounts;

/// <summary>What can be set of an account; null stays as it is.</summary>
public sealed record AccountSettings
{
    /// <summary>Credits used.</summary>
    public int? CharacterCount { get; init; }

    /// <summary>Credits in all.</summary>
    public int? CharacterLimit { get; init; }

    /// <summary>Compositions at once.</summary>
    public int? Concurrency { get; init; }
}
