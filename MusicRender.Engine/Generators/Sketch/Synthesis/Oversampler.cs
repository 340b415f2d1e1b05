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

    // Room for whole strides past the block.
    private readonly float[] _input = new float[TapsAPhase - 1 + Mixer.BlockFrames + Spare];
    private readonly float[][] _phases = [.. Enumerable.Range(0, Factor).Select(_ => new float[TapsAPhase + Mixer.BlockFrames + Spare])];

    private static int Spare => Stride;

    // Two vectors at a time: each tap is loaded once for both.
    private static int Stride => 2 * Vector<float>.Count;

    /// <summary>Drives a block into <see cref="Saturation"/>, in place. What comes out is 15 frames late.</summary>
    public void Saturate(Span<float> samples, float drive)
    {
        var frames = samples.Length;
        samples.CopyTo(_input.AsSpan(TapsAPhase - 1));
        for (var from = 0; from < frames; from += Stride)
        {
            Raise(from);
        }

        foreach (var phase in _phases)
        {
            Saturation.Apply(phase.AsSpan(TapsAPhase, frames), drive);
        }

        _input.AsSpan(frames, TapsAPhase - 1).CopyTo(_input);
        Span<float> output = stackalloc float[Stride];
        for (var from = 0; from < frames; from += output.Length)
        {
            Lower(from, output);
            output[..Math.Min(output.Length, frames - from)].CopyTo(samples[from..]);
        }

        foreach (var phase in _phases)
        {
            phase.AsSpan(frames, TapsAPhase).CopyTo(phase);
        }
    }

    // All four phases at once: each sample is loaded once.
    private void Raise(int from)
    {
        ref var input = ref MemoryMarshal.GetArrayDataReference(_input);
        ref var response = ref MemoryMarshal.GetArrayDataReference(Response);
        var (one, two, three, four) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var (five, six, seven, eight) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        for (var tap = 0; tap < TapsAPhase; tap++)
        {
            ref var samples = ref Unsafe.Add(ref input, from + TapsAPhase - 1 - tap);
            var (first, second) = (Vector.LoadUnsafe(ref samples) * Factor, Vector.LoadUnsafe(ref samples, (nuint)Vector<float>.Count) * Factor);
            ref var taps = ref Unsafe.Add(ref response, tap * Factor);
            AddTap(first, second, new Vector<float>(taps), ref one, ref five);
            AddTap(first, second, new Vector<float>(Unsafe.Add(ref taps, 1)), ref two, ref six);
            AddTap(first, second, new Vector<float>(Unsafe.Add(ref taps, 2)), ref three, ref seven);
            AddTap(first, second, new Vector<float>(Unsafe.Add(ref taps, 3)), ref four, ref eight);
        }

        Keep(0, from, one, five);
        Keep(1, from, two, six);
        Keep(2, from, three, seven);
        Keep(3, from, four, eight);
    }

    private void Keep(int phase, int from, Vector<float> first, Vector<float> second)
    {
        first.CopyTo(_phases[phase], TapsAPhase + from);
        second.CopyTo(_phases[phase], TapsAPhase + from + Vector<float>.Count);
    }

    // The output at 4n is the sum over taps k of h(k) · x(4n − k).
    private void Lower(int from, Span<float> output)
    {
        // A sum for each phase: a single one would wait for itself at every tap.
        ref var response = ref MemoryMarshal.GetArrayDataReference(Response);
        ref var ofFirst = ref _phases[0][TapsAPhase + from];
        ref var ofSecond = ref _phases[1][TapsAPhase + from];
        ref var ofThird = ref _phases[2][TapsAPhase + from];
        ref var ofFourth = ref _phases[3][TapsAPhase + from];
        var (one, two, three, four) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var (five, six, seven, eight) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        for (var delay = 0; delay < TapsAPhase; delay++)
        {
            ref var taps = ref Unsafe.Add(ref response, delay * Factor);
            AddTap(ref Unsafe.Subtract(ref ofFirst, delay), taps, ref one, ref five);
            AddTap(ref Unsafe.Subtract(ref ofSecond, delay + 1), Unsafe.Add(ref taps, 3), ref two, ref six);
            AddTap(ref Unsafe.Subtract(ref ofThird, delay + 1), Unsafe.Add(ref taps, 2), ref three, ref seven);
            AddTap(ref Unsafe.Subtract(ref ofFourth, delay + 1), Unsafe.Add(ref taps, 1), ref four, ref eight);
        }

        (one + two + (three + four)).CopyTo(output);
        (five + six + (seven + eight)).CopyTo(output[Vector<float>.Count..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTap(ref float samples, float tap, ref Vector<float> sum, ref Vector<float> other) =>
        AddTap(Vector.LoadUnsafe(ref samples), Vector.LoadUnsafe(ref samples, (nuint)Vector<float>.Count), new Vector<float>(tap), ref sum, ref other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTap(Vector<float> first, Vector<float> second, Vector<float> tap, ref Vector<float> sum, ref Vector<float> other)
    {
        sum = Vector.FusedMultiplyAdd(first, tap, sum);
        other = Vector.FusedMultiplyAdd(second, tap, other);
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
