using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicRender.Web.Contracts;

/// <summary>Problem details by RFC 9457, as every failed call of the REST API answers.</summary>
public sealed record ProblemBody
{
    /// <summary>What kind of problem; "about:blank" says that the status tells.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What happened, in one text for people.</summary>
    public required string Detail { get; init; }

    /// <summary>The socket's error code, where the problem has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ErrorCode { get; init; }

    /// <summary>Each problem with its JSON path.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemEntry>? Errors { get; init; }

    /// <summary>For programs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Details { get; init; }

    /// <summary>The request's id.</summary>
    public required string RequestId { get; init; }
}

/// <summary>One problem of a body.</summary>
/// <param name="Path">JSON path from the body's root.</param>
/// <param name="Message">What is wrong.</param>
public sealed record ProblemEntry(string Path, string Message);
