using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Takes away what lies below a frequency, 6 dB an octave, and any direct part.</summary>
internal sealed class HighPass(double frequency)
{
    private readonly float _share = 1 - (float)Math.Exp(-2 * Math.PI * frequency / PcmFormat.SampleRate);
    private float _low;

    /// <summary>Filters a block in place.</summary>
    public void Process(Span<float> samples)
    {
        var (low, share) = (_low, _share);
        for (var index = 0; index < samples.Length; index++)
        {
            low = MathF.FusedMultiplyAdd(1 - share, low, share * samples[index]);
            samples[index] -= low;
        }

        _low = low;
    }

    /// <summary>Makes a state that has died away silent: denormal numbers are slow.</summary>
    public void Flush() => _low = MathF.Abs(_low) < 1e-15f ? 0 : _low;
}
