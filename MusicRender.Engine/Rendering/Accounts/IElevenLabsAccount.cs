using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering.Accounts;

/// <summary>Where the key in use comes from.</summary>
public enum KeySource
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The configuration or the environment. It cannot be changed or removed here.</summary>
    Configuration,

    /// <summary>Somebody entered it in the studio; it is kept encrypted.</summary>
    Entered,
}

/// <summary>The ElevenLabs account: its key, its balance, its custom style models. Nothing here ever gives the key away.</summary>
public interface IElevenLabsAccount
{
    /// <summary>Where the key in use comes from.</summary>
    KeySource Source { get; }

    /// <summary>What was last heard of the balance, or null before the first answer. Reading it asks nobody and never waits.</summary>
    AccountBalance? Balance { get; }

    /// <summary>What a person should know of the key, or null: for example that the one entered earlier can no longer be read.</summary>
    string? Notice => null;

    /// <summary>Raised when the source of the key or the balance changed; on any thread.</summary>
    event Action? Changed;

    /// <summary>Asks for the subscription with this key; when the upstream takes it, keeps it encrypted and uses it from now on.</summary>
    /// <returns>Null, or why the key was not taken; then everything is as before.</returns>
    Task<RenderFailure?> EnterKeyAsync(string key, CancellationToken ct);

    /// <summary>Forgets a key that was entered. A configured one is used again, if there is one.</summary>
    /// <returns>Null, or why it could not be forgotten; then everything is as before.</returns>
    Task<RenderFailure?> RemoveKeyAsync(CancellationToken ct);

    /// <summary>Asks for the subscription now and keeps what it says in <see cref="Balance"/>.</summary>
    /// <returns>Null, or why the balance is not known.</returns>
    Task<RenderFailure?> RefreshAsync(CancellationToken ct);

    /// <summary>The custom style models of the account: from memory when they were asked for in the last five minutes.</summary>
    Task<FinetuneAnswer> FinetunesAsync(FinetuneQuery query, CancellationToken ct);
}

/// <summary>What the subscription says.</summary>
/// <param name="Tier">The plan's name, as the upstream has it: "creator".</param>
/// <param name="Status">"active", "past_due", ….</param>
/// <param name="UsedCredits">Used in this period.</param>
/// <param name="CreditLimit">To be used in this period.</param>
/// <param name="ResetsAt">When the count begins anew, UTC, or null.</param>
/// <param name="AskedAt">When the upstream said so, UTC.</param>
public sealed record AccountBalance(string Tier, string Status, long UsedCredits, long CreditLimit, DateTimeOffset? ResetsAt, DateTimeOffset AskedAt)
{
    /// <summary>What is left; never below 0.</summary>
    public long RemainingCredits => Math.Max(0, CreditLimit - UsedCredits);
}

/// <summary>Which custom style models to list; null leaves a filter out.</summary>
/// <param name="ModelId">The music model they were trained on.</param>
/// <param name="Visibility">"private", "workspace", "public".</param>
/// <param name="CreatedBy">"self", "workspace", "elevenlabs".</param>
/// <param name="Page">1, 2, ….</param>
/// <param name="PageSize">1–100.</param>
/// <param name="Refresh">Asks the upstream even when the list is fresh.</param>
public sealed record FinetuneQuery(string? ModelId = null, string? Visibility = null, string? CreatedBy = null, int Page = 1, int PageSize = 50, bool Refresh = false);

/// <summary>One custom style model.</summary>
/// <param name="Id">For <c>finetune_id</c>.</param>
/// <param name="Name">As its maker called it.</param>
/// <param name="ModelId">The music model it goes with.</param>
/// <param name="PrimaryGenre">Or null.</param>
/// <param name="Tags">As its maker set them.</param>
/// <param name="Visibility">"private", "workspace", "public".</param>
/// <param name="CreatedBy">"self", "workspace", "elevenlabs".</param>
/// <param name="Status">"completed" when it can be used.</param>
/// <param name="CreatedAt">UTC, or null when the upstream did not say.</param>
public sealed record Finetune(
    string Id, string Name, string ModelId, string? PrimaryGenre, IReadOnlyList<string> Tags, string Visibility, string CreatedBy, string Status, DateTimeOffset? CreatedAt);

/// <summary>One page of custom style models, or why there is none.</summary>
/// <param name="Finetunes">The page.</param>
/// <param name="Total">How many match in all.</param>
/// <param name="AskedAt">When the upstream said so, UTC.</param>
/// <param name="Failure">Why they are not known, or null.</param>
public sealed record FinetuneAnswer(IReadOnlyList<Finetune> Finetunes, int Total, DateTimeOffset AskedAt, RenderFailure? Failure);
