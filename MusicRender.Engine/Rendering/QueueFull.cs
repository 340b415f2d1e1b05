using System.Text.Json;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>The failure of a request for which there is no room in line.</summary>
public static class QueueFull
{
    /// <summary>Its <c>reason</c>.</summary>
    public const string Reason = "queue_full";

    /// <summary>The field of its details that says in how many seconds there may be room.</summary>
    public const string RetryField = "retry_after_seconds";

    /// <summary>In how long it makes sense to ask again; null for any other failure.</summary>
    public static TimeSpan? RetryAfter(RenderFailure failure) =>
        failure.Reason == Reason && failure.Details!.Value.TryGetProperty(RetryField, out var seconds) && seconds.ValueKind is JsonValueKind.Number
            ? TimeSpan.FromSeconds(seconds.GetInt32())
            : null;
}
