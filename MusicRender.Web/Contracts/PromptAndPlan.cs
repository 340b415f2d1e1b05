using System.Text.Json.Serialization;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Contracts;

/// <summary>Request of <c>POST /prompt</c>.</summary>
public sealed record PromptBody
{
    /// <summary>A project blueprint's identifier.</summary>
    public string? ProjectBlueprint { get; init; }

    /// <summary>A sound profile's identifier.</summary>
    public string? SoundProfile { get; init; }

    /// <summary>A delivery's identifier.</summary>
    public string? DeliveryAndControl { get; init; }

    /// <summary>No singing; default false.</summary>
    public bool? InstrumentalOnly { get; init; }

    /// <summary>The story; may be null or empty.</summary>
    public string? UserNarrative { get; init; }
}

/// <summary>Answer of <c>POST /prompt</c>.</summary>
public sealed record PromptAnswer
{
    /// <summary>The prompt.</summary>
    public required string Prompt { get; init; }

    /// <summary>A title.</summary>
    public required string Title { get; init; }

    /// <summary>A sentence or two.</summary>
    public required string Description { get; init; }

    /// <summary>The request's id.</summary>
    public required string RequestId { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The request, with title and description.</summary>
    public required PromptInput InputParameters { get; init; }
}

/// <summary>The request as it was understood, with what was written.</summary>
public sealed record PromptInput
{
    /// <summary>As asked.</summary>
    public required string ProjectBlueprint { get; init; }

    /// <summary>As asked.</summary>
    public required string SoundProfile { get; init; }

    /// <summary>As asked.</summary>
    public required string DeliveryAndControl { get; init; }

    /// <summary>As asked.</summary>
    public required bool InstrumentalOnly { get; init; }

    /// <summary>As asked.</summary>
    public required string? UserNarrative { get; init; }

    /// <summary>As written.</summary>
    public required string Title { get; init; }

    /// <summary>As written.</summary>
    public required string Description { get; init; }
}

/// <summary>Request of <c>POST /plan</c>.</summary>
public sealed record PlanBody
{
    /// <summary>The prompt.</summary>
    public string? Prompt { get; init; }

    /// <summary>Length, ms; taken from the prompt's words when absent.</summary>
    public int? MusicLengthMs { get; init; }

    /// <summary>The model that the plan is for; the configured one when absent. Our own writer has none.</summary>
    public string? ModelId { get; init; }
}

/// <summary>Answer of <c>POST /plan</c>.</summary>
public sealed record PlanAnswer
{
    /// <summary>The plan, as sections.</summary>
    public required Composition CompositionPlan { get; init; }

    /// <summary>What is known of the song.</summary>
    public required SongMetadataBody SongMetadata { get; init; }

    /// <summary>Null: nothing is sung yet.</summary>
    public IReadOnlyList<WordTiming>? WordsTimestamps { get; init; }

    /// <summary>Who wrote the plan: "musicrender", "elevenlabs".</summary>
    public required string WrittenBy { get; init; }

    /// <summary>What a person should know, for example that another writer stood in and why; absent when there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Notice { get; init; }
}
