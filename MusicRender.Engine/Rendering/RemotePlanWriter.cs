using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;

namespace MusicRender.Engine.Rendering;

/// <summary>
/// Has plans for ElevenLabs written by ElevenLabs (free, but rate-limited). Our own writer writes all others, stands in
/// when ElevenLabs cannot, and says so.
/// </summary>
internal sealed partial class RemotePlanWriter(
    OwnPlanWriter own,
    IElevenLabsAccountApi api,
    ElevenLabsKey key,
    GeneratorCatalogue generators,
    IOptions<ElevenLabsOptions> options,
    TimeProvider time,
    ILogger<RemotePlanWriter> logger) : IPlanWriter
{
    /// <summary>How long ElevenLabs may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task<WrittenPlan> WriteAsync(PlanRequest request, CancellationToken ct)
    {
        // It takes a moment only, and says how long the piece is, what it is called, and what stands in.
        var written = await own.WriteAsync(request, ct);
        if (!key.IsThere || generators.Find(request.Generator)?.Name != ElevenLabsGenerator.GeneratorName)
        {
            return written;
        }

        var totalMs = written.Plan.DurationMs!.Value;
        var body = new PlanBody(PromptOf(request), totalMs, request.ModelId ?? options.Value.ModelId);
        var answer = await AccountAnswer.OfAsync(token => api.PlanAsync(body, token), Patience, time, ct);
        var failure = answer.Failure;
        if (failure is null && RemotePlan.Read(answer.Json, written.Song.Title!, totalMs, request.ForceInstrumental) is { } plan)
        {
            return new WrittenPlan(plan, SongDescription.OfPlan(request, plan, written.Song.Title!)) { Writer = ElevenLabsGenerator.GeneratorName };
        }

        failure ??= AccountAnswer.Unreadable("it is no plan of the length asked for");
        Log.StoodIn(logger, failure.Message);
        return written with { Notice = NoticeOf(failure) };
    }

    /// <summary>The prompt, with what the upstream's call has no field for said in words.</summary>
    private static string PromptOf(PlanRequest request)
    {
        var more = new StringBuilder();
        if (request.ForceInstrumental)
        {
            more.Append("\n\nInstrumental only: no vocals and no lyrics in any section.");
        }

        if (request.Title is { } title && !request.Prompt.Contains(title, StringComparison.OrdinalIgnoreCase))
        {
            more.Append(CultureInfo.InvariantCulture, $"\n\nThe title is \"{title}\".");
        }

        if (request.Seed is { } seed)
        {
            more.Append(CultureInfo.InvariantCulture, $"\n\nWrite another version than before: variation {seed}.");
        }

        var prompt = PlainText.Cut(request.Prompt, PlanLimits.MaxPrompt - more.Length);
        return prompt + more;
    }

    private static string NoticeOf(RenderFailure failure)
    {
        var why = failure.Reason switch
        {
            FailureReasons.InvalidKey => "it does not accept the key",
            FailureReasons.InsufficientCredits => "no credits left",
            FailureReasons.SubscriptionRequired => "the subscription does not have this",
            FailureReasons.BadPrompt => "its rules do not allow this prompt",
            FailureReasons.BadRequest => "it does not accept the request",
            FailureReasons.RateLimited or FailureReasons.ConcurrentLimit => "too many requests at once",
            FailureReasons.Busy => "it is too busy",
            FailureReasons.Unavailable => "it did not answer in time, or has a problem of its own",
            FailureReasons.Unreachable => "it could not be reached",
            FailureReasons.BadAnswer => "its plan could not be read",
            _ => "it refused",
        };
        var suggestion = SuggestionOf(failure) is { } prompt ? $" It would take this prompt: \"{PlainText.Cut(prompt, 600)}\"" : "";
        return $"ElevenLabs could not write the plan ({why}); MusicRender wrote it.{suggestion}";
    }

    private static string? SuggestionOf(RenderFailure failure) =>
        failure.Reason == FailureReasons.BadPrompt
        && failure.Details!.Value.TryGetProperty("suggestion", out var suggestion)
        && suggestion.TryGetProperty("prompt", out var prompt) ? prompt.GetString() : null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "ElevenLabs could not write a plan, our own writer stood in: {Reason}")]
        public static partial void StoodIn(ILogger logger, string reason);
    }
}
