using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ElevenLabs.Simulator.Faults;

/// <summary>A call that is refused, in one of the shapes in which the upstream says so.</summary>
internal sealed record Refusal(int Status, string Type, string Code, string Message)
{
    private static readonly Dictionary<FaultKind, Refusal> Table = new()
    {
        [FaultKind.BadPrompt] = new(400, "validation_error", "bad_prompt", "The prompt appears to violate the terms of service."),
        [FaultKind.BadCompositionPlan] = new(400, "validation_error", "bad_composition_plan", "The composition plan appears to violate the terms of service."),
        [FaultKind.InvalidApiKey] = new(401, "authentication_error", "invalid_api_key", "Invalid API key"),
        [FaultKind.MissingApiKey] = new(401, "authentication_error", "missing_api_key", "An API key is needed: set the header xi-api-key."),
        [FaultKind.QuotaExceeded] = new(401, "payment_required", "quota_exceeded", "This request exceeds your quota.") { UsualShape = ErrorShape.Legacy },
        [FaultKind.InsufficientCredits] = new(402, "payment_required", "insufficient_credits", "You do not have enough credits for this request."),
        [FaultKind.SubscriptionRequired] = new(403, "authorization_error", "subscription_required", "The music API needs a paid subscription."),
        [FaultKind.FeatureNotAvailable] = new(403, "authorization_error", "feature_not_available", "This feature is not available for your subscription."),
        [FaultKind.ConcurrentLimitExceeded] = new(429, "rate_limit_error", "concurrent_limit_exceeded", "Too many concurrent requests.") { LegacyStatus = "too_many_concurrent_requests" },
        [FaultKind.RateLimitExceeded] = new(429, "rate_limit_error", "rate_limit_exceeded", "Too many requests."),
        [FaultKind.SystemBusy] = new(429, "rate_limit_error", "system_busy", "The system is busy, please try again later."),
        [FaultKind.InternalServerError] = new(500, "internal_error", "internal_server_error", "An unexpected error occurred."),
        [FaultKind.ServiceUnavailable] = new(503, "internal_error", "service_unavailable", "The service is unavailable."),
    };

    public int? RetryAfter { get; init; }

    public string? Param { get; init; }

    /// <summary><c>detail.data</c>.</summary>
    public JsonObject? Data { get; init; }

    /// <summary>The body in words of its own.</summary>
    public string? RawBody { get; init; }

    public string? ContentType { get; init; }

    public ErrorShape Shape { get; init; }

    private string? LegacyStatus { get; init; }

    private ErrorShape UsualShape { get; init; } = ErrorShape.Full;

    /// <summary>A row of the table of errors.</summary>
    public static Refusal Of(FaultKind kind) => Table[kind];

    /// <summary>422 with a list of fields.</summary>
    public static Refusal OfFields(JsonNode list) =>
        new(422, "", "validation", "") { RawBody = new JsonObject { ["detail"] = list }.ToJsonString() };

    /// <summary>The refusal that a fault asks for; null when it is none of that kind.</summary>
    public static Refusal? Of(Fault fault, Suggestions suggestions)
    {
        if (fault.Kind is FaultKind.Refusal)
        {
            return new Refusal(fault.Status ?? 400, "", "refusal", "") { RawBody = fault.Message ?? "", ContentType = fault.ContentType, RetryAfter = fault.RetryAfter };
        }

        if (fault.Kind is FaultKind.Validation)
        {
            var loc = fault.Loc is { } given ? JsonNode.Parse(given.GetRawText()) : new JsonArray("body", "composition_plan", "chunks", 0, "text");
            var fields = OfFields(new JsonArray(new JsonObject { ["loc"] = loc, ["msg"] = fault.Message ?? "Value error, not like this", ["type"] = "value_error" }));
            return fields with { Status = fault.Status ?? 422, RetryAfter = fault.RetryAfter };
        }

        if (!Table.TryGetValue(fault.Kind, out var refusal))
        {
            return null;
        }

        return refusal with
        {
            Status = fault.Status ?? refusal.Status,
            Message = fault.Message ?? refusal.Message,
            RetryAfter = fault.RetryAfter,
            Shape = fault.Shape,
            ContentType = fault.ContentType,
            Data = suggestions.DataFor(fault.Kind, fault.Suggestion),
        };
    }

    /// <summary>The body, as <see cref="Shape"/> has it; null for none.</summary>
    public JsonObject? ToJson(string requestId)
    {
        var status = LegacyStatus ?? Code;
        var detail = (Shape is ErrorShape.Usual ? UsualShape : Shape) switch
        {
            ErrorShape.Full => new JsonObject { ["type"] = Type, ["code"] = Code, ["message"] = Message, ["status"] = status, ["request_id"] = requestId, ["param"] = Param },
            ErrorShape.Legacy => new JsonObject { ["status"] = status, ["message"] = Message },
            ErrorShape.Text => (JsonNode)Message,
            _ => null,
        };
        if (detail is JsonObject fields && Data is not null)
        {
            fields["data"] = Data.DeepClone();
        }

        return detail is null ? null : new JsonObject { ["detail"] = detail };
    }

    /// <summary>Sends it.</summary>
    public async Task SendAsync(HttpContext context, string requestId)
    {
        var response = context.Response;
        response.StatusCode = Status;
        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = $"{seconds}";
        }

        var body = RawBody ?? (Shape is ErrorShape.Html ? $"<html><head><title>{Status}</title></head><body><h1>{Message}</h1></body></html>" : ToJson(requestId)?.ToJsonString(JsonSerializerOptions.Web));
        if (string.IsNullOrEmpty(body))
        {
            response.ContentLength = 0;
            return;
        }

        response.ContentType = ContentType ?? (Shape is ErrorShape.Html ? "text/html" : "application/json");
        await response.WriteAsync(body, context.RequestAborted);
    }
}
