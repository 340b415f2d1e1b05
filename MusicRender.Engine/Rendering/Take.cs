using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;

namespace MusicRender.Engine.Rendering;

/// <summary>
/// The audio of one render while it is made, and what is known of it: sound goes through an encoder into a partial file,
/// encoded audio goes there as it is; listeners hear it from there. Disposing leaves no process, and no partial file unless
/// <see cref="LeaveAsync"/> said so.
/// </summary>
internal sealed class Take : IAsyncDisposable
{
    private readonly PartialTakes _takes;
    private readonly AudioEncoder _encoder;
    private readonly RenderJob _job;
    private readonly CancellationTokenSource _pumpFailed = new();
    private readonly Mp3Intake _intake = new();
    private PeakMeter? _meter;
    private AudioEncoder.Encoding? _encoding;
    private Task _pump = Task.CompletedTask;
    private IReadOnlyList<float>? _waveform;
    private TakeNotes _noted;
    private bool _isNoted;
    private TakePieces.Follower? _pieces;

    private Take(PartialTakes takes, AudioEncoder encoder, RenderJob job, TakeNotes notes, PartialAudio partial) =>
        (_takes, _encoder, _job, Notes, _noted, Partial) = (takes, encoder, job, notes, notes, partial);

    /// <summary>The file in the making.</summary>
    public PartialAudio Partial { get; private set; }

    /// <summary>What is known beside the sound.</summary>
    public TakeNotes Notes { get; private set; }

    /// <summary>True when the first audio can be played.</summary>
    public bool IsPlayable => Partial.Length > 0;

    /// <summary>Length of the sound so far, ms; 0 for bytes that are no MP3.</summary>
    public int DurationMs => _meter is { Frames: > 0 } ? (int)PcmFormat.MillisecondsOf(_meter.Frames) : _intake.DurationMs;

    /// <summary>The waveform, when sound passed here or the generator told it; else null.</summary>
    public IReadOnlyList<float>? Peaks => _meter is { Frames: > 0 } ? _meter.Peaks : _waveform is null ? null : PeakMeter.Resample(_waveform);

    private bool IsPaid => !_job.Generator.Capabilities.IsLocal;

    /// <summary>Starts a take. Of one that may cost something the file is there from here on, and says that it was asked for.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public static async Task<Take> BeginAsync(PartialTakes takes, AudioEncoder encoder, RenderJob job, TakeNotes notes)
    {
        if (!job.Generator.Capabilities.IsLocal)
        {
            await takes.Store.Pieces.BeginAsync(job.Id.Value, CancellationToken.None);
        }

        var take = new Take(takes, encoder, job, notes, takes.Store.Create(job.Id.Value, TrackSaver.RoomFor(notes.Composition), !job.Generator.Capabilities.IsLocal, job.Hold.Epoch));
        try
        {
            if (take.IsPaid && notes.Composition != job.Request.Composition)
            {
                takes.Note(job.Id, notes, before: null);
                take._isNoted = true;
            }

            take._pieces = take.IsPaid ? takes.Store.Pieces.Follow(take.Partial, job.Id.Value) : null;
            return take;
        }
        catch
        {
            await take.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the next block of sound.</summary>
    public async ValueTask AddAsync(GeneratorOutput.Pcm pcm, CancellationToken ct)
    {
        var encoding = _encoding ?? StartEncoding(ct);
        _meter ??= new PeakMeter(Math.Max(1, PcmFormat.FramesOf(Notes.Composition.DurationMs ?? 0)));
        _meter.Add(pcm.Samples.Span);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _pumpFailed.Token);
        try
        {
            await encoding.WriteAsync(pcm.Samples, either.Token);
        }
        catch (Exception) when (_pumpFailed.IsCancellationRequested)
        {
            // Nobody reads from the encoder any more; what stopped the reader is what happened.
            await _pump;
            throw;
        }
    }

    /// <summary>Starts the encoder where sound is sure to come, so that it is ready when it does.</summary>
    /// <exception cref="EncodingException">ffmpeg is not there.</exception>
    public void Prepare(CancellationToken ct)
    {
        if (_job.Generator.Capabilities.GivesSound && _encoding is null)
        {
            StartEncoding(ct);
        }
    }

    /// <summary>Takes the next bytes of audio that is encoded already. What has arrived is written whatever happens meanwhile: it may be paid for.</summary>
    public async ValueTask AddAsync(ReadOnlyMemory<byte> encoded)
    {
        var (first, second) = _intake.Add(encoded);
        await Partial.WriteAsync(first, CancellationToken.None);
        await Partial.WriteAsync(second, CancellationToken.None);
    }

    /// <summary>Takes the end of a part of encoded audio.</summary>
    public async ValueTask AddAsync(GeneratorOutput.Part part)
    {
        await Partial.WriteAsync(_intake.EndPart(), CancellationToken.None);
        Notes = Notes with { Parts = [.. Notes.Parts, new TakePart(part.Index, Partial.Length)] };
    }

    /// <summary>Takes the generator's own waveform.</summary>
    public void Add(GeneratorOutput.Waveform waveform) => _waveform = waveform.Values;

    /// <summary>Takes what the generator says beside the sound.</summary>
    public void Add(GeneratorOutput output) => Notes = Notes.With(output);

    /// <summary>True when something came since the last time that was written down.</summary>
    public bool HasMore => IsPaid && !ReferenceEquals(_noted, Notes);

    /// <summary>Writes down what came since the last time.</summary>
    public void Note()
    {
        if (HasMore && _takes.TryNote(_job.Id, Notes, _isNoted ? _noted : null))
        {
            (_noted, _isNoted) = (Notes, true);
        }
    }

    /// <summary>Ends the encoding, waits for the last byte, and puts parts in order that came in another.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        _encoding?.Complete();
        await _pump;
        await Partial.WriteAsync(_intake.EndPart(), ct);
        Partial.End();
        await OrderAsync(ct);
        if (_isNoted)
        {
            Note();
        }
    }

    /// <summary>The frame that tells players the exact length; empty where none is needed or none fits.</summary>
    public ReadOnlyMemory<byte> InfoFrame() => TrackSaver.InfoFrame(Partial, _intake, _meter?.Frames ?? 0);

    /// <summary>
    /// Leaves what arrived of a paid take where it is, for somebody to keep. Null when there is nothing to hear; then nothing
    /// is left. Cancellation does not stop it.
    /// </summary>
    public async Task<PartialTake?> LeaveAsync()
    {
        if (!IsPaid)
        {
            return null;
        }

        await EndWhatRunsAsync();
        if (await MeasureAsync() is not { } take)
        {
            return null;
        }

        Partial.Leave();
        Note();
        await PutPiecesAsync();
        return take;
    }

    /// <summary>Lets everything of a paid take be as it is: it is somebody else's now.</summary>
    public void LetBe()
    {
        if (IsPaid)
        {
            Partial.Leave();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_encoding is not null)
        {
            await _encoding.DisposeAsync();
        }

        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await StopPiecesAsync();
        await Partial.DisposeAsync();
        _pumpFailed.Dispose();
    }

    /// <summary>What the file holds, in whole frames: when the disk was full, less than what came.</summary>
    private async Task<PartialTake?> MeasureAsync()
    {
        try
        {
            var take = File.Exists(Partial.Path) ? await PartialTakes.MeasureAsync(Partial.Path, CancellationToken.None) : null;
            if (take is not null && Notes.PiecesInOrder(Partial.Length).Count == 0)
            {
                Partial.Cut(take.FileSizeBytes);
            }

            return take;
        }
        catch (Exception exception)
        {
            // Whatever it was: what arrived stays.
            _takes.NotEnded(_job.Id, exception);
            return new PartialTake(_intake.DurationMs, Partial.Length);
        }
    }

    /// <summary>Gets what is still on its way into the file, as far as that goes: what went wrong before may go wrong here too.</summary>
    private async Task EndWhatRunsAsync()
    {
        try
        {
            _encoding?.Complete();
            await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Partial.WriteAsync(_intake.EndPart(), CancellationToken.None);
            await OrderAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Most likely the disk is full: the take stays as far as it came, in the order it came, until somebody keeps it.
            _takes.NotEnded(_job.Id, exception);
        }
    }

    /// <summary>What arrived is to survive this machine.</summary>
    private async Task PutPiecesAsync()
    {
        try
        {
            if (Notes.IsOrdered)
            {
                await _takes.Store.Pieces.PutOrderedAsync(_job.Id.Value, CancellationToken.None);
            }
            else if (_pieces is not null)
            {
                await _pieces.FinishAsync();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _takes.NotEnded(_job.Id, exception);
        }
    }

    private ValueTask StopPiecesAsync() => _pieces?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task OrderAsync(CancellationToken ct)
    {
        if (Notes.PiecesInOrder(Partial.Length) is { Count: > 0 } pieces)
        {
            await StopPiecesAsync();
            var (ordered, notes) = await _takes.OrderAsync(_job.Id, Partial, pieces, Notes, ct);
            await Partial.DisposeAsync();
            (Partial, Notes, _noted, _isNoted) = (ordered.Audio, notes, notes, true);
            // Where parts meet, frames may have been cut in two on their way here.
            _intake.Counter = ordered.Intake.Counter;
        }
    }

    private AudioEncoder.Encoding StartEncoding(CancellationToken ct)
    {
        _encoding = _encoder.Start(_job.Format);
        _pump = PumpAsync(_encoding, ct);
        return _encoding;
    }

    private async Task PumpAsync(AudioEncoder.Encoding encoding, CancellationToken ct)
    {
        try
        {
            var buffer = new byte[32 * 1024];
            for (int read; (read = await encoding.ReadAsync(buffer, ct)) > 0;)
            {
                await AddAsync(buffer.AsMemory(0, read));
            }
        }
        catch
        {
            await _pumpFailed.CancelAsync();
            throw;
        }
    }
}
