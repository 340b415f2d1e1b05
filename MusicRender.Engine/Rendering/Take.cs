using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;

namespace MusicRender.Engine.Rendering;

/// <summary>
/// The audio of one render while it is made: sound goes through an encoder into a partial file, encoded audio goes
/// there as it is; listeners hear it from there. Disposing leaves no process and no partial file.
/// </summary>
internal sealed class Take : IAsyncDisposable
{
    private readonly AudioEncoder _encoder;
    private readonly AudioFormat _format;
    private readonly CancellationTokenSource _pumpFailed = new();
    private readonly PeakMeter _meter;
    private AudioEncoder.Encoding? _encoding;
    private Task _pump = Task.CompletedTask;
    private IReadOnlyList<float>? _waveform;

    /// <param name="store">Where the partial file goes.</param>
    /// <param name="encoder">Makes MP3 of PCM.</param>
    /// <param name="id">The render.</param>
    /// <param name="format">What to encode to.</param>
    /// <param name="durationMs">The length of the plan.</param>
    public Take(AudioStore store, AudioEncoder encoder, RenderId id, AudioFormat format, int durationMs)
    {
        _encoder = encoder;
        _format = format;
        Partial = store.Create(id.Value);
        _meter = new PeakMeter(Math.Max(1, PcmFormat.FramesOf(durationMs)));
    }

    /// <summary>The file in the making.</summary>
    public PartialAudio Partial { get; }

    /// <summary>True when the first audio can be played.</summary>
    public bool IsPlayable => Partial.Length > 0;

    /// <summary>Frames of sound that went through the encoder; 0 for audio that came encoded.</summary>
    public long Frames => _meter.Frames;

    /// <summary>The waveform, when sound passed here or the generator told it; else null.</summary>
    public IReadOnlyList<float>? Peaks => Frames > 0 ? _meter.Peaks : _waveform is null ? null : PeakMeter.Resample(_waveform);

    /// <summary>Takes the next block of sound.</summary>
    public async ValueTask AddAsync(GeneratorOutput.Pcm pcm, CancellationToken ct)
    {
        if (_encoding is null)
        {
            _encoding = _encoder.Start(_format);
            _pump = PumpAsync(_encoding, ct);
        }

        _meter.Add(pcm.Samples.Span);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _pumpFailed.Token);
        try
        {
            await _encoding.WriteAsync(pcm.Samples, either.Token);
        }
        catch (Exception) when (_pumpFailed.IsCancellationRequested)
        {
            // Nobody reads from the encoder any more; what stopped the reader is what happened.
            await _pump;
            throw;
        }
    }

    /// <summary>Takes the next bytes of audio that is encoded already.</summary>
    public ValueTask AddAsync(GeneratorOutput.Encoded encoded, CancellationToken ct) => Partial.WriteAsync(encoded.Bytes, ct);

    /// <summary>Takes the generator's own waveform.</summary>
    public void Add(GeneratorOutput.Waveform waveform) => _waveform = waveform.Values;

    /// <summary>Ends the encoding and waits for the last byte.</summary>
    public async Task FinishAsync()
    {
        _encoding?.Complete();
        await _pump;
        Partial.End();
    }

    public async ValueTask DisposeAsync()
    {
        if (_encoding is not null)
        {
            await _encoding.DisposeAsync();
        }

        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Partial.DisposeAsync();
        _pumpFailed.Dispose();
    }

    private async Task PumpAsync(AudioEncoder.Encoding encoding, CancellationToken ct)
    {
        try
        {
            var buffer = new byte[32 * 1024];
            for (int read; (read = await encoding.ReadAsync(buffer, ct)) > 0;)
            {
                await Partial.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }
        catch
        {
            await _pumpFailed.CancelAsync();
            throw;
        }
    }
}
