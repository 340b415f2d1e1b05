using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// A look-ahead limiter: nothing passes its ceiling. It sees peaks, also those between samples, before they come and
/// turns down in time, without a corner in the gain.
/// </summary>
internal sealed class Limiter
{
    /// <summary>Frames by which the output is late: the time to turn down in.</summary>
    public const int Latency = 88;

    // −1.4 dB: what a half-sample estimate can miss of the true peak is under the rest to −1.
    private const float Ceiling = 0.851f;

    private static readonly float Release = (float)(1 - Math.Exp(-1.0 / (0.09 * PcmFormat.SampleRate)));

    private readonly float[] _left = new float[Latency];
    private readonly float[] _right = new float[Latency];
    private readonly float[] _held = new float[Latency];
    private readonly (long Frame, float Gain)[] _queue = new (long, float)[Latency + 2];
    private readonly float[] _historyLeft = new float[3];
    private readonly float[] _historyRight = new float[3];
    private int _queueStart;
    private int _queueCount;
    private int _position;
    private long _frame;
    private float _gain = 1;
    private double _sum = Latency;

    /// <summary>A limiter that lets everything through as yet.</summary>
    public Limiter() => Array.Fill(_held, 1);

    /// <summary>Limits a block in place; what comes out is what went in <see cref="Latency"/> frames before.</summary>
    public void Process(Span<float> left, Span<float> right) => Process(left, right, []);

    /// <summary>The same, telling the gains that were applied, one a frame; none when there is no room for them.</summary>
    public void Process(Span<float> left, Span<float> right, Span<float> gains)
    {
        for (var index = 0; index < left.Length; index++)
        {
            var peak = Math.Max(Peak(_historyLeft, left[index]), Peak(_historyRight, right[index]));
            var smallest = Smallest(peak > Ceiling ? Ceiling / peak : 1);
            _gain = Math.Min(smallest, _gain + (Release * (1 - _gain)));

            // The mean over the look-ahead of gains that are all low enough for the frame that leaves now.
            _sum += (double)_gain - _held[_position];
            _held[_position] = _gain;
            var gain = (float)(_sum / Latency);
            (left[index], _left[_position]) = (_left[_position] * gain, left[index]);
            (right[index], _right[_position]) = (_right[_position] * gain, right[index]);
            _position = _position + 1 == Latency ? 0 : _position + 1;
            _frame++;
            if (!gains.IsEmpty)
            {
                gains[index] = gain;
            }
        }
    }

    // The sample and the point half-way between the two before it (cubic): peaks also stand between samples.
    private static float Peak(float[] history, float sample)
    {
        var between = ((9 * (history[0] + history[1])) - history[2] - sample) * 0.0625f;
        history[2] = history[1];
        history[1] = history[0];
        history[0] = sample;
        return Math.Max(Math.Abs(sample), Math.Abs(between));
    }

    // The smallest of the last gains, by a queue that holds only those that can still become it.
    private float Smallest(float gain)
    {
        while (_queueCount > 0 && _queue[(_queueStart + _queueCount - 1) % _queue.Length].Gain >= gain)
        {
            _queueCount--;
        }

        _queue[(_queueStart + _queueCount) % _queue.Length] = (_frame, gain);
        _queueCount++;
        if (_queue[_queueStart].Frame < _frame - Latency)
        {
            _queueStart = (_queueStart + 1) % _queue.Length;
            _queueCount--;
        }

        return _queue[_queueStart].Gain;
    }
}
