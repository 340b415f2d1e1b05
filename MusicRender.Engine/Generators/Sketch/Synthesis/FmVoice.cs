using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Two sines, one moving the other's phase (Chowning 1973): electric pianos, bells, mallets.</summary>
internal sealed class FmVoice : Voice
{
    private const double FullTurn = 4294967296.0;

    private static readonly float[] Sine = Wavetables.Of(Wave.Sine, 440);

    private FmPatch _patch = null!;
    private Envelope _amplitude;
    private uint _carrier;
    private uint _carrierStep;
    private uint _modulator;
    private uint _modulatorStep;
    private double _depth;
    private double _depthFloor;
    private double _depthFactor;
    private float _scale;
    private float _level;
    private float _levelStep;

    /// <inheritdoc/>
    public override float Loudness => _amplitude.Level;

    /// <inheritdoc/>
    protected override void Start(Note note, double frequency, ulong noise)
    {
        _patch = (FmPatch)Patches.Of(note.Timbre);
        _amplitude = new Envelope(_patch.Amplitude);
        _carrier = 0;
        _modulator = 0;
        _carrierStep = (uint)(frequency / PcmFormat.SampleRate * FullTurn);
        _modulatorStep = (uint)(Math.Min(frequency * _patch.Ratio, 20_000) / PcmFormat.SampleRate * FullTurn);

        // High notes take less depth: side bands past the end of hearing would fold back (Carson's rule).
        var room = Math.Max(0, (18_000 - frequency) / (frequency * _patch.Ratio)) - 1;
        _depth = Math.Min(_patch.Index * (0.3 + (0.7 * note.Velocity)), Math.Max(0, room));
        _depthFloor = _depth * _patch.IndexFloor;
        _depthFactor = Math.Exp(-(double)Envelope.Segment / PcmFormat.SampleRate / _patch.IndexDecay);
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
        _depth = _depthFloor + ((_depth - _depthFloor) * _depthFactor);
        return true;
    }

    /// <inheritdoc/>
    protected override void RenderSegment(Span<float> output)
    {
        var sine = Sine;
        var (carrier, modulator, level) = (_carrier, _modulator, _level);
        var depth = (float)(_depth / (2 * Math.PI) * FullTurn);
        for (var index = 0; index < output.Length; index++)
        {
            var moved = carrier + (uint)(long)(depth * sine[modulator >> Wavetables.FractionBits]);
            output[index] = level * sine[moved >> Wavetables.FractionBits];
            carrier += _carrierStep;
            modulator += _modulatorStep;
            level += _levelStep;
        }

        (_carrier, _modulator, _level) = (carrier, modulator, level);
    }
}
