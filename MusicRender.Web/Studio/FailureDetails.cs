using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Web.Studio;

/// <summary>What would mend a failure, as its details say it.</summary>
internal enum FailureRemedy
{
    /// <summary>Another try, or nothing.</summary>
    None,

    /// <summary>Another key.</summary>
    Settings,

    /// <summary>Another generator.</summary>
    Sketch,

    /// <summary>Another plan or prompt.</summary>
    Plan,
}

/// <summary>Reads the details of a failure, whatever they hold: what is missing or of another shape is left out.</summary>
internal sealed partial class FailureDetails(RenderFailure failure)
{
    private static readonly Dictionary<string, string> ChunkFields = new()
    {
        ["text"] = "lines",
        ["positive_styles"] = "positive_local_styles",
        ["negative_styles"] = "negative_local_styles",
    };

    private readonly JsonElement _details = failure.Details is { ValueKind: JsonValueKind.Object } there ? there : default;

    /// <summary>What would mend it.</summary>
    internal FailureRemedy Remedy => Text(_details, "action") switch
    {
        "settings" => FailureRemedy.Settings,
        "render_with_sketch" => FailureRemedy.Sketch,
        "use_suggestion" or "edit_plan" => FailureRemedy.Plan,
        null when Problems.Count > 0 => FailureRemedy.Plan,
        _ => FailureRemedy.None,
    };

    /// <summary>True when the account lacks credits or a larger subscription: what it holds is worth a look.</summary>
    internal bool IsOfAccount => failure.Reason is "insufficient_credits" or "subscription_required";

    /// <summary>True when the upstream may bill what it had begun, so that another try may be charged again.</summary>
    internal bool MayBeBilled =>
        Text(_details, "action") == "render_again"
        || (_details.ValueKind is JsonValueKind.Object && _details.TryGetProperty("may_be_billed", out var value) && value.ValueKind is JsonValueKind.True);

    /// <summary>The upstream's id of the request, or null.</summary>
    internal string? RequestId => Text(Object(_details, "upstream"), "request_id");

    /// <summary>The upstream's own words, or null.</summary>
    internal string? UpstreamMessage => Text(Object(_details, "upstream"), "message");

    /// <summary>What arrived, as the failure tells it; or null.</summary>
    internal PartialTake? Take =>
        Object(_details, PartialTake.Field) is { ValueKind: JsonValueKind.Object } take && Number(take, "duration_ms") is { } duration
            ? new PartialTake((int)Math.Clamp(duration, 0, int.MaxValue), Math.Max(0, Number(take, "file_size_bytes") ?? 0))
            : null;

    /// <summary>The problems listed under <c>errors</c>.</summary>
    internal IReadOnlyList<PlanProblem> Problems =>
        _details.ValueKind is JsonValueKind.Object && _details.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.Array
            ? [.. errors.EnumerateArray().Select(error => (Path: Text(error, "path"), Message: Text(error, "message")))
                .Where(error => error.Message is { Length: > 0 })
                .Select(error => new PlanProblem(error.Path ?? "", error.Message!))]
            : [];

    /// <summary>What the upstream suggests instead: a plan, a prompt, or nothing.</summary>
    internal (CompositionPlan? Plan, string? Prompt) Suggestion => Object(_details, "suggestion") is { ValueKind: JsonValueKind.Object } suggestion
        ? PlanReader.Read(suggestion).Composition switch
        {
            null => (null, null),
            PromptComposition prompt => (null, prompt.Prompt),
            var composition => (PlanConversion.ToSections(composition), null),
        }
        : (null, null);

    /// <summary>A problem of chunks, told of the sections that they were made from.</summary>
    internal static PlanProblem InSections(PlanProblem problem)
    {
        var path = problem.Path.StartsWith("composition_plan.", StringComparison.Ordinal) ? problem.Path["composition_plan.".Length..] : problem.Path;
        if (ChunkPath().Match(path) is not { Success: true } match)
        {
            return problem with { Path = path };
        }

        var field = match.Groups["field"].Value;
        return problem with { Path = $"sections[{match.Groups["index"].Value}].{ChunkFields.GetValueOrDefault(field, field)}{match.Groups["rest"].Value}" };
    }

    /// <summary>The section that a path is in, or null.</summary>
    internal static int? SectionOf(string path) =>
        SectionPath().Match(path) is { Success: true } match && int.TryParse(match.Groups["index"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;

    private static JsonElement Object(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object ? value : default;

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number)
            ? (long)number
            : null;

    [GeneratedRegex(@"^chunks\[(?<index>\d{1,6})\](\.(?<field>\w+)(?<rest>.*))?$")]
    private static partial Regex ChunkPath();

    [GeneratedRegex(@"^sections\[(?<index>\d{1,6})\]")]
    private static partial Regex SectionPath();
}
