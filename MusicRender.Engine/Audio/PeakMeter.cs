using System.Numerics.Tensors;

namespace MusicRender.Engine.Audio;

/// <summary>Gathers the peaks of a waveform from PCM as it passes, without keeping the sound.</summary>
public sealed class PeakMeter
{
    /// <summary>Peaks of a track.</summary>
    public const int Points = 2_000;

    /// <summary>Peaks of a stem.</summary>
    public const int StemPoints = 500;

    private readonly float[] _peaks;
    private readonly long _total;
    private long _frame;

    /// <summary>Starts a meter for a track of so many frames (at least 1), for so many peaks.</summary>
    public PeakMeter(long totalFrames, int points = Points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(totalFrames, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        _total = totalFrames;
        _peaks = new float[points];
    }

    /// <summary>The peaks so far, 0–1, over the whole length.</summary>
    public IReadOnlyList<float> Peaks => _peaks;

    /// <summary>Frames seen.</summary>
    public long Frames => _frame;

    /// <summary>Peaks of a waveform that was measured elsewhere: any number of values, 0–1, over the whole length.</summary>
    public static IReadOnlyList<float> Resample(IReadOnlyList<float> values)
    {
        var peaks = new float[Points];
        for (var point = 0; point < Points && values.Count > 0; point++)
        {
            var from = (int)((long)point * values.Count / Points);
            var to = Math.Max(from + 1, (int)((long)(point + 1) * values.Count / Points));
            for (var i = from; i < to; i++)
            {
                peaks[point] = Math.Max(peaks[point], Math.Clamp(values[i], 0f, 1f));
            }
        }

        return peaks;
    }

    /// <summary>Takes the next block: interleaved stereo, −1 to 1. Frames past the total count for the last point.</summary>
    public void Add(ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            var points = _peaks.Length;
            var point = (int)Math.Min(points - 1, _frame * points / _total);
            var end = point == points - 1 ? long.MaxValue : (((point + 1) * _total) + points - 1) / points;
            var frames = (int)Math.Min(samples.Length / PcmFormat.Channels, end - _frame);
            var count = frames * PcmFormat.Channels;
            var peak = Math.Abs(TensorPrimitives.MaxMagnitude(samples[..count]));
            _peaks[point] = Math.Min(1f, Math.Max(_peaks[point], peak));
            _frame += frames;
            samples = samples[count..];
        }
    }
}
