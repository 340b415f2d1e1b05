namespace MusicRender.Engine.Rendering;

/// <summary>
/// What arrived of a paid render that did not come to its end. It can be heard at <c>/render/live/{id}</c> and made a
/// track of its own with <c>IRenderJobs.KeepTakeAsync</c>.
/// </summary>
/// <param name="DurationMs">Length of what arrived, ms.</param>
/// <param name="FileSizeBytes">Bytes of what arrived.</param>
[GenerateSerializer, Immutable]
public sealed record PartialTake([property: Id(0)] int DurationMs, [property: Id(1)] long FileSizeBytes);
