using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>What can be made of a finished track.</summary>
public enum TrackFileKind
{
    /// <summary>The track as MP3 with the title that it has now: its own file, or, when it was renamed, a copy with another tag.</summary>
    Mp3,

    /// <summary>The track as <see cref="AudioFileFormat.Wav"/>.</summary>
    Wav,

    /// <summary>The track as <see cref="AudioFileFormat.Flac"/>.</summary>
    Flac,

    /// <summary>The track as <see cref="AudioFileFormat.Opus"/>.</summary>
    Opus,

    /// <summary>The bytes of a <see cref="Audio.Waveform"/>.</summary>
    Waveform,

    /// <summary>A <see cref="Spectrogram"/> as PNG, in the colours of the dark theme.</summary>
    SpectrogramDark,

    /// <summary>The same in the colours of the light theme.</summary>
    SpectrogramLight,
}

/// <summary>A file that was asked for, or why there is none.</summary>
/// <param name="File">The file; null when there is none.</param>
/// <param name="Failure">Why there is none; reason <c>no_file</c> when the track or its own file is gone.</param>
public readonly record struct TrackFile(StoredFile? File, RenderFailure? Failure);

/// <summary>Files that are made of finished tracks when they are first asked for, kept, and removed with the track.</summary>
public interface ITrackFiles
{
    /// <summary>
    /// A file; when it is not there yet it is made, once for all who ask, and a few at a time. What says the title says the
    /// one that the track has now: after a rename it is made anew.
    /// </summary>
    /// <param name="track">The track.</param>
    /// <param name="kind">What of it.</param>
    /// <param name="ct">Ends the waiting. The making goes on: the next one who asks has it.</param>
    Task<TrackFile> GetAsync(Track track, TrackFileKind kind, CancellationToken ct);

    /// <summary>What the track's own file says of its form; null when it is gone or says nothing.</summary>
    Task<AudioFileFacts?> FactsAsync(Track track, CancellationToken ct);
}
