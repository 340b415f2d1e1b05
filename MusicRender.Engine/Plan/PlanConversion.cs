
namespace MusicRender.Engine.Plan;

/// <summary>
/// Turns plans of sections into plans of chunks and back. What one shape has no place for travels along as extra
/// fields (<see cref="SectionField"/>, <see cref="GlobalsField"/>), so that there and back again is the same plan; when
/// somebody edited the converted plan in between, the edit wins over what travelled along.
/// </summary>
public static class PlanConversion
{
    /// <summary>Extra field of a chunk: what its text and styles cannot tell of the section it came from.</summary>
    public const string SectionField = "musicrender_section";

    /// <summary>Extra field of a chunk plan: the global styles of the section plan it came from.</summary>
    public const string GlobalsField = "musicrender_globals";

    /// <summary>Extra field of a section: what the chunk it came from says beside its lines.</summary>
    public const string ChunkField = "musicrender_chunk";

    /// <summary>Extra field of a section plan that came from chunks.</summary>
    public const string ChunksField = "musicrender_chunks";

    /// <summary>The plan as sections. A section plan is given back as it is.</summary>
    /// <exception cref="ArgumentException">The composition is only a prompt, which has no sections.</exception>
    public static CompositionPlan ToSections(Composition composition) => composition switch
    {
        CompositionPlan plan => plan,
        ChunkPlan chunks => FromChunks(chunks),
        _ => throw new ArgumentException("A prompt has no sections.", nameof(composition)),
    };

    private static CompositionPlan FromChunks(ChunkPlan plan) => throw new NotImplementedException();
}
