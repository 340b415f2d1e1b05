using System.Text.Json;

namespace MusicRender.Engine.Plan;

/// <summary>What came of reading a plan. When there are problems, the composition is null.</summary>
public sealed record PlanReading
{
    /// <summary>The composition, valid by every limit; null when there are problems.</summary>
    public Composition? Composition { get; init; }

    /// <summary>The options beside it.</summary>
    public RenderOptions Options { get; init; } = new();

    /// <summary>The metadata of the wrapped form, or null.</summary>
    public SongMetadata? Song { get; init; }

    /// <summary>Everything that is wrong, in the order of the text.</summary>
    public IReadOnlyList<PlanProblem> Problems { get; init; } = [];
}

/// <summary>Reads plans in all their shapes and names all their problems at once. Never throws for bad input.</summary>
public static class PlanReader
{
    /// <summary>Reads a plan from JSON text; what is not JSON is a problem with its line and column.</summary>
    public static PlanReading Read(string json) => throw new NotImplementedException();

    /// <summary>Reads a plan from a JSON value.</summary>
    public static PlanReading Read(JsonElement json) => throw new NotImplementedException();
}
