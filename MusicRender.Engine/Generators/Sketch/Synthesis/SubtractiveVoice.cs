using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Up to three detuned oscillators and a sub-octave into a state-variable low-pass (trapezoidal, after Simper 2013).
/// </summary>
internal sealed class SubtractiveVoice : Voice
{
    private const double VibratoHz = 5.2;
    private const double Ln2 = 0.6931471805599453;

    // What goes into the filter, in whole vectors.
    private readonly float[] _input = new float[Envelope.Segment];

    private SubtractivePatch _patch = null!;
    private float[] _table = [];
    private float[] _sine = [];
    private Envelope _amplitude;
    private Envelope _filter;
    private SeededRandom _random;
    private Phases _phases;
    private double _frequency;
    private double _velocity;
    private double _seconds;
    private uint _subPhase;
    private uint _subStep;
    private float _level;
    private float _levelStep;
    private Coefficients _main;
    private Coefficients _mainStep;
    private Coefficients _second;
    private Coefficients _secondStep;
    private double _opening;
    private double _octaves;
    private double _sweep;
    private float _state1;
    private float _state2;
    private float _steep1;
    private float _steep2;

    /// <inheritdoc/>
    public override float Loudness => _amplitude.Level;

    /// <inheritdoc/>
    protected override void Start(Note note, Patch patch, double frequency, ulong noise)
    {
        _patch = (SubtractivePatch)patch;
        _frequency = frequency;
        _velocity = note.Velocity;
        _table = Wavetables.Of(_patch.Wave, frequency);
        _sine = Wavetables.Of(Wave.Sine, frequency);
        _amplitude = new Envelope(_patch.Amplitude);
        _filter = new Envelope(_patch.Filter);
        _random = new SeededRandom(noise);
        _seconds = 0;
        _level = 0;
        _levelStep = 0;
        _main = default;
        _mainStep = default;
        _secondStep = default;
        _opening = -1;
        _octaves = _patch.Tracking * Math.Log2(frequency / 261.6);
        _sweep = _patch.Sweep * (0.4 + (0.6 * _velocity));
        _state1 = 0;
        _state2 = 0;
        _steep1 = 0;
        _steep2 = 0;
        _subPhase = 0;

        // Free-running oscillators: several that start together would begin each note with the same peak.
        _phases = _patch.Oscillators == 1 ? default : new Phases { First = (uint)_random.NextBits(), Second = (uint)_random.NextBits(), Third = (uint)_random.NextBits() };
    }

    /// <inheritdoc/>
    protected override bool Advance(bool isHeld)
    {
        _level = _amplitude.Level * Scale;
        _amplitude.Advance(isHeld);
        if (_amplitude.IsOver && _level == 0)
        {
            return false;
        }

        _levelStep = ((_amplitude.Level * Scale) - _level) / Envelope.Segment;
        var opening = _filter.Advance(isHeld);
        var cents = _patch.Vibrato == 0 || _seconds < 0.25
            ? 0
            : _patch.Vibrato * Math.Min((_seconds - 0.25) * 3, 1) * Math.Sin(2 * Math.PI * VibratoHz * (_seconds - 0.25));
        if (_patch.PitchFall != 0)
        {
            cents += 100 * _patch.PitchFall * Math.Exp(-_seconds / _patch.FallSeconds);
        }

        var bent = cents == 0 ? _frequency : _frequency * Math.Exp(cents * (Ln2 / 1200));
        var apart = _patch.Detune * 0.00057779;
        (_phases.FirstStep, _phases.SecondStep, _phases.ThirdStep) = _patch.Oscillators switch
        {
            1 => (PhaseStep(bent), 0u, 0u),
            2 => (PhaseStep(bent * (1 - (0.5 * apart))), PhaseStep(bent * (1 + (0.5 * apart))), 0u),
            _ => (PhaseStep(bent * (1 - apart)), PhaseStep(bent), PhaseStep(bent * (1 + apart))),
        };
        _subStep = PhaseStep(bent / 2);
        SetCutoff(opening);
        _seconds += (double)Envelope.Segment / PcmFormat.SampleRate;
        return true;
    }

    /// <inheritdoc/>
    protected override void RenderSegment(Span<float> output)
    {
        Underlay(output.Length);
        switch (_patch.Oscillators)
        {
            case 1:
                Render<One>(output);
                break;
            case 2:
                Render<Two>(output);
                break;
            default:
                Render<Three>(output);
                break;
        }
    }

    private void Render<TBank>(Span<float> output)
        where TBank : struct, IBank
    {
        if (_patch.IsSteep)
        {
            FilterTwice<TBank>(output);
        }
        else
        {
            Filter<TBank>(output);
        }
    }

    // Oscillators and filter by turns, a vector of samples at a time: while the filter waits for its own last sample the
    // oscillators work.
    private void Filter<TBank>(Span<float> output)
        where TBank : struct, IBank
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        ref var input = ref MemoryMarshal.GetArrayDataReference(_input);
        var phases = _phases;
        var (p, q, r) = (_main.P, _main.Q, _main.R);
        var (pStep, qStep, rStep) = (_mainStep.P, _mainStep.Q, _mainStep.R);
        var (s1, s2) = (_state1, _state2);
        var (level, step) = (0.5f * _level, 0.5f * _levelStep);
        for (var from = 0; from < output.Length; from += TableReader.Lanes)
        {
            (Vector256.LoadUnsafe(ref input, (nuint)from) + TBank.Next(ref table, ref phases)).StoreUnsafe(ref input, (nuint)from);
            var to = Math.Min(from + TableReader.Lanes, output.Length);
            for (var index = from; index < to; index++)
            {
                p += pStep;
                q += qStep;
                r += rStep;
                output[index] = Next(Unsafe.Add(ref input, index), p, q, r, ref s1, ref s2) * level;
                level += step;
            }
        }

        _phases.Advance(output.Length);
        _level = 2 * level;
        _main = new Coefficients(p, q, r);
        (_state1, _state2) = (Flushed(s1), Flushed(s2));
    }

    // The second stage has no resonance of its own.
    private void FilterTwice<TBank>(Span<float> output)
        where TBank : struct, IBank
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        ref var input = ref MemoryMarshal.GetArrayDataReference(_input);
        var phases = _phases;
        var (p, q, r) = (_main.P, _main.Q, _main.R);
        var (pStep, qStep, rStep) = (_mainStep.P, _mainStep.Q, _mainStep.R);
        var (t, u, v) = (_second.P, _second.Q, _second.R);
        var (tStep, uStep, vStep) = (_secondStep.P, _secondStep.Q, _secondStep.R);
        var (s1, s2, z1, z2) = (_state1, _state2, _steep1, _steep2);
        var (level, step) = (0.25f * _level, 0.25f * _levelStep);
        for (var from = 0; from < output.Length; from += TableReader.Lanes)
        {
            (Vector256.LoadUnsafe(ref input, (nuint)from) + TBank.Next(ref table, ref phases)).StoreUnsafe(ref input, (nuint)from);
            var to = Math.Min(from + TableReader.Lanes, output.Length);
            for (var index = from; index < to; index++)
            {
                p += pStep;
                q += qStep;
                r += rStep;
                t += tStep;
                u += uStep;
                v += vStep;
                var once = Next(Unsafe.Add(ref input, index), p, q, r, ref s1, ref s2) * level;
                output[index] = Next(once, t, u, v, ref z1, ref z2);
                level += step;
            }
        }

        _phases.Advance(output.Length);
        _level = 4 * level;
        _main = new Coefficients(p, q, r);
        _second = new Coefficients(t, u, v);
        (_state1, _state2) = (Flushed(s1), Flushed(s2));
        (_steep1, _steep2) = (Flushed(z1), Flushed(z2));
    }

    // The filter as the step of its two states, which waits least for itself. What comes out is twice the low-pass.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Next(float input, float p, float q, float r, ref float s1, ref float s2)
    {
        var next1 = MathF.FusedMultiplyAdd(p, s1, MathF.FusedMultiplyAdd(-q, s2, q * input));
        var next2 = MathF.FusedMultiplyAdd(1 - r, s2, MathF.FusedMultiplyAdd(q, s1, r * input));
        var twice = s2 + next2;
        (s1, s2) = (next1, next2);
        return twice;
    }

    private static float Flushed(float state) => MathF.Abs(state) < 1e-15f ? 0 : state;

    private float Scale => (float)(_patch.Gain * _velocity * (_patch.Oscillators == 1 ? 1 : _patch.Oscillators == 2 ? 0.7 : 0.55));

    private static uint PhaseStep(double frequency) => (uint)(frequency / PcmFormat.SampleRate * 4294967296.0);

    // What sounds beside the oscillators.
    private void Underlay(int frames)
    {
        Array.Clear(_input);
        if (_patch.Sub > 0)
        {
            ref var sine = ref MemoryMarshal.GetArrayDataReference(_sine);
            ref var input = ref MemoryMarshal.GetArrayDataReference(_input);
            var (phase, sub) = (_subPhase, (float)_patch.Sub);
            for (var from = 0; from < frames; from += TableReader.Lanes)
            {
                (sub * TableReader.Next(ref sine, ref phase, _subStep)).StoreUnsafe(ref input, (nuint)from);
            }

            _subPhase += (uint)frames * _subStep;
        }

        if (_patch.Noise > 0)
        {
            var noise = (float)_patch.Noise;
            foreach (ref var sample in _input.AsSpan(0, frames))
            {
                sample += noise * _random.Bipolar();
            }
        }
    }

    private void SetCutoff(float opening)
    {
        // Moves that nobody hears are left out.
        var opened = _sweep * opening;
        if (Math.Abs(opened - _opening) < 2e-4 && _main.R != 0)
        {
            (_mainStep, _secondStep) = (default, default);
            return;
        }

        _opening = opened;
        var cutoff = Math.Clamp(_patch.Cutoff * Math.Exp((_octaves + opened) * Ln2), 40, 18_000);
        var g = Tangent((float)(Math.PI * cutoff / PcmFormat.SampleRate));
        var main = Coefficients.Of(g, (float)(1 / _patch.Resonance));
        var second = _patch.IsSteep ? Coefficients.Of(g, 1.414f) : default;
        if (_main.R == 0)
        {
            (_main, _second) = (main, second);
        }

        // In straight lines over the segment: steps would be heard as a tone of their own.
        (_mainStep, _secondStep) = (main.StepFrom(_main), second.StepFrom(_second));
    }

    // Padé's approximant, right to 0.01 % up to 18 kHz.
    private static float Tangent(float x)
    {
        var square = x * x;
        return x * (945 - (105 * square) + (square * square)) / (945 - (420 * square) + (15 * square * square));
    }

    /// <summary>The filter's step: its first state keeps P of itself and takes Q of what comes in less the second one, which takes R of that and Q of the first.</summary>
    private readonly record struct Coefficients(float P, float Q, float R)
    {
        public static Coefficients Of(float g, float damping)
        {
            var a1 = 1 / (1 + (g * (g + damping)));
            return new Coefficients((2 * a1) - 1, 2 * g * a1, 2 * g * g * a1);
        }

        public Coefficients StepFrom(Coefficients now) =>
            new((P - now.P) / Envelope.Segment, (Q - now.Q) / Envelope.Segment, (R - now.R) / Envelope.Segment);
    }

    /// <summary>Where the oscillators are in their cycles, and how far they go in a sample.</summary>
    private struct Phases
    {
        public uint First;
        public uint Second;
        public uint Third;
        public uint FirstStep;
        public uint SecondStep;
        public uint ThirdStep;

        public void Advance(int frames)
        {
            First += (uint)frames * FirstStep;
            Second += (uint)frames * SecondStep;
            Third += (uint)frames * ThirdStep;
        }
    }

    /// <summary>Some oscillators.</summary>
    private interface IBank
    {
        /// <summary>The sums of their next samples, a vector of them; goes on by as many.</summary>
        static abstract Vector256<float> Next(ref float table, ref Phases phases);
    }

    private struct One : IBank
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Next(ref float table, ref Phases phases) => TableReader.Next(ref table, ref phases.First, phases.FirstStep);
    }

    private struct Two : IBank
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Next(ref float table, ref Phases phases) =>
            TableReader.Next(ref table, ref phases.First, phases.FirstStep) + TableReader.Next(ref table, ref phases.Second, phases.SecondStep);
    }

    private struct Three : IBank
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Next(ref float table, ref Phases phases) =>
            TableReader.Next(ref table, ref phases.First, phases.FirstStep) + TableReader.Next(ref table, ref phases.Second, phases.SecondStep)
            + TableReader.Next(ref table, ref phases.Third, phases.ThirdStep);
    }
}
