namespace MusicRender.Engine.Generators;

/// <summary>What a generator takes and gives.</summary>
public sealed record GeneratorCapabilities
{
    /// <summary>True when it makes music of a prompt alone; else the engine writes a plan first.</summary>
    public bool TakesPrompts { get; init; }

    /// <summary>True when it runs on this machine and costs nothing.</summary>
    public bool IsLocal { get; init; }

    /// <summary>The values of <c>output_format</c> it can give, the default first.</summary>
    public required IReadOnlyList<string> OutputFormats { get; init; }

    /// <summary>Renders that may run at once.</summary>
    public required int MaxConcurrency { get; init; }
}
