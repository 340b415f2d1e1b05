using System.Numerics.Tensors;

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

    private readonly float[] _input = new float[TapsAPhase - 1 + Mixer.BlockFrames];
    private readonly float[][] _phases = [.. Enumerable.Range(0, Factor).Select(_ => new float[TapsAPhase + Mixer.BlockFrames])];

    /// <summary>Drives a block into <see cref="Saturation"/>, in place. What comes out is 15 frames late.</summary>
    public void Saturate(Span<float> samples, float drive)
    {
        var frames = samples.Length;
        samples.CopyTo(_input.AsSpan(TapsAPhase - 1));
        for (var phase = 0; phase < Factor; phase++)
        {
            var output = _phases[phase].AsSpan(TapsAPhase, frames);
            output.Clear();
            for (var tap = 0; tap < TapsAPhase; tap++)
            {
                TensorPrimitives.MultiplyAdd(_input.AsSpan(TapsAPhase - 1 - tap, frames), Factor * Response[(tap * Factor) + phase], output, output);
            }

            Saturation.Apply(output, drive);
        }

        _input.AsSpan(frames, TapsAPhase - 1).CopyTo(_input);
        samples.Clear();
        for (var tap = 0; tap < Taps; tap++)
        {
            // The output at 4n is the sum over taps k of h(k) · x(4n − k).
            var phase = (Factor - (tap % Factor)) % Factor;
            var delay = (tap + Factor - 1) / Factor;
            TensorPrimitives.MultiplyAdd(_phases[phase].AsSpan(TapsAPhase - delay, frames), Response[tap], samples, samples);
        }

        foreach (var phase in _phases)
        {
            phase.AsSpan(frames, TapsAPhase).CopyTo(phase);
        }
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
