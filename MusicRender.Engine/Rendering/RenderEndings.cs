using System.Globalization;
using System.Text.Json;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>How renders end that do not succeed, in words: what happened, what it may cost, what is left.</summary>
internal static class RenderEndings
{
    private const string BilledField = "may_be_billed";

    /// <summary>Somebody asked for it.</summary>
    /// <param name="asked">The paid generator that may have been asked by then, as people know it, or null.</param>
    /// <param name="take">What arrived, or null.</param>
    public static RenderFailure Cancelled(string? asked, PartialTake? take) => asked is null
        ? RenderFailure.Server("The render was cancelled.", "cancelled")
        : RenderFailure.Server($"The render was cancelled. {asked} had been asked already and cannot be told to stop: what it made may still be billed.{Kept(take)}", "cancelled")
            .With(take).MayBeBilled();

    /// <summary>The server stopped, and the render cannot go on: its generator may have been asked, or is not there any more.</summary>
    /// <param name="name">The generator as people know it.</param>
    /// <param name="wasAsked">It may have been asked by then.</param>
    /// <param name="take">What arrived, or null.</param>
    public static RenderFailure Interrupted(string name, bool wasAsked, PartialTake? take) => wasAsked
        ? RenderFailure.Server($"The server stopped while {name} was making this track. It may have been charged, and rendering it again may be charged again.{Kept(take)}", "interrupted")
            .With(take).MayBeBilled()
        : RenderFailure.Server($"The server stopped before {name} was asked for this track: nothing was charged. Render it again.", "interrupted");

    /// <summary>The same failure, with what arrived.</summary>
    public static RenderFailure With(this RenderFailure failure, PartialTake? take) => take is null
        ? failure
        : failure.With(PartialTake.Field, JsonSerializer.SerializeToElement(new { duration_ms = take.DurationMs, file_size_bytes = take.FileSizeBytes }));

    /// <summary>The same failure, without what arrived: it is there no more.</summary>
    public static RenderFailure WithoutTake(this RenderFailure failure) => PartialTake.Of(failure) is { } take
        ? failure.Without(PartialTake.Field) with { Message = failure.Message.Replace(Kept(take), "", StringComparison.Ordinal) }
        : failure;

    /// <summary>The same failure, saying that it may cost something all the same.</summary>
    public static RenderFailure MayBeBilled(this RenderFailure failure) => failure.With(BilledField, JsonSerializer.SerializeToElement(true));

    private static string Kept(PartialTake? take) =>
        take is null ? "" : string.Create(CultureInfo.InvariantCulture, $" What arrived ({Math.Max(1, Math.Round(take.DurationMs / 1000.0))} s) can be heard and kept.");
}
