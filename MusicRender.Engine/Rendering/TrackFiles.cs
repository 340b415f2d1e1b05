using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>Makes files of tracks, half as many at once as there are processors, and keeps them.</summary>
internal sealed partial class TrackFiles(AudioStore audio, MadeFileStore made, ITrackLibrary library, AudioConverter converter, AudioDecoder decoder, ILogger<TrackFiles> logger)
    : ITrackFiles, IAsyncDisposable
{
    // Lyrics and plan, as far as a form has room for them.
    private const int RoomForTags = 256 * 1024;
    private const string TryAgain = "ask for the file again";

    private static readonly RenderFailure Gone = RenderFailure.Server("The file of this track is not in the library any more.", "no_file");

    private readonly ConcurrentDictionary<(string TrackId, string Name), Lazy<Task<TrackFile>>> _making = new();
    private readonly SemaphoreSlim _slots = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly CancellationTokenSource _stop = new();

    /// <inheritdoc/>
    public async Task<TrackFile> GetAsync(Track track, TrackFileKind kind, CancellationToken ct)
    {
        var name = NameOf(track, kind);
        try
        {
            if (kind == TrackFileKind.Mp3)
            {
                if (await audio.FindAsync(track.FileName, ct) is not { } own)
                {
                    return new TrackFile(null, Gone);
                }

                if (!await IsRenamedAsync(track, own, ct))
                {
                    return new TrackFile(own, null);
                }
            }

            if (await made.FindAsync(track.Id, name, ct) is { } file)
            {
                return new TrackFile(file, null);
            }
        }
        catch (IOException exception)
        {
            return new TrackFile(null, RenderFailure.Server(AudioStore.Explain(exception, TryAgain), "library"));
        }

        var making = _making.GetOrAdd((track.Id, name), key => new Lazy<Task<TrackFile>>(() => Task.Run(() => MakeOnceAsync(track, kind, key))));
        return await making.Value.WaitAsync(ct);
    }

    /// <inheritdoc/>
    public async Task<AudioFileFacts?> FactsAsync(Track track, CancellationToken ct)
    {
        try
        {
            using var file = await audio.ToDiskAsync(track.FileName, ct);
            return file is null ? null : await AudioFileFacts.ReadAsync(file.Path, ct);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var making in _making.Values)
        {
            await ((Task)making.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _slots.Dispose();
        _stop.Dispose();
    }

    /// <summary>The name has a mark of what the file says of itself and can change: with another title it is another file.</summary>
    private static string NameOf(Track track, TrackFileKind kind) => kind switch
    {
        TrackFileKind.Waveform => "waveform.bin",
        TrackFileKind.SpectrogramDark => "spectrogram-dark.png",
        TrackFileKind.SpectrogramLight => "spectrogram-light.png",
        _ => $"audio-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(track.Title)).AsSpan(0, 8))}.{(kind == TrackFileKind.Mp3 ? "mp3" : FormatOf(kind).Name)}",
    };

    /// <summary>Bytes that a file takes at most.</summary>
    private static long BytesOf(Track track, TrackFileKind kind) => kind switch
    {
        TrackFileKind.Waveform => Waveform.PointsOf(PcmFormat.FramesOf(track.DurationMs)),
        TrackFileKind.SpectrogramDark or TrackFileKind.SpectrogramLight => Spectrogram.MaxWidth * Spectrogram.Height,
        TrackFileKind.Mp3 => track.FileSizeBytes + RoomForTags,
        _ => ((long)FormatOf(kind).MaxBytesPerSecond * track.DurationMs / 1000) + RoomForTags,
    };

    private static AudioFileFormat FormatOf(TrackFileKind kind) => kind switch
    {
        TrackFileKind.Wav => AudioFileFormat.Wav,
        TrackFileKind.Flac => AudioFileFormat.Flac,
        TrackFileKind.Opus => AudioFileFormat.Opus,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>True when the track's own file says another title. One that cannot be read says none: whoever sends it tells why.</summary>
    private static async Task<bool> IsRenamedAsync(Track track, StoredFile own, CancellationToken ct)
    {
        try
        {
            await using var file = own.Open();
            return TrackTags.SaysAnother(track.Title, await Mp3Tags.TitleAsync(file, ct));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private async Task<TrackFile> MakeOnceAsync(Track track, TrackFileKind kind, (string TrackId, string Name) key)
    {
        try
        {
            await _slots.WaitAsync(_stop.Token);
            try
            {
                return await MakeAsync(track, kind, key.Name);
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            _making.TryRemove(key, out _);
        }
    }

    private async Task<TrackFile> MakeAsync(Track track, TrackFileKind kind, string name)
    {
        LocalFile? source = null;
        string? unfinished = null;
        try
        {
            // Somebody may have ended it between the look and the wish.
            if (await made.FindAsync(track.Id, name, _stop.Token) is { } there)
            {
                return new TrackFile(there, null);
            }

            source = await audio.ToDiskAsync(track.FileName, _stop.Token);
            if (source is null)
            {
                return new TrackFile(null, Gone);
            }

            var bytes = BytesOf(track, kind);
            unfinished = made.TryBegin(bytes, out var free);
            if (unfinished is null)
            {
                return new TrackFile(null, NoRoom(bytes, free));
            }

            await WriteAsync(track, kind, source.Path, unfinished);
            await made.PublishAsync(unfinished, track.Id, name, _stop.Token);
            if (await library.FindAsync(track.Id, _stop.Token) is not { } now)
            {
                // Deleted meanwhile, and what was made of it before.
                await made.DeleteAsync(track.Id, CancellationToken.None);
                return new TrackFile(null, Gone);
            }

            // Renamed meanwhile: then the next one who asks removes this one.
            if (now.Title == track.Title && IsTagged(kind))
            {
                await made.DeleteOthersAsync(track.Id, "audio", Path.GetExtension(name), name, _stop.Token);
            }

            return await made.FindAsync(track.Id, name, _stop.Token) is { } file ? new TrackFile(file, null) : new TrackFile(null, Gone);
        }
        catch (EncodingException exception) when (exception.Message.Contains("No space left on device", StringComparison.Ordinal))
        {
            return new TrackFile(null, RenderFailure.Server(AudioStore.Explain(new IOException("", AudioStore.NoSpace), TryAgain), "library"));
        }
        catch (EncodingException exception)
        {
            if (!File.Exists(source?.Path))
            {
                return new TrackFile(null, Gone);
            }

            Log.NotMade(logger, kind, track.Id, exception);
            var message = exception.InnerException is Win32Exception ? exception.Message : "The file could not be made: ffmpeg stopped with an error. The server's log says more.";
            return new TrackFile(null, RenderFailure.Server(message, "encoder"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (source is not null && !File.Exists(source.Path))
            {
                return new TrackFile(null, Gone);
            }

            return new TrackFile(null, RenderFailure.Server(AudioStore.Explain(exception, TryAgain), "library"));
        }
        finally
        {
            source?.Dispose();
            Remove(unfinished);
        }
    }

    private async Task WriteAsync(Track track, TrackFileKind kind, string source, string target)
    {
        var frames = PcmFormat.FramesOf(track.DurationMs);
        switch (kind)
        {
            case TrackFileKind.Waveform:
                var peaks = await decoder.PeaksAsync(source, frames, _stop.Token, Waveform.PointsOf(frames));
                await File.WriteAllBytesAsync(target, Waveform.ToBytes(peaks), _stop.Token);
                break;
            case TrackFileKind.SpectrogramDark or TrackFileKind.SpectrogramLight:
                var picture = new Spectrogram(frames);
                await decoder.DecodeAsync(source, picture.Add, _stop.Token);
                var colours = kind == TrackFileKind.SpectrogramDark ? SpectrogramColours.Dark : SpectrogramColours.Light;
                await File.WriteAllBytesAsync(target, IndexedPng.Write(picture.Width, picture.ToLevels(), SpectrogramColours.Palette(colours)), _stop.Token);
                break;
            case TrackFileKind.Mp3:
                await Mp3Tags.CopyAsync(source, target, SongFacts.TagsOf(track), _stop.Token);
                break;
            default:
                await converter.ConvertAsync(source, target, FormatOf(kind), SongFacts.TagsOf(track), _stop.Token);
                break;
        }
    }

    private static bool IsTagged(TrackFileKind kind) => kind is TrackFileKind.Mp3 or TrackFileKind.Wav or TrackFileKind.Flac or TrackFileKind.Opus;

    private static RenderFailure NoRoom(long bytes, long free) => RenderFailure.Server(
        string.Create(CultureInfo.InvariantCulture, $"The library's disk has no room for this file: it takes up to {Megabytes(bytes):0.0} MB, and {Megabytes(free):0.0} MB are free. Free some space, then {TryAgain}."),
        "library");

    private static double Megabytes(long bytes) => bytes / 1_000_000.0;

    private static void Remove(string? unfinished)
    {
        try
        {
            // Nothing happens when it has its name.
            if (unfinished is not null && File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next start removes it.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "No {Kind} could be made of track {TrackId}.")]
        public static partial void NotMade(ILogger logger, TrackFileKind kind, string trackId, Exception exception);
    }
}
