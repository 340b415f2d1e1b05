using System.Runtime.Intrinsics;
using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis.Singing;

/// <summary>
/// Throat and mouth: seven resonators one after the other (Klatt 1980), and one beside them for the noise of teeth and lips.
/// Five formants may move from one control step to the next; two above them stay, and give the voice its air.
/// </summary>
internal sealed class VocalTract
{
    private const int Last = 7;
    private const float Tiny = 1e-15f;

    /// <summary>The fixed formants of a man, Hz.</summary>
    public const float Sixth = 5_400;

    /// <summary>The highest formant of a man, Hz.</summary>
    public const float Seventh = 7_300;

    /// <summary>The bandwidth of the fixed formants, Hz.</summary>
    public const float Wide = 700;

    // A lane each: first that of the noise, then the formants in order. A lane works on what the one before it gave two samples
    // ago, so that all work at once and none waits; what comes out is twelve samples late.
    private static readonly Vector256<int> FromTheLaneBefore = Vector256.Create(0, 0, 1, 2, 3, 4, 5, 6);
    private static readonly Vector256<float> Entries = Vector256.Create(-1, -1, 0, 0, 0, 0, 0, 0).AsSingle();

    private Vector256<float> _gain;
    private Vector256<float> _back1;
    private Vector256<float> _back2;
    private Vector256<float> _state1;
    private Vector256<float> _state2;
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
    public void Tune(int formant, float frequency, float bandwidth)
    {
        // Unity gain at 0 Hz, as in a row of resonators.
        var (back1, back2) = Resonate(formant + 1, frequency, bandwidth);
        _gain = _gain.WithElement(formant + 1, 1 - back1 - back2);
    }

    /// <summary>Sets the noise's place.</summary>
    public void TuneFriction(float frequency, float bandwidth)
    {
        // It stands alone: scaled by its peak.
        Resonate(0, frequency, bandwidth);
        _gain = _gain.WithElement(0, bandwidth * MathF.Tau / PcmFormat.SampleRate);
    }

    /// <summary>Shapes a stretch of the source, in place.</summary>
    /// <param name="source">What the vocal folds and the breath make; what comes out of the mouth afterwards.</param>
    /// <param name="friction">The noise at the teeth.</param>
    public void Shape(Span<float> source, ReadOnlySpan<float> friction)
    {
        var (last, brightness, noise1, noise2) = (_last, Brightness, _noise1, _noise2);
        var (gain, back1, back2, state1, state2) = (_gain, _back1, _back2, _state1, _state2);
        friction = friction[..source.Length];
        for (var index = 0; index < source.Length; index++)
        {
            // The noise passes only near its place: zeros at both ends of the spectrum keep the rest out.
            var (voice, noise) = (source[index], friction[index]);
            var entering = Vector128.Create(noise - noise2, voice + (brightness * (voice - last)), 0, 0).ToVector256Unsafe();
            (last, noise1, noise2) = (voice, noise, noise1);
            var input = Vector256.ConditionalSelect(Entries, entering, Vector256.Shuffle(state2, FromTheLaneBefore));
            var output = Vector256.FusedMultiplyAdd(back1, state1, Vector256.FusedMultiplyAdd(gain, input, back2 * state2));
            (state1, state2) = (output, state1);
            source[index] = output.GetElement(Last) + output.ToScalar();
        }

        (_last, _noise1, _noise2, _state1, _state2) = (last, noise1, noise2, state1, state2);
    }

    /// <summary>Makes what has died away silent: denormal numbers are slow.</summary>
    public void Flush() => (_state1, _state2) = (Flushed(_state1), Flushed(_state2));

    private static Vector256<float> Flushed(Vector256<float> state) =>
        Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(state), Vector256.Create(Tiny)), Vector256<float>.Zero, state);

    private (float Back1, float Back2) Resonate(int lane, float frequency, float bandwidth)
    {
        var radius = MathF.Exp(-MathF.PI * bandwidth / PcmFormat.SampleRate);
        var back1 = 2 * radius * MathF.Cos(MathF.Tau * MathF.Min(frequency, 15_000) / PcmFormat.SampleRate);
        var back2 = -radius * radius;
        _back1 = _back1.WithElement(lane, back1);
        _back2 = _back2.WithElement(lane, back2);
        return (back1, back2);
    }
}
