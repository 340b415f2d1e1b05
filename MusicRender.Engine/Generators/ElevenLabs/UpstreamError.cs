using System.Text.Json;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>A refusal of the ElevenLabs API, in whichever of its shapes it came.</summary>
internal sealed record UpstreamError
{
    /// <summary>The HTTP status.</summary>
    public required int HttpStatus { get; init; }

    /// <summary>What it is, as <c>code</c> or <c>status</c> say it: "invalid_api_key"; empty when nothing says it.</summary>
    public string Code { get; init; } = "";

    /// <summary>The upstream's own words, shortened; empty when there are none.</summary>
    public string Message { get; init; } = "";

    /// <summary>The upstream's id of the request, or null.</summary>
    public string? RequestId { get; init; }

    /// <summary><c>detail.data</c>, where suggestions are, or null.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>The fields that a validation list names, with paths as our own ("composition_plan.chunks[2].text"); else empty.</summary>
    public IReadOnlyList<PlanProblem> Problems { get; init; } = [];
}
