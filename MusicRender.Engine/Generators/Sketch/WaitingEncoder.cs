using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch;

/// <summary>
/// One encoder that is started before it is needed, as long as somebody may need it: its start takes longer than the first second of a
/// song. It does nothing until it gets sound, and ends with this program.
/// </summary>
internal sealed class WaitingEncoder(AudioEncoder encoder)
{
    private readonly Lock _lock = new();
    private AudioEncoder.Encoding? _waiting;
    private bool _isStarting;
    private int _holders;

    /// <summary>Somebody may need it from now on.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _holders++;
        }
    }

    /// <summary>Nobody of those who held it does any more; after the last one it ends.</summary>
    public async ValueTask ReleaseAsync()
    {
        AudioEncoder.Encoding? ended = null;
        lock (_lock)
        {
            if (--_holders == 0)
            {
                (ended, _waiting) = (_waiting, null);
            }
        }

        await EndAsync(ended);
    }

    /// <summary>Starts it, when it is held and there is none. Blocks for as long as a process takes to begin.</summary>
    /// <returns>False when it cannot be started.</returns>
    public async Task<bool> FillAsync()
    {
        lock (_lock)
        {
            if (_holders == 0 || _isStarting || _waiting is not null)
            {
                return true;
            }

            _isStarting = true;
        }

        AudioEncoder.Encoding? started = null;
        try
        {
            started = encoder.Start(AudioFormat.Mp3);
            return true;
        }
        catch (EncodingException)
        {
            // Whoever needs one is told why there is none.
            return false;
        }
        finally
        {
            lock (_lock)
            {
                _isStarting = false;
                if (_holders > 0)
                {
                    (_waiting, started) = (started, null);
                }
            }

            await EndAsync(started);
        }
    }

    /// <summary>Gives the one that waits, or starts one.</summary>
    /// <exception cref="EncodingException">ffmpeg is not there.</exception>
    public async ValueTask<AudioEncoder.Encoding> TakeAsync()
    {
        AudioEncoder.Encoding? waiting;
        lock (_lock)
        {
            (waiting, _waiting) = (_waiting, null);
        }

        if (waiting is { IsRunning: true })
        {
            return waiting;
        }

        await EndAsync(waiting);
        return encoder.Start(AudioFormat.Mp3);
    }

    private static ValueTask EndAsync(AudioEncoder.Encoding? encoding) => encoding?.DisposeAsync() ?? ValueTask.CompletedTask;
}
