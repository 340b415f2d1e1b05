using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Times and level of an envelope.</summary>
/// <param name="Attack">Seconds to full.</param>
/// <param name="Decay">Seconds in which two thirds of the way down to the sustain are gone.</param>
/// <param name="Sustain">Level while held, 0–1.</param>
/// <param name="Release">Seconds to silence (−60 dB) after the key is let go.</param>
internal readonly record struct EnvelopeShape(double Attack, double Decay, double Sustain, double Release);

/// <summary>An envelope, stepped at control rate: <see cref="Segment"/> frames a step.</summary>
internal struct Envelope
{
    /// <summary>Frames of a control step.</summary>
    public const int Segment = 32;

    private const double Step = (double)Segment / PcmFormat.SampleRate;

    private readonly float _attackStep;
    private readonly float _decayFactor;
    private readonly float _sustain;
    private readonly float _releaseFactor;
    private bool _attacking;

    /// <summary>An envelope at its start.</summary>
    public Envelope(EnvelopeShape shape)
    {
        _attackStep = (float)Math.Min(1, Step / Math.Max(1e-4, shape.Attack));
        _decayFactor = (float)Math.Exp(-Step / Math.Max(1e-3, shape.Decay));
        _sustain = (float)shape.Sustain;
        _releaseFactor = (float)Math.Exp(-6.9 * Step / Math.Max(0.005, shape.Release));
        _attacking = true;
    }

    /// <summary>The level now, 0–1.</summary>
    public float Level { get; private set; }

    /// <summary>Goes on by a control step and gives the level there. Exactly 0 is the end.</summary>
    public float Advance(bool isHeld)
    {
        if (!isHeld)
        {
            Level = Level < 0.0003f ? 0 : Level * _releaseFactor;
        }
        else if (_attacking)
        {
            Level += _attackStep;
            if (Level >= 1)
            {
                Level = 1;
                _attacking = false;
            }
        }
        else
        {
            Level = _sustain + ((Level - _sustain) * _decayFactor);
            if (Level < 0.0005f)
            {
                Level = 0;
            }
        }

        return Level;
    }

    /// <summary>True once the sound is over.</summary>
    public readonly bool IsOver => Level == 0 && !_attacking;
}
