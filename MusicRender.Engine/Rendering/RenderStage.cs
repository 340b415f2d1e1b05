namespace MusicRender.Engine.Rendering;

/// <summary>The stages of a render, in order. Each but <see cref="Queued"/> comes exactly once in the log of a render that succeeds; <see cref="Generating"/> may repeat with its progress.</summary>
public enum RenderStage
{
    /// <summary>5 %: the plan is being checked.</summary>
    Validating,

    /// <summary>10 %: the plan is good.</summary>
    Validated,

    /// <summary>10 %: waiting for a slot of the generator.</summary>
    Queued,

    /// <summary>15–70 %: the generator works.</summary>
    Generating,

    /// <summary>70 %: the encoding is being finished.</summary>
    Processing,

    /// <summary>85 %: the file is being made durable.</summary>
    Saving,

    /// <summary>95 %: the file is read back.</summary>
    Extracting,

    /// <summary>100 %.</summary>
    Complete,
}
