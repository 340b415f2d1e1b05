using System.Globalization;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Prompting;

/// <summary>What a request for a prompt or a plan must keep to. Every problem is reported, with its JSON path.</summary>
public static class PromptRules
{
    /// <summary>Characters (UTF-16 units) of a story.</summary>
    public const int MaxNarrative = 10_000;

    /// <summary>Characters of a model's name.</summary>
    public const int MaxModelId = 100;

    /// <summary>The problems of a request for a prompt; empty when it is good.</summary>
    public static IReadOnlyList<PlanProblem> Check(PromptRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var problems = new List<PlanProblem>();
        CheckChoice(problems, "project_blueprint", request.ProjectBlueprint, Presets.Blueprints);
        CheckChoice(problems, "sound_profile", request.SoundProfile, Presets.Sounds);
        CheckChoice(problems, "delivery_and_control", request.DeliveryAndControl, Presets.Deliveries);
        if (request.UserNarrative is { Length: > MaxNarrative } story)
        {
            problems.Add(Problem("user_narrative", $"must be at most {MaxNarrative} characters, but is {story.Length}"));
        }

        return problems;
    }

    /// <summary>The problems of a request for a plan; empty when it is good.</summary>
    public static IReadOnlyList<PlanProblem> Check(PlanRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var problems = new List<PlanProblem>();
        if (string.IsNullOrWhiteSpace(request.Prompt))
        {
            problems.Add(Problem("prompt", $"must be 1 to {PlanLimits.MaxPrompt} characters, but is empty"));
        }
        else if (request.Prompt.Length > PlanLimits.MaxPrompt)
        {
            problems.Add(Problem(
                "prompt", $"must be 1 to {PlanLimits.MaxPrompt} characters, but is {request.Prompt.Length}"));
        }

        if (request.MusicLengthMs is { } length and (< PlanLimits.MinTotalMs or > PlanLimits.MaxTotalMs))
        {
            problems.Add(Problem(
                "music_length_ms", $"must be {PlanLimits.MinTotalMs} to {PlanLimits.MaxTotalMs} ms, but is {length}"));
        }

        if (request.Title is { Length: > PlanLimits.MaxTitle } title)
        {
            problems.Add(Problem("title", $"must be at most {PlanLimits.MaxTitle} characters, but is {title.Length}"));
        }

        if (request.ModelId is { } model && (string.IsNullOrWhiteSpace(model) || model.Length > MaxModelId))
        {
            problems.Add(Problem("model_id", $"must be 1 to {MaxModelId} characters, but is {(string.IsNullOrWhiteSpace(model) ? "empty" : model.Length)}"));
        }

        if (request.Seed is < 0)
        {
            problems.Add(Problem("seed", $"must be 0 to {PlanLimits.MaxSeed}, but is {request.Seed}"));
        }

        return problems;
    }

    private static void CheckChoice(List<PlanProblem> problems, string path, string? id, IEnumerable<Preset> presets)
    {
        var ids = presets.Select(preset => preset.Id).ToArray();
        if (!ids.Contains(id))
        {
            var shown = id is null ? "missing" : $"'{(id.Length > 60 ? id[..60] + "…" : id)}'";
            problems.Add(Problem(path, $"must be one of {string.Join(", ", ids)}, but is {shown}"));
        }
    }

    private static PlanProblem Problem(string path, FormattableString message) =>
        new(path, message.ToString(CultureInfo.InvariantCulture));
}
