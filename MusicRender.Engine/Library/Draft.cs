using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Library;

/// <summary>A composition on its way through the wizard.</summary>
public sealed record Draft
{
    /// <summary>In the page's address: 12 characters of a–z and 2–7.</summary>
    public required string Id { get; init; }

    /// <summary>Counts the saves. The later save wins, whatever version it is based on.</summary>
    public long Version { get; init; }

    /// <summary>The quick start that it began with, or null; its three choices may have changed since.</summary>
    public string? QuickStart { get; init; }

    /// <summary>The project blueprint's id, or null before the choice.</summary>
    public string? Blueprint { get; init; }

    /// <summary>The sound profile's id, or null.</summary>
    public string? Sound { get; init; }

    /// <summary>The delivery's id, or null.</summary>
    public string? Delivery { get; init; }

    /// <summary>No singing.</summary>
    public bool InstrumentalOnly { get; init; }

    /// <summary>What the person told.</summary>
    public string Story { get; init; } = "";

    /// <summary>The prompt, written or edited.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>The title.</summary>
    public string Title { get; init; } = "";

    /// <summary>One or two sentences.</summary>
    public string Description { get; init; } = "";

    /// <summary>The plan, once there is one.</summary>
    public CompositionPlan? Plan { get; init; }

    /// <summary>Text of the JSON tab that is not a plan yet, so that nothing typed is lost; else null.</summary>
    public string? PlanText { get; init; }

    /// <summary>What the plan writer knows of the song.</summary>
    public SongMetadata? Song { get; init; }

    /// <summary>The seed wanted, or null for a new one each time.</summary>
    public int? Seed { get; init; }

    /// <summary>The generator wanted, or null for the configured one.</summary>
    public string? Generator { get; init; }

    /// <summary>The custom style model wanted, or null.</summary>
    public string? FinetuneId { get; init; }

    /// <summary>The music model that the custom style model goes with, or null for the configured one.</summary>
    public string? ModelId { get; init; }

    /// <summary>How strongly the custom style model counts, above 0 to 2; null for the upstream's own default.</summary>
    public double? FinetuneStrength { get; init; }

    /// <summary>The newest render of this draft, or null.</summary>
    public string? RenderId { get; init; }

    /// <summary>When it was saved last, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>The drafts of the wizard.</summary>
public interface IDrafts
{
    /// <summary>Starts a draft with these contents (its id and version are given here) and saves it.</summary>
    Task<Draft> CreateAsync(Draft contents, CancellationToken ct);

    /// <summary>A draft, or null.</summary>
    Task<Draft?> FindAsync(string id, CancellationToken ct);

    /// <summary>Saves whatever version came before: the later edit wins. Returns the draft with its new version and time; an unknown id is entered.</summary>
    Task<Draft> SaveAsync(Draft draft, CancellationToken ct);

    /// <summary>The drafts touched last, newest first.</summary>
    Task<IReadOnlyList<Draft>> RecentAsync(int count, CancellationToken ct);

    /// <summary>Removes a draft.</summary>
    Task DeleteAsync(string id, CancellationToken ct);
}
