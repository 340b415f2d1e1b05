using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>An oscillator: reads a wavetable, a vector of samples at a time, in straight lines from one of the table's to the next.</summary>
internal static class TableReader
{
    /// <summary>Samples of a vector.</summary>
    public const int Lanes = 8;

    private const uint FractionMask = (1u << Wavetables.FractionBits) - 1;
    private const float Fraction = 1f / (1 << Wavetables.FractionBits);

    /// <summary>The next samples.</summary>
    /// <param name="table">The first sample of the table.</param>
    /// <param name="phase">Where in the cycle the first of them is; afterwards, where the one after the last is.</param>
    /// <param name="step">How far it is from one to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Next(ref float table, ref uint phase, uint step)
    {
        var phases = Vector256.Create(phase) + (Vector256.Create(step) * Vector256<uint>.Indices);
        var shares = Vector256.ConvertToSingle((phases & Vector256.Create(FractionMask)).AsInt32()) * Fraction;
        var (first, second) = (Four(ref table, phase, step), Four(ref table, phase + (4 * step), step));
        phase += Lanes * step;
        var here = Vector256.Narrow(first, second).AsSingle();
        var next = Vector256.Narrow(first >>> 32, second >>> 32).AsSingle();
        return here + (shares * (next - here));
    }

    // Four samples of the table, each with the one after it in its upper half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Four(ref float table, uint phase, uint step) => Vector256.Create(
        Vector128.Create(Two(ref table, phase), Two(ref table, phase + step)),
        Vector128.Create(Two(ref table, phase + (2 * step)), Two(ref table, phase + (3 * step)))).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Two(ref float table, uint phase) =>
        Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref table, phase >> Wavetables.FractionBits)));
}
