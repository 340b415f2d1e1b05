using System.Text.Json.Serialization;

namespace MusicRender.Engine.Plan;

/// <summary>
/// What a person asks to be made into music: a plan of sections, a plan of chunks, or only a prompt.
/// </summary>
[JsonConverter(typeof(CompositionConverter<Composition>))]
public abstract record Composition
{
    private protected Composition()
    {
    }

    /// <summary>The track's title, or null when it has none. Any Unicode text.</summary>
    public string? Title { get; init; }

    /// <summary>Fields of the JSON object that MusicRender does not know; kept and written back.</summary>
    public ExtraFields Extra { get; init; } = ExtraFields.None;

    /// <summary>The length asked for, in milliseconds, or null when a prompt leaves it open.</summary>
    public abstract int? DurationMs { get; }
}

/// <summary>A plan of named sections: the shape that people edit and that the seed document teaches.</summary>
[JsonConverter(typeof(CompositionConverter<CompositionPlan>))]
public sealed record CompositionPlan : Composition
{
    /// <summary>Styles wanted everywhere, in plain words; at most <see cref="PlanLimits.MaxStyles"/>.</summary>
    public IReadOnlyList<string> PositiveGlobalStyles { get; init; } = [];

    /// <summary>Styles unwanted everywhere; they win over wanted ones.</summary>
    public IReadOnlyList<string> NegativeGlobalStyles { get; init; } = [];

    /// <summary>The sections in playing order; 1 to <see cref="PlanLimits.MaxSections"/>.</summary>
    public IReadOnlyList<PlanSection> Sections { get; init; } = [];

    /// <inheritdoc/>
    public override int? DurationMs => (int)Math.Min(int.MaxValue, Sections.Sum(section => (long)section.DurationMs));
}

/// <summary>One section of a <see cref="CompositionPlan"/>.</summary>
public sealed record PlanSection
{
    /// <summary>"Verse 1", "Chorus", …: 1 to <see cref="PlanLimits.MaxSectionName"/> characters.</summary>
    public string SectionName { get; init; } = "";

    /// <summary>Styles wanted in this section, beside the plan's global ones.</summary>
    public IReadOnlyList<string> PositiveLocalStyles { get; init; } = [];

    /// <summary>Styles unwanted in this section.</summary>
    public IReadOnlyList<string> NegativeLocalStyles { get; init; } = [];

    /// <summary>Length in milliseconds, <see cref="PlanLimits.MinSectionMs"/> to <see cref="PlanLimits.MaxSectionMs"/>.</summary>
    public int DurationMs { get; init; }

    /// <summary>The lyric lines, in order; empty for an instrumental section.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Unknown fields (among them the upstream's <c>source_from</c>), kept and written back.</summary>
    public ExtraFields Extra { get; init; } = ExtraFields.None;
}

/// <summary>A plan of chunks: the shape of newer upstream models.</summary>
[JsonConverter(typeof(CompositionConverter<ChunkPlan>))]
public sealed record ChunkPlan : Composition
{
    /// <summary>The chunks in playing order; 1 to <see cref="PlanLimits.MaxSections"/>.</summary>
    public IReadOnlyList<PlanChunk> Chunks { get; init; } = [];

    /// <inheritdoc/>
    public override int? DurationMs => (int)Math.Min(int.MaxValue, Chunks.Sum(chunk => (long)chunk.DurationMs));
}

/// <summary>One chunk of a <see cref="ChunkPlan"/>.</summary>
public sealed record PlanChunk
{
    /// <summary>Directions and lyrics, usually <c>[Section name]</c> and one lyric line a line; at most <see cref="PlanLimits.MaxChunkText"/> characters.</summary>
    public string Text { get; init; } = "";

    /// <summary>Styles wanted in this chunk.</summary>
    public IReadOnlyList<string> PositiveStyles { get; init; } = [];

    /// <summary>Styles unwanted in this chunk.</summary>
    public IReadOnlyList<string> NegativeStyles { get; init; } = [];

    /// <summary>Length in milliseconds, <see cref="PlanLimits.MinSectionMs"/> to <see cref="PlanLimits.MaxSectionMs"/>.</summary>
    public int DurationMs { get; init; }

    /// <summary>How closely the chunk keeps to what came before, in the upstream's words, or null.</summary>
    public string? ContextAdherence { get; init; }

    /// <summary>Unknown fields, kept and written back.</summary>
    public ExtraFields Extra { get; init; } = ExtraFields.None;
}

/// <summary>Only a prompt: the generator, or MusicRender's own writer, makes the plan.</summary>
[JsonConverter(typeof(CompositionConverter<PromptComposition>))]
public sealed record PromptComposition : Composition
{
    /// <summary>The prompt; 1 to <see cref="PlanLimits.MaxPrompt"/> characters.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>The length wanted, <see cref="PlanLimits.MinTotalMs"/> to <see cref="PlanLimits.MaxTotalMs"/> ms, or null to take it from the prompt's own words.</summary>
    public int? MusicLengthMs { get; init; }

    /// <summary>True for no singing, whatever the prompt says.</summary>
    public bool ForceInstrumental { get; init; }

    /// <inheritdoc/>
    public override int? DurationMs => MusicLengthMs;
}
