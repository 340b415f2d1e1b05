using System.Runtime.CompilerServices;
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

    private readonly float[] _bandwidths = new float[Last + 1];
    private readonly float[] _radii = new float[Last + 1];
    private Resonators _row;

    /// <summary>Throat and mouth of a person.</summary>
    /// <param name="size">Frequencies of the fixed formants, of a man's.</param>
    public VocalTract(float size)
    {
        _row.Brightness = 1;
        Tune(5, Sixth * size, Wide);
        Tune(6, Seventh * size, Wide);
    }

    /// <summary>
    /// How far highs are raised: that many times first differences are added. A throat has formants beyond the seventh, whose
    /// lower flanks lift what is below them; and soft voices have less.
    /// </summary>
    public float Brightness
    {
        get => _row.Brightness;
        set => _row.Brightness = value;
    }

    /// <summary>The resonators, to be taken for a control step and put back after it.</summary>
    public Resonators Row
    {
        get => _row;
        set => _row = value;
    }

    /// <summary>Sets a formant.</summary>
    /// <param name="formant">0–4; the two above are fixed.</param>
    /// <param name="frequency">Hz.</param>
    /// <param name="bandwidth">Hz.</param>
    public void Tune(int formant, float frequency, float bandwidth)
    {
        // Unity gain at 0 Hz, as in a row of resonators.
        var (back1, back2) = Resonate(formant + 1, frequency, bandwidth);
        _row.Gain = _row.Gain.WithElement(formant + 1, 1 - back1 - back2);
    }

    /// <summary>Sets the noise's place.</summary>
    public void TuneFriction(float frequency, float bandwidth)
    {
        // It stands alone: scaled by its peak.
        Resonate(0, frequency, bandwidth);
        _row.Gain = _row.Gain.WithElement(0, bandwidth * MathF.Tau / PcmFormat.SampleRate);
    }

    /// <summary>Makes what has died away silent: denormal numbers are slow.</summary>
    public void Flush() => (_row.State1, _row.State2) = (Flushed(_row.State1), Flushed(_row.State2));

    private static Vector256<float> Flushed(Vector256<float> state) =>
        Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(state), Vector256.Create(Tiny)), Vector256<float>.Zero, state);

    private (float Back1, float Back2) Resonate(int lane, float frequency, float bandwidth)
    {
        if (bandwidth != _bandwidths[lane])
        {
            (_bandwidths[lane], _radii[lane]) = (bandwidth, MathF.Exp(-MathF.PI * bandwidth / PcmFormat.SampleRate));
        }

        var radius = _radii[lane];
        var back1 = 2 * radius * MathF.Cos(MathF.Tau * MathF.Min(frequency, 15_000) / PcmFormat.SampleRate);
        var back2 = -radius * radius;
        _row.Back1 = _row.Back1.WithElement(lane, back1);
        _row.Back2 = _row.Back2.WithElement(lane, back2);
        return (back1, back2);
    }

    /// <summary>
    /// A lane each: first that of the noise, then the formants in order. A lane works on what the one before it gave two
    /// samples ago, so that all work at once and none waits; what comes out is twelve samples late.
    /// </summary>
    internal struct Resonators
    {
        private static readonly Vector256<int> FromTheLaneBefore = Vector256.Create(0, 0, 1, 2, 3, 4, 5, 6);
        private static readonly Vector256<float> Entries = Vector256.Create(-1, -1, 0, 0, 0, 0, 0, 0).AsSingle();

        public Vector256<float> Gain;
        public Vector256<float> Back1;
        public Vector256<float> Back2;
        public Vector256<float> State1;
        public Vector256<float> State2;
        public float Brightness;
        private float _last;
        private float _noise1;
        private float _noise2;

        /// <summary>What comes out of the mouth when the next sample comes in.</summary>
        /// <param name="voice">What the vocal folds and the breath make.</param>
        /// <param name="noise">The noise at the teeth.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Next(float voice, float noise)
        {
            // The noise passes only near its place: zeros at both ends of the spectrum keep the rest out.
            var entering = Vector128.Create(noise - _noise2, voice + (Brightness * (voice - _last)), 0, 0).ToVector256Unsafe();
            (_last, _noise1, _noise2) = (voice, noise, _noise1);
            var input = Vector256.ConditionalSelect(Entries, entering, Vector256.Shuffle(State2, FromTheLaneBefore));
            var output = Vector256.FusedMultiplyAdd(Back1, State1, Vector256.FusedMultiplyAdd(Gain, input, Back2 * State2));
            (State1, State2) = (output, State1);
            return output.GetElement(Last) + output.ToScalar();
        }
    }
}
