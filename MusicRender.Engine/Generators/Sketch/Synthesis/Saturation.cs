using System.Numerics;
using System.Runtime.InteropServices;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Soft clipping.</summary>
internal static class Saturation
{
    /// <summary>
    /// Drives samples into a curve that is straight for small and flat for large values:
    /// x(27+x²)/(27+9x²), the Padé approximant of tanh, held at ±1 from |x| = 3. Peaks of ±1 stay within ±1.
    /// </summary>
    /// <param name="samples">Changed in place.</param>
    /// <param name="drive">1 for hardly any, 10 for distortion. Small values come out about √drive louder.</param>
    public static void Apply(Span<float> samples, float drive)
    {
        var makeUp = 1 / MathF.Sqrt(drive);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(samples);
        for (var index = 0; index < vectors.Length; index++)
        {
            var x = Vector.Min(Vector.Max(vectors[index] * drive, new Vector<float>(-3)), new Vector<float>(3));
            var square = x * x;
            vectors[index] = x * (square + new Vector<float>(27)) / ((square * 9) + new Vector<float>(27)) * makeUp;
        }

        for (var index = vectors.Length * Vector<float>.Count; index < samples.Length; index++)
        {
            var x = Math.Clamp(samples[index] * drive, -3, 3);
            samples[index] = x * (27 + (x * x)) / (27 + (9 * x * x)) * makeUp;
        }
    }
}
