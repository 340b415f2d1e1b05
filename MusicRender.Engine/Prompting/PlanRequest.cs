using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Prompting;

/// <summary>A prompt to be made into a composition plan.</summary>
public sealed record PlanRequest
{
    /// <summary>The prompt; 1 to <see cref="PlanLimits.MaxPrompt"/> characters, written by a person or by an <see cref="IPromptWriter"/>.</summary>
    public required string Prompt { get; init; }

    /// <summary>The length wanted, ms (<see cref="PlanLimits.MinTotalMs"/> to <see cref="PlanLimits.MaxTotalMs"/>); null takes it from the prompt's words, else 30 000.</summary>
    public int? MusicLengthMs { get; init; }

    /// <summary>True for no singing, whatever the prompt says.</summary>
    public bool ForceInstrumental { get; init; }

    /// <summary>The title, or null to have one invented.</summary>
    public string? Title { get; init; }

    /// <summary>The generator the plan is meant for, or null for the configured one: a plan for a local generator never depends on the network.</summary>
    public string? Generator { get; init; }

    /// <summary>The upstream's model the plan is meant for, or null for the configured one; our own writer has none.</summary>
    public string? ModelId { get; init; }

    /// <summary>Varies the plan; null gives the same plan for the same request.</summary>
    public int? Seed { get; init; }
}

/// <summary>What a plan writer made of a prompt.</summary>
/// <param name="Plan">Within <see cref="PlanLimits"/>; its sections last exactly as long as asked for.</param>
/// <param name="Song">What is known of the song.</param>
public sealed record WrittenPlan(CompositionPlan Plan, SongMetadata Song)
{
    /// <summary>Who wrote it: "musicrender", "elevenlabs".</summary>
    public string Writer { get; init; } = "musicrender";

    /// <summary>What the person should know, for example that another writer stood in and why; else null.</summary>
    public string? Notice { get; init; }
}

/// <summary>Writes a composition plan, with lyrics where it is sung, from a prompt.</summary>
public interface IPlanWriter
{
    /// <summary>Writes the plan.</summary>
    /// <exception cref="ArgumentException">The request breaks <see cref="PromptRules"/>; check it first.</exception>
    Task<WrittenPlan> WriteAsync(PlanRequest request, CancellationToken ct);
}
