namespace MusicRender.Engine.Plan;

/// <summary>The limits of every plan, as the wire contract gives them. Validation, the studio and the contracts read them here.</summary>
public static class PlanLimits
{
    /// <summary>Sections or chunks of a plan, at least one.</summary>
    public const int MaxSections = 30;

    /// <summary>Characters (UTF-16 units) of a section's name, at least one.</summary>
    public const int MaxSectionName = 100;

    /// <summary>Shortest section or chunk, ms.</summary>
    public const int MinSectionMs = 3_000;

    /// <summary>Longest section or chunk, ms.</summary>
    public const int MaxSectionMs = 120_000;

    /// <summary>Shortest plan, ms.</summary>
    public const int MinTotalMs = 3_000;

    /// <summary>Longest plan, ms.</summary>
    public const int MaxTotalMs = 600_000;

    /// <summary>Styles in one list.</summary>
    public const int MaxStyles = 50;

    /// <summary>Lyric lines of a section.</summary>
    public const int MaxLines = 30;

    /// <summary>Characters of a lyric line.</summary>
    public const int MaxLine = 200;

    /// <summary>Characters of a chunk's text.</summary>
    public const int MaxChunkText = 6_000;

    /// <summary>Characters of a prompt.</summary>
    public const int MaxPrompt = 4_100;

    /// <summary>Characters of a title. Not in the contract of the upstream: what still fits on a page and in a tag.</summary>
    public const int MaxTitle = 300;

    /// <summary>Characters of one style. Not in the contract of the upstream: bounds what a plan can weigh.</summary>
    public const int MaxStyle = 500;

    /// <summary>Levels of objects and lists in each other, the plan itself being the first. Not in the contract of the upstream: a stored plan must stay readable, and JSON readers stop at 64.</summary>
    public const int MaxDepth = 32;

    /// <summary>Characters of a custom style model's id, at least one.</summary>
    public const int MaxFinetuneId = 100;

    /// <summary>Largest seed; the smallest is 0.</summary>
    public const int MaxSeed = int.MaxValue;
}
