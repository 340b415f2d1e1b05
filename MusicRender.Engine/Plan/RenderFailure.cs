using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicRender.Engine.Plan;

/// <summary>The three codes of the wire contract.</summary>
public enum FailureCode
{
    /// <summary>The request was not understood.</summary>
    InvalidRequest,

    /// <summary>The plan is bad; the details list every problem with its path.</summary>
    ValidationError,

    /// <summary>The generator or the server failed, or the render was cancelled.</summary>
    ServerError,
}

/// <summary>Why something was not done: an expected failure, as a value.</summary>
/// <param name="Code">Which of the three.</param>
/// <param name="Message">For people: what happened and what they can do. No stack traces, paths or secrets.</param>
public sealed record RenderFailure(FailureCode Code, string Message)
{
    /// <summary>Machine-readable details (a JSON object), or null.</summary>
    public JsonElement? Details { get; init; }

    /// <summary><c>reason</c> of the details, or null when there is none.</summary>
    [JsonIgnore]
    public string? Reason =>
        Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty("reason", out var reason) && reason.ValueKind == JsonValueKind.String ? reason.GetString() : null;

    /// <summary>The failure of a plan with these problems: one message that names them all.</summary>
    public static RenderFailure Invalid(IReadOnlyList<PlanProblem> problems) =>
        new(FailureCode.ValidationError, string.Join(" ", problems.Select(problem => problem.ToString())))
        {
            Details = JsonSerializer.SerializeToElement(new
            {
                errors = problems.Select(problem => new { path = problem.Path, message = problem.Message }),
            }),
        };

    /// <summary>A server's failure with a reason that programs can test.</summary>
    public static RenderFailure Server(string message, string reason) =>
        new(FailureCode.ServerError, message) { Details = JsonSerializer.SerializeToElement(new { reason }) };

    /// <summary>The same with one more field in the details, in place of one of that name.</summary>
    public RenderFailure With(string name, JsonElement value)
    {
        var details = Details is { ValueKind: JsonValueKind.Object } known
            ? known.EnumerateObject().Where(field => field.Name != name).ToDictionary(field => field.Name, field => field.Value)
            : [];
        details[name] = value;
        return this with { Details = JsonSerializer.SerializeToElement(details) };
    }

    /// <summary>The same without a field of the details.</summary>
    public RenderFailure Without(string name) => Details is { ValueKind: JsonValueKind.Object } known
        ? this with { Details = JsonSerializer.SerializeToElement(known.EnumerateObject().Where(field => field.Name != name).ToDictionary(field => field.Name, field => field.Value)) }
        : this;
}

/// <summary>One thing that is wrong with a plan.</summary>
/// <param name="Path">Where, from the plan's root: <c>sections[2].duration_ms</c>; empty for the plan itself.</param>
/// <param name="Message">What, with the limit: "must be 3000 to 120000 ms, but is 1000".</param>
public sealed record PlanProblem(string Path, string Message)
{
    /// <summary>The line of the text where it is, 1 for the first; null when the path says where.</summary>
    public int? Line { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? $"The plan {Message}." : $"{Path}: {Message}.";
}
