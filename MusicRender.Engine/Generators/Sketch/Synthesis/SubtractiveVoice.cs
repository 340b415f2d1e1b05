using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Up to three detuned oscillators and a sub-octave into a state-variable low-pass (trapezoidal, after Simper 2013).
/// </summary>
internal sealed class SubtractiveVoice : Voice
{
    private const double VibratoHz = 5.2;
    private const float Fraction = 1f / (1 << Wavetables.FractionBits);

    private readonly uint[] _phases = new uint[3];
    private readonly uint[] _steps = new uint[3];
    private SubtractivePatch _patch = null!;
    private float[] _table = [];
    private float[] _sine = [];
    private Envelope _amplitude;
    private Envelope _filter;
    private SeededRandom _random;
    private double _frequency;
    private double _velocity;
    private double _seconds;
    private uint _subPhase;
    private uint _subStep;
    private float _level;
    private float _levelStep;
    private float _a1;
    private float _a2;
    private float _a3;
    private float _step1;
    private float _step2;
    private float _step3;
    private float _state1;
    private float _state2;
    private float _b1;
    private float _b2;
    private float _b3;
    private float _b1Step;
    private float _b2Step;
    private float _b3Step;
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
        _a1 = 0;
        _state1 = 0;
        _state2 = 0;
        _steep1 = 0;
        _steep2 = 0;
        _subPhase = 0;

        // Free-running oscillators: several that start together would begin each note with the same peak.
        for (var index = 0; index < _phases.Length; index++)
        {
            _phases[index] = _patch.Oscillators == 1 ? 0 : (uint)_random.NextBits();
        }
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
        var cents = _patch.Vibrato * Math.Clamp((_seconds - 0.25) * 3, 0, 1) * Math.Sin(2 * Math.PI * VibratoHz * (_seconds - 0.25));
        if (_patch.PitchFall != 0)
        {
            cents += 100 * _patch.PitchFall * Math.Exp(-_seconds / _patch.FallSeconds);
        }

        var bent = cents == 0 ? _frequency : _frequency * Math.Pow(2, cents / 1200);
        for (var index = 0; index < _patch.Oscillators; index++)
        {
            var detune = _patch.Oscillators switch { 1 => 0, 2 => index - 0.5, _ => index - 1 };
            _steps[index] = PhaseStep(detune == 0 ? bent : bent * (1 + (detune * _patch.Detune * 0.00057779)));
        }

        _subStep = PhaseStep(bent / 2);
        SetCutoff(opening);
        _seconds += (double)Envelope.Segment / PcmFormat.SampleRate;
        return true;
    }

    /// <inheritdoc/>
    protected override void RenderSegment(Span<float> output)
    {
        Oscillate(output);
        var (a1, a2, a3, s1, s2) = (_a1, _a2, _a3, _state1, _state2);
        var (step1, step2, step3) = (_step1, _step2, _step3);
        var (level, step) = (_level, _levelStep);
        for (var index = 0; index < output.Length; index++)
        {
            a1 += step1;
            a2 += step2;
            a3 += step3;
            var v3 = output[index] - s2;
            var v1 = (a1 * s1) + (a2 * v3);
            var v2 = s2 + (a2 * s1) + (a3 * v3);
            s1 = (2 * v1) - s1;
            s2 = (2 * v2) - s2;
            output[index] = v2 * level;
            level += step;
        }

        _level = level;
        (_a1, _a2, _a3) = (a1, a2, a3);
        _state1 = MathF.Abs(s1) < 1e-15f ? 0 : s1;
        _state2 = MathF.Abs(s2) < 1e-15f ? 0 : s2;
        if (_patch.IsSteep)
        {
            FilterAgain(output);
        }
    }

    // The second stage has no resonance of its own.
    private void FilterAgain(Span<float> output)
    {
        var (a1, a2, a3, s1, s2) = (_b1, _b2, _b3, _steep1, _steep2);
        var (step1, step2, step3) = (_b1Step, _b2Step, _b3Step);
        for (var index = 0; index < output.Length; index++)
        {
            a1 += step1;
            a2 += step2;
            a3 += step3;
            var v3 = output[index] - s2;
            var v1 = (a1 * s1) + (a2 * v3);
            var v2 = s2 + (a2 * s1) + (a3 * v3);
            s1 = (2 * v1) - s1;
            s2 = (2 * v2) - s2;
            output[index] = v2;
        }

        (_b1, _b2, _b3) = (a1, a2, a3);
        _steep1 = MathF.Abs(s1) < 1e-15f ? 0 : s1;
        _steep2 = MathF.Abs(s2) < 1e-15f ? 0 : s2;
    }

    private float Scale => (float)(_patch.Gain * _velocity * (_patch.Oscillators == 1 ? 1 : _patch.Oscillators == 2 ? 0.7 : 0.55));

    private static uint PhaseStep(double frequency) => (uint)(frequency / PcmFormat.SampleRate * 4294967296.0);

    private void Oscillate(Span<float> output)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        for (var oscillator = 0; oscillator < _patch.Oscillators; oscillator++)
        {
            var (phase, step) = (_phases[oscillator], _steps[oscillator]);
            if (oscillator == 0)
            {
                for (var index = 0; index < output.Length; index++)
                {
                    output[index] = Read(ref table, phase);
                    phase += step;
                }
            }
            else
            {
                for (var index = 0; index < output.Length; index++)
                {
                    output[index] += Read(ref table, phase);
                    phase += step;
                }
            }

            _phases[oscillator] = phase;
        }

        if (_patch.Sub > 0)
        {
            ref var sine = ref MemoryMarshal.GetArrayDataReference(_sine);
            var (phase, step, sub) = (_subPhase, _subStep, (float)_patch.Sub);
            for (var index = 0; index < output.Length; index++)
            {
                output[index] += sub * Read(ref sine, phase);
                phase += step;
            }

            _subPhase = phase;
        }

        if (_patch.Noise > 0)
        {
            var noise = (float)_patch.Noise;
            for (var index = 0; index < output.Length; index++)
            {
                output[index] += noise * _random.Bipolar();
            }
        }
    }

    private void SetCutoff(float opening)
    {
        var octaves = (_patch.Tracking * Math.Log2(_frequency / 261.6)) + (_patch.Sweep * opening * (0.4 + (0.6 * _velocity)));
        var cutoff = Math.Clamp(_patch.Cutoff * Math.Pow(2, octaves), 40, 18_000);
        var g = (float)Math.Tan(Math.PI * cutoff / PcmFormat.SampleRate);
        var a1 = 1 / (1 + (g * (g + (float)(1 / _patch.Resonance))));
        var a2 = g * a1;
        var a3 = g * a2;
        var b1 = 1 / (1 + (g * (g + 1.414f)));
        var b2 = g * b1;
        var b3 = g * b2;
        if (_a1 == 0)
        {
            (_a1, _a2, _a3) = (a1, a2, a3);
            (_b1, _b2, _b3) = (b1, b2, b3);
        }

        // In straight lines over the segment: steps would be heard as a tone of their own.
        (_step1, _step2, _step3) = ((a1 - _a1) / Envelope.Segment, (a2 - _a2) / Envelope.Segment, (a3 - _a3) / Envelope.Segment);
        (_b1Step, _b2Step, _b3Step) = ((b1 - _b1) / Envelope.Segment, (b2 - _b2) / Envelope.Segment, (b3 - _b3) / Envelope.Segment);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Read(ref float table, uint phase)
    {
        ref var sample = ref Unsafe.Add(ref table, phase >> Wavetables.FractionBits);
        var fraction = (phase & ((1u << Wavetables.FractionBits) - 1)) * Fraction;
        return sample + (fraction * (Unsafe.Add(ref sample, 1) - sample));
    }
}
