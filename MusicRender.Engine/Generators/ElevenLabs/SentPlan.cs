using System.Text.Json;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>The plan as the upstream takes it: in the model's shape, with the fields that the API knows and no others.</summary>
internal static class SentPlan
{
    /// <summary>The model that takes sections; every other takes chunks.</summary>
    public const string SectionsModel = "music_v1";

    /// <summary>Says in a chunk's text that nobody sings.</summary>
    public const string Instrumental = "{instrumental}";

    private const string Adherence = "context_adherence";

    // The optional fields of SongSection and GenerationChunk in the OpenAPI that plans of ours carry as extra fields.
    private static readonly string[] SectionFields = ["source_from"];
    private static readonly string[] ChunkFields = ["conditioning_ref", "condition_strength"];

    /// <summary>Makes it. The composition is a plan, not only a prompt.</summary>
    public static JsonElement Of(Composition composition, string modelId) =>
        PlanJson.ToElement(modelId == SectionsModel ? Sections(composition) : Chunks(composition));

    /// <summary>The plan without lines that say only what <see cref="Instrumental"/> says: they are ours, not the person's.</summary>
    public static CompositionPlan WithoutDirections(CompositionPlan plan) => plan with
    {
        Sections = [.. plan.Sections.Select(section => section with { Lines = [.. section.Lines.Where(line => line.Trim() != Instrumental)] })],
    };

    private static CompositionPlan Sections(Composition composition)
    {
        var plan = PlanConversion.ToSections(composition);
        var chunks = (composition as ChunkPlan)?.Chunks;
        return plan with
        {
            Title = null,
            Extra = ExtraFields.None,
            Sections = [.. plan.Sections.Select((section, index) => section with { Extra = Only(SectionFields, section.Extra, chunks?[index].Extra) })],
        };
    }

    private static ChunkPlan Chunks(Composition composition)
    {
        var plan = PlanConversion.ToChunks(composition);
        var sections = (composition as CompositionPlan)?.Sections;
        return plan with
        {
            Title = null,
            Extra = ExtraFields.None,
            Chunks = [.. plan.Chunks.Select((chunk, index) => Chunk(chunk, sections?[index]))],
        };
    }

    /// <summary>A section without lines says that it is instrumental; a chunk that somebody wrote says what it says.</summary>
    private static PlanChunk Chunk(PlanChunk chunk, PlanSection? section) => chunk with
    {
        Text = section is not null && section.Lines.All(string.IsNullOrWhiteSpace) && !chunk.Text.Contains('{') ? $"{chunk.Text.TrimEnd()}\n{Instrumental}" : chunk.Text,
        ContextAdherence = section?.Extra[Adherence] is { ValueKind: JsonValueKind.String } adherence ? adherence.GetString() : chunk.ContextAdherence,
        Extra = Only(ChunkFields, chunk.Extra, section?.Extra),
    };

    /// <summary>The fields of these names. The conversion may have packed them away, so those of the plan before it count too.</summary>
    private static ExtraFields Only(string[] names, ExtraFields converted, ExtraFields? original) =>
        ExtraFields.Of(names.Select(name => (Name: name, Value: converted[name] ?? original?[name])).Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!.Value)));
}
