using System.Text.Json;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>
/// What arrived of a paid render that did not come to its end. It can be heard at <c>/render/live/{id}</c> and made a
/// track of its own with <c>IRenderJobs.KeepTakeAsync</c>.
/// </summary>
/// <param name="DurationMs">Length of what arrived, ms.</param>
/// <param name="FileSizeBytes">Bytes of what arrived.</param>
[GenerateSerializer, Immutable]
public sealed record PartialTake([property: Id(0)] int DurationMs, [property: Id(1)] long FileSizeBytes)
{
    /// <summary>The field of a failure's details that tells it.</summary>
    public const string Field = "partial_take";

    /// <summary>What arrived, as the failure of its render tells it; null when nothing did.</summary>
    public static PartialTake? Of(RenderFailure failure) =>
        failure.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty(Field, out var take)
        && take.ValueKind == JsonValueKind.Object && take.TryGetProperty("duration_ms", out var duration) && take.TryGetProperty("file_size_bytes", out var size)
            ? new PartialTake(duration.GetInt32(), size.GetInt64())
            : null;
}
