using System.Numerics.Tensors;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// How high the wave really goes between its samples: four times the sample rate, by a windowed sinc (as in ITU-R BS.1770-4,
/// annex 2, with sixteen taps a phase).
/// </summary>
internal sealed class TruePeaks
{
    /// <summary>Frames by which the peaks are late.</summary>
    public const int Latency = Taps / 2;

    private const int Taps = 16;
    private const int Factor = 4;

    private static readonly float[][] Phases = [.. Enumerable.Range(1, Factor - 1).Select(phase => MakePhase(phase / (double)Factor))];

    private readonly float[] _left = new float[Taps + Mixer.BlockFrames];
    private readonly float[] _right = new float[Taps + Mixer.BlockFrames];
    private readonly float[] _between = new float[Mixer.BlockFrames];

    /// <summary>Fills a block with the highest of both sides from each frame to the next.</summary>
    public void Measure(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> peaks)
    {
        peaks.Clear();
        Measure(_left, left, peaks);
        Measure(_right, right, peaks);
    }

    private void Measure(float[] line, ReadOnlySpan<float> samples, Span<float> peaks)
    {
        var frames = samples.Length;
        samples.CopyTo(line.AsSpan(Taps));
        TensorPrimitives.MaxMagnitude(peaks, line.AsSpan(Taps - Latency, frames), peaks);
        var between = _between.AsSpan(0, frames);
        foreach (var phase in Phases)
        {
            between.Clear();
            for (var tap = 0; tap < Taps; tap++)
            {
                TensorPrimitives.MultiplyAdd(line.AsSpan(1 + tap, frames), phase[tap], between, between);
            }

            TensorPrimitives.MaxMagnitude(peaks, between, peaks);
        }

        TensorPrimitives.Abs(peaks, peaks);
        line.AsSpan(frames, Taps).CopyTo(line);
    }

    // The taps of a point at a share of the way from the middle sample to the one after it.
    private static float[] MakePhase(double share)
    {
        var taps = new double[Taps];
        for (var tap = 0; tap < Taps; tap++)
        {
            var x = tap - (Taps / 2) + 1 - share;
            var window = 0.5 + (0.5 * Math.Cos(2 * Math.PI * x / (Taps + 1)));
            taps[tap] = Math.Sin(Math.PI * x) / (Math.PI * x) * window;
        }

        var sum = taps.Sum();
        return [.. taps.Select(tap => (float)(tap / sum))];
    }
}
