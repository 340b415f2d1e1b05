using System.Runtime.Intrinsics;
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

    private Vector128<double> _shelf1;
    private Vector128<double> _shelf2;
    private Vector128<double> _pass1;
    private Vector128<double> _pass2;

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

    /// <summary>The weighted energy of a block: the sum of both sides' squares. The head's shelf and the high-pass, in series.</summary>
    public double Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var (s1, s2, p1, p2) = (_shelf1, _shelf2, _pass1, _pass2);
        var energy = Vector128<double>.Zero;
        right = right[..left.Length];
        for (var index = 0; index < left.Length; index++)
        {
            // Transposed direct form II, both sides in one vector.
            var sample = Vector128.Create((double)left[index], right[index]);
            var shelved = Vector128.FusedMultiplyAdd(Vector128.Create(1.5308412300503478), sample, s1);
            s1 = Vector128.FusedMultiplyAdd(Vector128.Create(1.6636551132560204), shelved, Vector128.FusedMultiplyAdd(Vector128.Create(-2.6509799951547297), sample, s2));
            s2 = Vector128.FusedMultiplyAdd(Vector128.Create(-0.7125954280732254), shelved, Vector128.Create(1.169079079921587) * sample);
            var passed = shelved + p1;
            p1 = Vector128.FusedMultiplyAdd(Vector128.Create(1.9891696736297957), passed, p2 - (shelved + shelved));
            p2 = Vector128.FusedMultiplyAdd(Vector128.Create(-0.9891990357870394), passed, shelved);
            energy = Vector128.FusedMultiplyAdd(passed, passed, energy);
        }

        (_shelf1, _shelf2, _pass1, _pass2) = (Flushed(s1), Flushed(s2), Flushed(p1), Flushed(p2));
        return Vector128.Sum(energy);
    }

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

    private static Vector128<double> Flushed(Vector128<double> state) =>
        Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Abs(state), Vector128.Create(1e-30)), Vector128<double>.Zero, state);
}
