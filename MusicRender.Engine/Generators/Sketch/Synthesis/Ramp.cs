using System.Numerics;
using System.Runtime.InteropServices;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Gains that go in a straight line from one sample to the next.</summary>
internal static class Ramp
{
    /// <summary>Fills a span with a gain that begins at <paramref name="from"/> and grows by <paramref name="step"/> a sample.</summary>
    public static void Fill(Span<float> gains, float from, float step)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(gains);
        var gain = Vector.CreateSequence(from, step);
        var advance = new Vector<float>(Vector<float>.Count * step);
        for (var index = 0; index < vectors.Length; index++)
        {
            vectors[index] = gain;
            gain += advance;
        }

        for (var index = vectors.Length * Vector<float>.Count; index < gains.Length; index++)
        {
            gains[index] = from + (index * step);
        }
    }

    /// <summary>Multiplies a span, in place, by such a gain.</summary>
    public static void Multiply(Span<float> samples, float from, float step)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(samples);
        var gain = Vector.CreateSequence(from, step);
        var advance = new Vector<float>(Vector<float>.Count * step);
        for (var index = 0; index < vectors.Length; index++)
        {
            vectors[index] *= gain;
            gain += advance;
        }

        for (var index = vectors.Length * Vector<float>.Count; index < samples.Length; index++)
        {
            samples[index] *= from + (index * step);
        }
    }
}
