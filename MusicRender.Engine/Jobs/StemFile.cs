using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Jobs;

/// <summary>One stem while it is made: sound goes through an encoder into its file, encoded audio goes there as it is.</summary>
internal sealed class StemFile : IAsyncDisposable
{
    private static readonly AudioFormat Format = AudioFormat.Mp3;

    /// <summary>The length of the frame in front that tells players the exact length: it is written when that is known.</summary>
    private static readonly int InfoFrameBytes = 144 * Format.Kilobits * 1000 / Format.SampleRate;

    private readonly AudioEncoder _encoder;
    private readonly FileStream _file;
    private readonly PeakMeter _meter;
    private readonly long _frames;
    private readonly Mp3FrameCounter _counter = new();
    private PcmEncoding? _encoding;

    /// <summary>Begins a stem.</summary>
    /// <param name="encoder">Makes MP3 of PCM.</param>
    /// <param name="path">Where its file goes.</param>
    /// <param name="frames">Length of the track, frames.</param>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public StemFile(AudioEncoder encoder, string path, long frames)
    {
        _encoder = encoder;
        _frames = Math.Max(1, frames);
        _meter = new PeakMeter(_frames, PeakMeter.StemPoints);
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 0, FileOptions.Asynchronous);
    }

    /// <summary>Bytes of the file.</summary>
    public long Length => _file.Length;

    /// <summary>Takes the next block of sound.</summary>
    public async ValueTask AddAsync(ReadOnlyMemory<float> samples, CancellationToken ct)
    {
        if (_encoding is null)
        {
            _file.Position = InfoFrameBytes;
            _encoding = new PcmEncoding(_encoder, Format, WriteEncodedAsync, ct);
        }

        _meter.Add(samples.Span);
        await _encoding.WriteAsync(samples, ct);
    }

    /// <summary>Takes the next bytes of audio that is encoded already.</summary>
    public ValueTask AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) => _file.WriteAsync(bytes, ct);

    /// <summary>Ends the file; it is on disk when this returns.</summary>
    /// <returns>Its waveform: 500 peaks, 0–1.</returns>
    /// <exception cref="EncodingException">The encoder died, or what came encoded is no audio.</exception>
    public async Task<IReadOnlyList<float>> FinishAsync(AudioDecoder decoder, CancellationToken ct)
    {
        if (_encoding is not null)
        {
            await _encoding.FinishAsync();
            await WriteInfoFrameAsync(ct);
        }

        _file.Flush(flushToDisk: true);
        var peaks = _encoding is not null ? _meter.Peaks : await decoder.PeaksAsync(_file.Name, _frames, ct, PeakMeter.StemPoints);
        return [.. peaks.Select(peak => MathF.Round(peak, 3))];
    }

    public async ValueTask DisposeAsync()
    {
        if (_encoding is not null)
        {
            await _encoding.DisposeAsync();
        }

        await _file.DisposeAsync();
    }

    private ValueTask WriteEncodedAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        _counter.Add(bytes.Span);
        return _file.WriteAsync(bytes, ct);
    }

    private async Task WriteInfoFrameAsync(CancellationToken ct)
    {
        var first = new byte[Mp3Frames.HeaderBytes];
        _file.Position = InfoFrameBytes;
        await _file.ReadExactlyAsync(first, ct);
        var info = Mp3InfoFrame.Make(first, _counter.Frames, _file.Length - InfoFrameBytes, _meter.Frames * Format.SampleRate / PcmFormat.SampleRate);
        _file.Position = 0;
        await _file.WriteAsync(info, ct);
    }
}
