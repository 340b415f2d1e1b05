using System.Numerics.Tensors;
using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// A look-ahead limiter: nothing passes its ceiling, not between the samples either. It sees peaks before they come and
/// turns down in time, without a corner in the gain.
/// </summary>
internal sealed class Limiter
{
    /// <summary>Frames by which the output is late: the time to turn down in, and to see what is between samples.</summary>
    public const int Latency = Window + TruePeaks.Latency;

    /// <summary>
    /// The highest true peak: −1.9 dB. What MP3 at 192 kbit/s adds to it in its own way is under the rest to −1.
    /// </summary>
    public const float Ceiling = 0.803f;

    private const int Window = 96;
    private const int QueueSize = 128;

    private static readonly float Release = (float)(1 - Math.Exp(-1.0 / (0.09 * PcmFormat.SampleRate)));

    private readonly TruePeaks _truePeaks = new();
    private readonly float[] _peaks = new float[Mixer.BlockFrames];
    private readonly float[] _held = new float[Window];
    private readonly (long Frame, float Gain)[] _queue = new (long, float)[QueueSize];
    private int _queueStart;
    private int _queueCount;
    private int _position;
    private long _frame;
    private float _gain = 1;
    private double _sum = Window;

    /// <summary>A limiter that lets everything through as yet.</summary>
    public Limiter() => Array.Fill(_held, 1);

    /// <summary>Fills a block with the gains for what went in <see cref="Latency"/> frames before.</summary>
    public void Process(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> gains)
    {
        var peaks = _peaks.AsSpan(0, gains.Length);
        _truePeaks.Measure(left, right, peaks, Ceiling);
        if (_queueCount > 0 && _queue[_queueStart].Gain == 1 && TensorPrimitives.Max(peaks) <= Ceiling)
        {
            // Nothing to be turned down here, nor shortly before: all gains that are waiting are 1.
            gains.Fill(1);
            _frame += gains.Length;
            (_queueStart, _queueCount, _queue[0]) = (0, 1, (_frame - 1, 1));
        }
        else
        {
            for (var index = 0; index < gains.Length; index++)
            {
                var peak = peaks[index];
                gains[index] = Smallest(peak > Ceiling ? Ceiling / peak : 1);
                _frame++;
            }
        }

        Follow(gains);
    }

    // The means over the look-ahead of gains that are all low enough for the frame that leaves then.
    private void Follow(Span<float> gains)
    {
        var (gain, sum, position, held) = (_gain, _sum, _position, _held);
        foreach (ref var smallest in gains)
        {
            var released = gain + (Release * (1 - gain));
            gain = released < smallest ? released : smallest;
            sum += (double)gain - held[position];
            held[position] = gain;
            position = position + 1 == Window ? 0 : position + 1;
            smallest = (float)(sum * (1.0 / Window));
        }

        (_gain, _sum, _position) = (gain, sum, position);
    }

    // The smallest of the last gains, by a queue that holds only those that can still become it.
    private float Smallest(float gain)
    {
        while (_queueCount > 0 && _queue[(_queueStart + _queueCount - 1) & (QueueSize - 1)].Gain >= gain)
        {
            _queueCount--;
        }

        _queue[(_queueStart + _queueCount) & (QueueSize - 1)] = (_frame, gain);
        _queueCount++;
        if (_queue[_queueStart].Frame < _frame - Window - 1)
        {
            _queueStart = (_queueStart + 1) & (QueueSize - 1);
            _queueCount--;
        }

        return _queue[_queueStart].Gain;
    }
}
