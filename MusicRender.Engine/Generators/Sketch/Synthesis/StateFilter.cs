using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>A state-variable filter (trapezoidal, after Simper 2013), a sample at a time. For sounds made in advance.</summary>
internal sealed class StateFilter
{
    private readonly float _a1;
    private readonly float _a2;
    private readonly float _a3;
    private readonly float _damping;
    private float _state1;
    private float _state2;

    /// <summary>A filter at a frequency in Hz; a resonance of 0.707 has none.</summary>
    public StateFilter(double frequency, double resonance)
    {
        var g = (float)Math.Tan(Math.PI * frequency / PcmFormat.SampleRate);
        _damping = (float)(1 / resonance);
        _a1 = 1 / (1 + (g * (g + _damping)));
        _a2 = g * _a1;
        _a3 = g * _a2;
    }

    /// <summary>What is below the frequency.</summary>
    public float Low(float input) => Split(input).Low;

    /// <summary>What is around the frequency.</summary>
    public float Band(float input) => Split(input).Band;

    /// <summary>What is above the frequency.</summary>
    public float High(float input)
    {
        var (low, band) = Split(input);
        return input - (_damping * band) - low;
    }

    private (float Low, float Band) Split(float input)
    {
        var v3 = input - _state2;
        var v1 = (_a1 * _state1) + (_a2 * v3);
        var v2 = _state2 + (_a2 * _state1) + (_a3 * v3);
        _state1 = (2 * v1) - _state1;
        _state2 = (2 * v2) - _state2;
        return (v2, v1);
    }
}
