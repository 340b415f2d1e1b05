using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Two pairs of sines, in each of which one moves the other's phase (Chowning 1973): electric pianos, bells. The first pair
/// is the body, the second what is heard of the stroke.
/// </summary>
internal sealed class FmVoice : Voice
{
    private const double FullTurn = 4294967296.0;
    private const float Fraction = 1f / (1 << Wavetables.FractionBits);
    private const double Highest = 19_500;

    // What the side bands past the end of hearing may have: −63 dB.
    private const double Inaudible = 0.0007;

    private static readonly float[] Sine = Wavetables.Of(Wave.Sine, 440);

    private readonly Pair[] _pairs = new Pair[2];
    private FmPatch _patch = null!;
    private Envelope _amplitude;
    private float _scale;
    private float _level;
    private float _levelStep;

    /// <inheritdoc/>
    public override float Loudness => _amplitude.Level;

    /// <inheritdoc/>
    protected override void Start(Note note, Patch patch, double frequency, ulong noise)
    {
        _patch = (FmPatch)patch;
        _amplitude = new Envelope(_patch.Amplitude);
        _pairs[0] = Pair.Of(_patch.Body, frequency, note.Velocity);
        _pairs[1] = Pair.Of(_patch.Stroke, frequency, note.Velocity);
        _scale = (float)_patch.Gain * note.Velocity;
        _level = 0;
        _levelStep = 0;
    }

    /// <inheritdoc/>
    protected override bool Advance(bool isHeld)
    {
        _level = _amplitude.Level * _scale;
        _amplitude.Advance(isHeld);
        if (_amplitude.IsOver && _level == 0)
        {
            return false;
        }

        _levelStep = ((_amplitude.Level * _scale) - _level) / Envelope.Segment;
        return true;
    }

    /// <inheritdoc/>
    protected override void RenderSegment(Span<float> output)
    {
        output.Clear();
        foreach (ref var pair in _pairs.AsSpan())
        {
            if (pair.Level > 1e-4)
            {
                pair.AddTo(output);
            }
        }

        Ramp.Multiply(output, _level, _levelStep);
        _level += output.Length * _levelStep;
    }

    /// <summary>The depth, in radians, at which what folds back is still inaudible: by the first term of Bessel's function of the first side band that does.</summary>
    private static double DeepestAt(double frequency, double modulator)
    {
        var bands = (int)Math.Floor((Highest - frequency) / modulator);
        if (bands < 1)
        {
            return 0;
        }

        var (order, factorial) = (bands + 1, 1.0);
        for (var index = 2; index <= order; index++)
        {
            factorial *= index;
        }

        return 2 * Math.Pow(factorial * Inaudible, 1.0 / order);
    }

    private struct Pair
    {
        private uint _carrier;
        private uint _carrierStep;
        private uint _modulator;
        private uint _modulatorStep;
        private double _depth;
        private double _floor;
        private double _fall;
        private double _levelFall;

        public double Level { get; private set; }

        public static Pair Of(FmPair shape, double frequency, double velocity)
        {
            var carrier = frequency * shape.Carrier;
            if (shape.Level == 0 || carrier > Highest)
            {
                return default;
            }

            var modulator = frequency * shape.Ratio;
            var depth = Math.Min(shape.Index * (0.25 + (0.75 * velocity)), DeepestAt(carrier, modulator));
            return new Pair
            {
                Level = shape.Level,
                _carrierStep = (uint)(carrier / PcmFormat.SampleRate * FullTurn),
                _modulatorStep = depth == 0 ? 0 : (uint)(modulator / PcmFormat.SampleRate * FullTurn),
                _depth = depth,
                _floor = depth * shape.IndexFloor,
                _fall = Math.Exp(-(double)Envelope.Segment / PcmFormat.SampleRate / shape.IndexDecay),
                _levelFall = shape.Decay == 0 ? 1 : Math.Exp(-(double)Envelope.Segment / PcmFormat.SampleRate / shape.Decay),
            };
        }

        public void AddTo(Span<float> output)
        {
            ref var sine = ref MemoryMarshal.GetArrayDataReference(Sine);
            var (carrier, modulator) = (_carrier, _modulator);
            var (carrierStep, modulatorStep) = (_carrierStep, _modulatorStep);
            var depth = (float)(_depth / (2 * Math.PI) * FullTurn);
            var share = (double)output.Length / Envelope.Segment;
            var next = Level * (share == 1 ? _levelFall : Math.Pow(_levelFall, share));
            var (level, step) = ((float)Level, (float)((next - Level) / output.Length));
            for (var index = 0; index < output.Length; index++)
            {
                var moved = carrier + (uint)(long)(depth * Read(ref sine, modulator));
                output[index] += level * Read(ref sine, moved);
                carrier += carrierStep;
                modulator += modulatorStep;
                level += step;
            }

            (_carrier, _modulator, Level) = (carrier, modulator, next);
            _depth = _floor + ((_depth - _floor) * (share == 1 ? _fall : Math.Pow(_fall, share)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float Read(ref float table, uint phase)
        {
            ref var sample = ref Unsafe.Add(ref table, phase >> Wavetables.FractionBits);
            var fraction = (phase & ((1u << Wavetables.FractionBits) - 1)) * Fraction;
            return sample + (fraction * (Unsafe.Add(ref sample, 1) - sample));
        }
    }
}
