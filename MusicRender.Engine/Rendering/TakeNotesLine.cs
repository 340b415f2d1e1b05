using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>What was noted of a take at one time: the parts of <see cref="TakeNotes"/> that had changed. What is null stays as it was.</summary>
internal sealed record TakeNotesLine
{
    /// <inheritdoc cref="TakeNotes.Composition"/>
    public Composition? Composition { get; init; }

    /// <inheritdoc cref="TakeNotes.Known"/>
    public SongMetadata? Known { get; init; }

    /// <inheritdoc cref="TakeNotes.Made"/>
    public SongMetadata? Made { get; init; }

    /// <inheritdoc cref="TakeNotes.Words"/>
    public IReadOnlyList<WordTiming>? Words { get; init; }

    /// <inheritdoc cref="TakeNotes.SongId"/>
    public string? SongId { get; init; }

    /// <inheritdoc cref="TakeNotes.UpstreamPlan"/>
    public Composition? UpstreamPlan { get; init; }

    /// <inheritdoc cref="TakeNotes.Parts"/>
    public IReadOnlyList<TakePart>? Parts { get; init; }

    /// <inheritdoc cref="TakeNotes.IsOrdered"/>
    public bool? IsOrdered { get; init; }

    /// <summary>What is in the notes and was not in those before; all there is when there were none.</summary>
    public static TakeNotesLine Of(TakeNotes notes, TakeNotes? before) => new()
    {
        Composition = Changed(notes.Composition, before?.Composition),
        Known = Changed(notes.Known, before?.Known),
        Made = Changed(notes.Made, before?.Made),
        Words = Changed(notes.Words, before?.Words),
        SongId = Changed(notes.SongId, before?.SongId),
        UpstreamPlan = Changed(notes.UpstreamPlan, before?.UpstreamPlan),
        Parts = Changed(notes.Parts, before?.Parts),
        IsOrdered = notes.IsOrdered == before?.IsOrdered ? null : notes.IsOrdered,
    };

    /// <summary>The notes with this line; null as long as nothing says what was asked for.</summary>
    public TakeNotes? AddTo(TakeNotes? notes) => (Composition ?? notes?.Composition) is not { } composition ? null : new TakeNotes
    {
        Composition = composition,
        Known = Known ?? notes?.Known,
        Made = Made ?? notes?.Made,
        Words = Words ?? notes?.Words,
        SongId = SongId ?? notes?.SongId,
        UpstreamPlan = UpstreamPlan ?? notes?.UpstreamPlan,
        Parts = Parts ?? notes?.Parts ?? [],
        IsOrdered = IsOrdered ?? notes?.IsOrdered ?? false,
    };

    private static T? Changed<T>(T? now, T? before)
        where T : class => ReferenceEquals(now, before) ? null : now;
}
