using System.Globalization;
using System.Text.Json;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>How renders end that do not succeed, in words: what happened, what it may cost, what is left.</summary>
internal static class RenderEndings
{
    private const string BilledField = "may_be_billed";

    /// <summary>Somebody asked for it.</summary>
    /// <param name="asked">The paid generator that had been asked by then, or null.</param>
    /// <param name="take">What arrived, or null.</param>
    public static RenderFailure Cancelled(IMusicGenerator? asked, PartialTake? take) => asked is null
        ? RenderFailure.Server("The render was cancelled.", "cancelled")
        : RenderFailure.Server($"The render was cancelled. {asked.DisplayName} had been asked already and cannot be told to stop: what it made may still be billed.{Kept(take)}", "cancelled")
            .With(take).MayBeBilled();

    /// <summary>The server stopped.</summary>
    /// <param name="paidName">The generator as people know it, when it is a paid one; else null.</param>
    /// <param name="wasAsked">It had been asked by then.</param>
    /// <param name="take">What arrived, or null.</param>
    public static RenderFailure Interrupted(string? paidName, bool wasAsked, PartialTake? take) => (paidName, wasAsked) switch
    {
        (null, _) => RenderFailure.Server("The server stopped while this track was being made. Render it again.", "interrupted"),
        ({ } name, false) => RenderFailure.Server($"The server stopped before {name} was asked for this track: nothing was charged. Render it again.", "interrupted"),
        ({ } name, true) => RenderFailure.Server($"The server stopped while {name} was making this track. It may have been charged, and rendering it again may be charged again.{Kept(take)}", "interrupted")
            .With(take).MayBeBilled(),
    };

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
