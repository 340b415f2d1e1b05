using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// The energy of K-weighted sound at 44.1 kHz (ITU-R BS.1770-4, filters recomputed for this rate), in steps of 100 ms, and
/// the loudness of many such steps, gated.
/// </summary>
internal sealed class LoudnessMeter
{
    /// <summary>Frames of a step.</summary>
    public const int StepFrames = PcmFormat.SampleRate / 10;

    private const int StepsAWindow = 4;

    private readonly Weighting _left = new();
    private readonly Weighting _right = new();

    /// <summary>LUFS of a mean square (the sum of both channels').</summary>
    public static double ToLufs(double meanSquare) => -0.691 + (10 * Math.Log10(Math.Max(meanSquare, 1e-12)));

    /// <summary>The mean square of a loudness in LUFS.</summary>
    public static double ToMeanSquare(double lufs) => Math.Pow(10, (lufs + 0.691) / 10);

    /// <summary>
    /// The integrated loudness in LUFS: over windows of 400 ms, three quarters of which are also the next one's, without those
    /// under −70 LUFS and those 10 LU under the rest.
    /// </summary>
    /// <param name="steps">Mean squares of steps of 100 ms.</param>
    public static double Integrated(ReadOnlySpan<double> steps)
    {
        var (sum, count) = GatedSum(steps, ToMeanSquare(-70));
        if (count == 0)
        {
            return ToLufs(0);
        }

        (sum, count) = GatedSum(steps, Math.Max(ToMeanSquare(-70), sum / count * 0.1));
        return ToLufs(sum / Math.Max(1, count));
    }

    /// <summary>The weighted energy of a block: the sum of both sides' squares.</summary>
    public double Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right) => _left.Energy(left) + _right.Energy(right);

    private static (double Sum, int Count) GatedSum(ReadOnlySpan<double> steps, double gate)
    {
        var (sum, count) = (0.0, 0);
        var width = Math.Min(StepsAWindow, steps.Length);
        for (var first = 0; first + width <= steps.Length && width > 0; first++)
        {
            var mean = 0.0;
            foreach (var step in steps.Slice(first, width))
            {
                mean += step / width;
            }

            if (mean > gate)
            {
                sum += mean;
                count++;
            }
        }

        return (sum, count);
    }

    /// <summary>The head's shelf and the high-pass, in series.</summary>
    private sealed class Weighting
    {
        private double _shelf1;
        private double _shelf2;
        private double _pass1;
        private double _pass2;

        public double Energy(ReadOnlySpan<float> samples)
        {
            var (s1, s2, p1, p2) = (_shelf1, _shelf2, _pass1, _pass2);
            var energy = 0.0;
            foreach (var sample in samples)
            {
                // Transposed direct form II.
                var shelved = (1.5308412300503478 * sample) + s1;
                s1 = (-2.6509799951547297 * sample) + (1.6636551132560204 * shelved) + s2;
                s2 = (1.169079079921587 * sample) - (0.7125954280732254 * shelved);
                var passed = shelved + p1;
                p1 = (-2 * shelved) + (1.9891696736297957 * passed) + p2;
                p2 = shelved - (0.9891990357870394 * passed);
                energy += passed * passed;
            }

            (_shelf1, _shelf2) = (Flushed(s1), Flushed(s2));
            (_pass1, _pass2) = (Flushed(p1), Flushed(p2));
            return energy;
        }

        private static double Flushed(double state) => Math.Abs(state) < 1e-30 ? 0 : state;
    }
}
