using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators;

/// <summary>Makes music of a composition. One instance serves all renders at once; a call holds its own state.</summary>
public interface IMusicGenerator
{
    /// <summary>The name that requests use: "sketch", "elevenlabs".</summary>
    string Name { get; }

    /// <summary>The name as people read it: "Sketch", "ElevenLabs API".</summary>
    string DisplayName { get; }

    /// <summary>True when it can be asked now; false while something it needs, such as a key, is missing. May change at any time.</summary>
    bool IsReady { get; }

    /// <summary>What it can do.</summary>
    GeneratorCapabilities Capabilities { get; }

    /// <summary>
    /// Generates. The outputs come in the order of the music; what goes wrong in an expected way is a last
    /// <see cref="GeneratorOutput.Failed"/>, everything else that throws is a bug. Cancellation ends the enumeration
    /// with <see cref="OperationCanceledException"/>.
    /// </summary>
    IAsyncEnumerable<GeneratorOutput> GenerateAsync(GenerationRequest request, CancellationToken ct);

    /// <summary>
    /// What it understands of a plan before it plays it, a few words each ("124 BPM", "E major"); nothing when it does not
    /// say. Quick, and never fails.
    /// </summary>
    /// <param name="plan">The plan, valid or not.</param>
    /// <param name="seed">The seed, or null when it is not known yet: what hangs on it is then left open.</param>
    IReadOnlyList<string> Understand(CompositionPlan plan, int? seed) => [];

    /// <summary>What it will not play quite as a plan says, section by section; nothing when it does not say. Quick, and never fails.</summary>
    /// <param name="plan">The plan, valid or not.</param>
    /// <param name="modelId">The model wanted, or null for its own choice.</param>
    IReadOnlyList<PlanRemark> RemarksOn(CompositionPlan plan, string? modelId) => [];
}
