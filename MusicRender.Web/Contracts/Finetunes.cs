namespace MusicRender.Web.Contracts;

/// <summary>A custom style model of the account.</summary>
public sealed record FinetuneBody
{
    /// <summary>For <c>finetune_id</c>.</summary>
    public required string Id { get; init; }

    /// <summary>As its maker called it.</summary>
    public required string Name { get; init; }

    /// <summary>The music model it goes with.</summary>
    public required string ModelId { get; init; }

    /// <summary>Or null.</summary>
    public required string? PrimaryGenre { get; init; }

    /// <summary>As its maker set them.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>"private", "workspace", "public".</summary>
    public required string Visibility { get; init; }

    /// <summary>"self", "workspace", "elevenlabs".</summary>
    public required string CreatedBy { get; init; }

    /// <summary>"completed" when it can be used.</summary>
    public required string Status { get; init; }

    /// <summary>UTC, or null when the upstream did not say.</summary>
    public required DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>A page of custom style models: <c>GET /finetunes</c>.</summary>
/// <param name="Finetunes">The page.</param>
/// <param name="Total">How many match in all.</param>
/// <param name="Page">1, 2, ….</param>
/// <param name="PageSize">Models a page.</param>
/// <param name="AskedAt">When the upstream said so, UTC.</param>
public sealed record FinetunePageBody(IReadOnlyList<FinetuneBody> Finetunes, int Total, int Page, int PageSize, DateTimeOffset AskedAt);
