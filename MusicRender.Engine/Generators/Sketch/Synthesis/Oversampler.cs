using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Bends a mono signal at four times the sample rate, so that the overtones which that makes above hearing do not fold back
/// into it. Up and down go through one windowed sinc in four phases.
/// </summary>
internal sealed class Oversampler
{
    private const int Factor = 4;
    private const int TapsAPhase = 16;
    private const int Taps = Factor * TapsAPhase;

    // From 17 kHz on less and less passes; from 26 kHz on nothing.
    private static readonly float[] Response = MakeResponse(20_500.0 / (44_100 * Factor), 6.5);

    // Room for a whole vector past the block.
    private readonly float[] _input = new float[TapsAPhase - 1 + Mixer.BlockFrames + Spare];
    private readonly float[][] _phases = [.. Enumerable.Range(0, Factor).Select(_ => new float[TapsAPhase + Mixer.BlockFrames + Spare])];

    private static int Spare => Vector<float>.Count;

    /// <summary>Drives a block into <see cref="Saturation"/>, in place. What comes out is 15 frames late.</summary>
    public void Saturate(Span<float> samples, float drive)
    {
        var frames = samples.Length;
        samples.CopyTo(_input.AsSpan(TapsAPhase - 1));
        for (var from = 0; from < frames; from += Vector<float>.Count)
        {
            Raise(from);
        }

        foreach (var phase in _phases)
        {
            Saturation.Apply(phase.AsSpan(TapsAPhase, frames), drive);
        }

        _input.AsSpan(frames, TapsAPhase - 1).CopyTo(_input);
        Span<float> output = stackalloc float[Vector<float>.Count];
        for (var from = 0; from < frames; from += output.Length)
        {
            Lower(from).CopyTo(output);
            output[..Math.Min(output.Length, frames - from)].CopyTo(samples[from..]);
        }

        foreach (var phase in _phases)
        {
            phase.AsSpan(frames, TapsAPhase).CopyTo(phase);
        }
    }

    // A vector of all four phases: each sample is loaded once.
    private void Raise(int from)
    {
        ref var input = ref MemoryMarshal.GetArrayDataReference(_input);
        ref var response = ref MemoryMarshal.GetArrayDataReference(Response);
        var (one, two, three, four) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        for (var tap = 0; tap < TapsAPhase; tap++)
        {
            var sample = Vector.LoadUnsafe(ref input, (nuint)(from + TapsAPhase - 1 - tap)) * Factor;
            one = Vector.FusedMultiplyAdd(sample, new Vector<float>(Unsafe.Add(ref response, tap * Factor)), one);
            two = Vector.FusedMultiplyAdd(sample, new Vector<float>(Unsafe.Add(ref response, (tap * Factor) + 1)), two);
            three = Vector.FusedMultiplyAdd(sample, new Vector<float>(Unsafe.Add(ref response, (tap * Factor) + 2)), three);
            four = Vector.FusedMultiplyAdd(sample, new Vector<float>(Unsafe.Add(ref response, (tap * Factor) + 3)), four);
        }

        one.CopyTo(_phases[0], TapsAPhase + from);
        two.CopyTo(_phases[1], TapsAPhase + from);
        three.CopyTo(_phases[2], TapsAPhase + from);
        four.CopyTo(_phases[3], TapsAPhase + from);
    }

    // The output at 4n is the sum over taps k of h(k) · x(4n − k).
    private Vector<float> Lower(int from)
    {
        // One sum a phase: a single one would wait for itself at every tap.
        ref var response = ref MemoryMarshal.GetArrayDataReference(Response);
        ref var first = ref _phases[0][TapsAPhase + from];
        ref var second = ref _phases[1][TapsAPhase + from];
        ref var third = ref _phases[2][TapsAPhase + from];
        ref var fourth = ref _phases[3][TapsAPhase + from];
        var (one, two, three, four) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        for (var delay = 0; delay < TapsAPhase; delay++)
        {
            ref var taps = ref Unsafe.Add(ref response, delay * Factor);
            one = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref Unsafe.Subtract(ref first, delay)), new Vector<float>(taps), one);
            two = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref Unsafe.Subtract(ref second, delay + 1)), new Vector<float>(Unsafe.Add(ref taps, 3)), two);
            three = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref Unsafe.Subtract(ref third, delay + 1)), new Vector<float>(Unsafe.Add(ref taps, 2)), three);
            four = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref Unsafe.Subtract(ref fourth, delay + 1)), new Vector<float>(Unsafe.Add(ref taps, 1)), four);
        }

        return one + two + (three + four);
    }

    /// <summary>A low-pass with a Kaiser window; the sum of its taps is 1.</summary>
    private static float[] MakeResponse(double cutoff, double beta)
    {
        var taps = new double[Taps];
        for (var tap = 0; tap < Taps; tap++)
        {
            var x = tap - ((Taps - 1) / 2.0);
            var place = 2.0 * x / (Taps - 1);
            taps[tap] = Math.Sin(2 * Math.PI * cutoff * x) / (Math.PI * x) * Bessel(beta * Math.Sqrt(1 - (place * place)));
        }

        var sum = taps.Sum();
        return [.. taps.Select(tap => (float)(tap / sum))];
    }

    private static double Bessel(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var index = 1; index < 30; index++)
        {
            term *= x / (2 * index) * (x / (2 * index));
            sum += term;
        }

        return sum;
    }
}
