namespace MusicRender.Engine.Audio;

/// <summary>
/// Encodes sound block by block and hands on what comes out, on a task of its own. When handing on fails, writing fails
/// with what went wrong there. Disposing leaves no process.
/// </summary>
internal sealed class PcmEncoding : IAsyncDisposable
{
    private readonly AudioEncoder.Encoding _encoding;
    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> _output;
    private readonly CancellationTokenSource _outputFailed = new();
    private readonly Task _pump;

    /// <summary>Starts an encoder.</summary>
    /// <param name="encoder">Makes MP3 of PCM.</param>
    /// <param name="format">What to encode to.</param>
    /// <param name="output">Gets the encoded bytes in order.</param>
    /// <param name="ct">Ends the handing on.</param>
    /// <exception cref="EncodingException">ffmpeg is not there.</exception>
    public PcmEncoding(AudioEncoder encoder, AudioFormat format, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> output, CancellationToken ct)
    {
        _encoding = encoder.Start(format);
        _output = output;
        _pump = PumpAsync(ct);
    }

    /// <summary>Takes the next block: interleaved stereo. Waits while the encoder, or who takes its bytes, is busy.</summary>
    /// <exception cref="EncodingException">The encoder died.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<float> samples, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _outputFailed.Token);
        try
        {
            await _encoding.WriteAsync(samples, either.Token);
        }
        catch (Exception) when (_outputFailed.IsCancellationRequested)
        {
            // Nobody reads from the encoder any more; what stopped the reader is what happened.
            await _pump;
            throw;
        }
    }

    /// <summary>Ends the encoding and waits until the last byte is handed on.</summary>
    /// <exception cref="EncodingException">The encoder died.</exception>
    public async Task FinishAsync()
    {
        _encoding.Complete();
        await _pump;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _encoding.DisposeAsync();
        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _outputFailed.Dispose();
    }

    private async Task PumpAsync(CancellationToken ct)
    {
        try
        {
            var buffer = new byte[32 * 1024];
            for (int read; (read = await _encoding.ReadAsync(buffer, ct)) > 0;)
            {
                await _output(buffer.AsMemory(0, read), ct);
            }
        }
        catch
        {
            await _outputFailed.CancelAsync();
            throw;
        }
    }
}
