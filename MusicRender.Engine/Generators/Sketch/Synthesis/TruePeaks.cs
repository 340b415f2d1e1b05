using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    private const int Stretch = 32;

    private static readonly float[][] Phases = [.. Enumerable.Range(1, Factor - 1).Select(phase => MakePhase(phase / (double)Factor))];

    private readonly float[] _left = new float[Taps + Mixer.BlockFrames];
    private readonly float[] _right = new float[Taps + Mixer.BlockFrames];

    // How much higher than the samples around it a wave can go: the largest sum of a phase's taps, whatever their signs.
    private static readonly float Overshoot = Phases.Max(phase => TensorPrimitives.SumOfMagnitudes<float>(phase));

    /// <summary>Fills a block with the highest of both sides from each frame to the next.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <param name="peaks">To be filled.</param>
    /// <param name="least">What matters: of frames whose peak is surely below, that of the samples alone will do.</param>
    public void Measure(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> peaks, float least = 0)
    {
        peaks.Clear();
        Measure(_left, left, peaks, least);
        Measure(_right, right, peaks, least);
    }

    private static void Measure(float[] line, ReadOnlySpan<float> samples, Span<float> peaks, float least)
    {
        var frames = samples.Length;
        samples.CopyTo(line.AsSpan(Taps));
        TensorPrimitives.MaxMagnitude(peaks, line.AsSpan(Taps - Latency, frames), peaks);
        TensorPrimitives.Abs(peaks, peaks);
        for (var from = 0; from < frames; from += Stretch)
        {
            var count = Math.Min(Stretch, frames - from);
            if (MathF.Abs(TensorPrimitives.MaxMagnitude(line.AsSpan(from, count + Taps))) * Overshoot >= least)
            {
                Between(line.AsSpan(from, count + Taps), peaks.Slice(from, count));
            }
        }

        line.AsSpan(frames, Taps).CopyTo(line);
    }

    // All phases at once: each sample is loaded once.
    private static void Between(ReadOnlySpan<float> line, Span<float> peaks)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(line), 1);
        ref var target = ref MemoryMarshal.GetReference(peaks);
        var index = 0;
        for (; index + Vector<float>.Count <= peaks.Length; index += Vector<float>.Count)
        {
            var (one, two, three) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            for (var tap = 0; tap < Taps; tap++)
            {
                var sample = Vector.LoadUnsafe(ref first, (nuint)(index + tap));
                one = Vector.FusedMultiplyAdd(sample, new Vector<float>(Phases[0][tap]), one);
                two = Vector.FusedMultiplyAdd(sample, new Vector<float>(Phases[1][tap]), two);
                three = Vector.FusedMultiplyAdd(sample, new Vector<float>(Phases[2][tap]), three);
            }

            var highest = Vector.Max(Vector.Max(Vector.Abs(one), Vector.Abs(two)), Vector.Abs(three));
            Vector.Max(highest, Vector.LoadUnsafe(ref target, (nuint)index)).StoreUnsafe(ref target, (nuint)index);
        }

        for (; index < peaks.Length; index++)
        {
            foreach (var phase in Phases)
            {
                peaks[index] = Math.Max(peaks[index], Math.Abs(TensorPrimitives.Dot(line.Slice(1 + index, Taps), phase)));
            }
        }
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
