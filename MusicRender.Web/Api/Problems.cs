using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.Api;

/// <summary>Failed calls as problem details.</summary>
internal static class Problems
{
    /// <summary>A problem of a status, in one sentence.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="detail">The sentence.</param>
    /// <param name="reason">The same for programs, or null.</param>
    public static IResult Of(int status, string detail, string? reason = null) => new Problem(new ProblemBody
    {
        Title = ReasonPhrases.GetReasonPhrase(status),
        Status = status,
        Detail = detail,
        Details = reason is null ? null : JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["reason"] = reason }),
        RequestId = "",
    });

    /// <summary>A failure of the engine. <c>reason</c> in its details chooses the status.</summary>
    public static IResult Of(RenderFailure failure)
    {
        var status = failure.Code switch
        {
            FailureCode.ServerError => failure.Reason switch
            {
                "cancelled" or "no_key" or "stems_unavailable" or "no_take" or "under_way" => StatusCodes.Status409Conflict,
                QueueFull.Reason => StatusCodes.Status429TooManyRequests,
                "interrupted" or Draining.Reason or "rate_limited" or "concurrent_limit" or "busy" => StatusCodes.Status503ServiceUnavailable,
                "invalid_key" or "insufficient_credits" or "subscription_required" or "refused" or "unreachable" or "unavailable" or "bad_answer" or "upstream_failed" => StatusCodes.Status502BadGateway,
                _ => StatusCodes.Status500InternalServerError,
            },
            _ => StatusCodes.Status422UnprocessableEntity,
        };
        return new Problem(new ProblemBody
        {
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = failure.Message,
            ErrorCode = WireMapping.CodeName(failure.Code),
            Errors = ErrorsOf(failure),
            Details = failure.Details,
            RequestId = "",
        }, QueueFull.RetryAfter(failure));
    }

    /// <summary>Problems of something else than a plan: of a "body", a "request", a "query".</summary>
    public static IResult Of(IReadOnlyList<PlanProblem> problems, string subject) => Of(RenderFailure.Invalid(problems) with
    {
        Message = string.Join(' ', problems.Select(problem => problem.Path.Length == 0 ? $"The {subject} {problem.Message}." : problem.ToString())),
    });

    private static List<ProblemEntry>? ErrorsOf(RenderFailure failure) =>
        failure.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateArray().Select(error => new ProblemEntry(error.GetProperty("path").GetString()!, error.GetProperty("message").GetString()!))]
            : null;

    private sealed class Problem(ProblemBody body, TimeSpan? retryAfter = null) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (retryAfter is { } wait)
            {
                httpContext.Response.Headers.RetryAfter = wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            }

            httpContext.Response.StatusCode = body.Status;
            return httpContext.Response.WriteAsJsonAsync(body with { RequestId = httpContext.RequestId() }, WireJson.Wire.ProblemBody, "application/problem+json");
        }
    }
}
