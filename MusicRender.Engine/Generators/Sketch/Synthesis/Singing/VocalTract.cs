using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis.Singing;

/// <summary>
/// Throat and mouth: seven resonators one after the other (Klatt 1980), and one beside them for the noise of teeth and lips.
/// Five formants may move from one control step to the next; two above them stay, and give the voice its air.
/// </summary>
internal sealed class VocalTract
{
    private const int Count = 7;
    private const float Tiny = 1e-15f;

    /// <summary>The fixed formants of a man, Hz.</summary>
    public const float Sixth = 5_400;

    /// <summary>The highest formant of a man, Hz.</summary>
    public const float Seventh = 7_300;

    /// <summary>The bandwidth of the fixed formants, Hz.</summary>
    public const float Wide = 700;

    private readonly Resonator[] _formants = new Resonator[Count];
    private Resonator _friction;
    private float _last;
    private float _noise1;
    private float _noise2;

    /// <summary>Throat and mouth of a person.</summary>
    /// <param name="size">Frequencies of the fixed formants, of a man's.</param>
    public VocalTract(float size)
    {
        Tune(5, Sixth * size, Wide);
        Tune(6, Seventh * size, Wide);
    }

    /// <summary>
    /// How far highs are raised: that many times first differences are added. A throat has formants beyond the seventh, whose
    /// lower flanks lift what is below them; and soft voices have less.
    /// </summary>
    public float Brightness { get; set; } = 1;

    /// <summary>Sets a formant.</summary>
    /// <param name="formant">0–4; the two above are fixed.</param>
    /// <param name="frequency">Hz.</param>
    /// <param name="bandwidth">Hz.</param>
    public void Tune(int formant, float frequency, float bandwidth) => _formants[formant].Tune(frequency, bandwidth, 1);

    /// <summary>Sets the noise's place.</summary>
    public void TuneFriction(float frequency, float bandwidth) => _friction.Tune(frequency, bandwidth, bandwidth * MathF.Tau / PcmFormat.SampleRate);

    /// <summary>Shapes a stretch of the source, in place.</summary>
    /// <param name="source">What the vocal folds and the breath make; what comes out of the mouth afterwards.</param>
    /// <param name="friction">The noise at the teeth.</param>
    public void Shape(Span<float> source, ReadOnlySpan<float> friction)
    {
        var (last, brightness) = (_last, Brightness);
        for (var index = 0; index < source.Length; index++)
        {
            var input = source[index];
            source[index] = input + (brightness * (input - last));
            last = input;
        }

        _last = last;

        // Two after each other in one pass: while one waits for its own last sample the other works.
        Pair(ref _formants[0], ref _formants[1], source);
        Pair(ref _formants[2], ref _formants[3], source);
        Pair(ref _formants[4], ref _formants[5], source);
        Mouth(source, friction);
    }

    /// <summary>Makes what has died away silent: denormal numbers are slow.</summary>
    public void Flush()
    {
        foreach (ref var formant in _formants.AsSpan())
        {
            formant.Flush();
        }

        _friction.Flush();
    }

    private static void Pair(ref Resonator first, ref Resonator second, Span<float> samples)
    {
        var (a, b) = (first, second);
        for (var index = 0; index < samples.Length; index++)
        {
            samples[index] = b.Next(a.Next(samples[index]));
        }

        (first, second) = (a, b);
    }

    // The noise passes only near its place: zeros at both ends of the spectrum keep the rest out.
    private void Mouth(Span<float> samples, ReadOnlySpan<float> noise)
    {
        var (a, b, noise1, noise2) = (_formants[6], _friction, _noise1, _noise2);
        for (var index = 0; index < samples.Length; index++)
        {
            samples[index] = a.Next(samples[index]) + b.Next(noise[index] - noise2);
            (noise1, noise2) = (noise[index], noise1);
        }

        (_formants[6], _friction, _noise1, _noise2) = (a, b, noise1, noise2);
    }

    private struct Resonator
    {
        private float _gain;
        private float _back1;
        private float _back2;
        private float _state1;
        private float _state2;

        // Unity gain at 0 Hz times the given one, as in a row of resonators; one that stands alone is scaled by its peak.
        public void Tune(float frequency, float bandwidth, float gain)
        {
            var radius = MathF.Exp(-MathF.PI * bandwidth / PcmFormat.SampleRate);
            _back2 = -radius * radius;
            _back1 = 2 * radius * MathF.Cos(MathF.Tau * MathF.Min(frequency, 15_000) / PcmFormat.SampleRate);
            _gain = gain == 1 ? 1 - _back1 - _back2 : gain;
        }

        public float Next(float input)
        {
            var output = (_gain * input) + (_back1 * _state1) + (_back2 * _state2);
            _state2 = _state1;
            _state1 = output;
            return output;
        }

        public void Flush()
        {
            _state1 = MathF.Abs(_state1) < Tiny ? 0 : _state1;
            _state2 = MathF.Abs(_state2) < Tiny ? 0 : _state2;
        }
    }
}
