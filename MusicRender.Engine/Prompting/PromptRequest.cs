namespace MusicRender.Engine.Prompting;

/// <summary>Three presets and a story, to be written as a prompt.</summary>
public sealed record PromptRequest
{
    /// <summary>Identifier of a <see cref="Prompting.ProjectBlueprint"/>.</summary>
    public required string ProjectBlueprint { get; init; }

    /// <summary>Identifier of a <see cref="Prompting.SoundProfile"/>.</summary>
    public required string SoundProfile { get; init; }

    /// <summary>Identifier of a <see cref="DeliveryControl"/>.</summary>
    public required string DeliveryAndControl { get; init; }

    /// <summary>True for no singing, even where the blueprint would sing.</summary>
    public bool InstrumentalOnly { get; init; }

    /// <summary>The person's own story in any language, at most <see cref="PromptRules.MaxNarrative"/> characters; may be null or empty.</summary>
    public string? UserNarrative { get; init; }
}

/// <summary>What a prompt writer made of presets and a story.</summary>
/// <param name="Prompt">1 to 4 100 characters.</param>
/// <param name="Title">Two to five words as a rule, at most 80 characters, never empty.</param>
/// <param name="Description">One or two sentences.</param>
public sealed record WrittenPrompt(string Prompt, string Title, string Description);

/// <summary>Writes a prompt from presets and a story.</summary>
public interface IPromptWriter
{
    /// <summary>Writes the prompt, its title and its description.</summary>
    /// <exception cref="ArgumentException">The request breaks <see cref="PromptRules"/>; check it first.</exception>
    Task<WrittenPrompt> WriteAsync(PromptRequest request, CancellationToken ct);
}
