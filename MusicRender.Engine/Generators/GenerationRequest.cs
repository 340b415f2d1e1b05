using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators;

/// <summary>What a generator is asked for.</summary>
public sealed record GenerationRequest
{
    /// <summary>What to make. Valid by <see cref="PlanLimits"/>; a prompt only where the capabilities say so.</summary>
    public required Composition Composition { get; init; }

    /// <summary>0 to <see cref="PlanLimits.MaxSeed"/>. A local generator makes the same bytes of the same composition and seed.</summary>
    public required int Seed { get; init; }

    /// <summary>One of the generator's output formats.</summary>
    public required string OutputFormat { get; init; }

    /// <summary>What the request asked for beside the composition.</summary>
    public RenderOptions Options { get; init; } = new();
}
