using System.Numerics.Tensors;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// A timbre in the hands of a part: the channel that its voices play into, and what they go through together: amplifier,
/// body, tremolo, section, converter.
/// </summary>
internal sealed class Instrument
{
    // After its last voice a chorus and a body ring on for less than this.
    private const int RingFrames = 4096;
    private const double TremoloHz = 4.6;
    private const double MoreDrive = 1.6;

    // Tones need more bits than drums to be in tune.
    private const int PitchedBits = 2;

    private readonly bool _isMono;
    private readonly float _drive;
    private readonly int _bits;
    private readonly Oversampler? _driveLeft;
    private readonly Oversampler? _driveRight;
    private readonly Equalizer? _colour;
    private readonly Chorus? _chorus;
    private readonly Lfo _tremolo;
    private readonly Channel _channel = new();
    private int _ringing;

    /// <summary>An instrument.</summary>
    /// <param name="part">Who plays it.</param>
    /// <param name="patch">Its sound.</param>
    /// <param name="songFrames">Length of the song.</param>
    /// <param name="production">How hard it is driven and how few bits it has, beside what its patch says.</param>
    public Instrument(Part part, Patch patch, long songFrames, Production production = default)
    {
        Part = part;
        Patch = patch;
        _drive = (float)(patch.Drive + (MoreDrive * production.Drive));
        _bits = patch.Bits > 0 || production.Crush == 0 ? patch.Bits : Quantizer.BitsOf(production.Crush) + PitchedBits;

        // What stands in the middle needs one amplifier.
        _isMono = part is Part.Bass or Part.Lead;
        _driveLeft = _drive > 0 ? new Oversampler() : null;
        _driveRight = _drive > 0 && !_isMono ? new Oversampler() : null;
        _colour = patch.Colour.Length > 0 ? new Equalizer(patch.Colour) : null;
        _chorus = patch.Chorus > 0 && part != Part.Bass ? new Chorus((float)patch.Chorus, songFrames) : null;
        _tremolo = new Lfo(TremoloHz, songFrames);
    }

    /// <summary>Who plays it.</summary>
    public Part Part { get; }

    /// <summary>Its sound.</summary>
    public Patch Patch { get; }

    /// <summary>Makes the channel silent before its voices play into it.</summary>
    public void Clear(int frames)
    {
        if (_ringing > 0)
        {
            _channel.Clear(frames);
        }
    }

    /// <summary>Takes a voice's frames, from an offset in the block on.</summary>
    public void Add(ReadOnlySpan<float> sound, int offset, (float Left, float Right) pan, int frames)
    {
        if (_ringing == 0)
        {
            _channel.Clear(frames);
        }

        _ringing = RingFrames;
        var left = _channel.Left.AsSpan(offset, sound.Length);
        var right = _channel.Right.AsSpan(offset, sound.Length);
        TensorPrimitives.MultiplyAdd(sound, pan.Left, left, left);
        TensorPrimitives.MultiplyAdd(sound, pan.Right, right, right);
    }

    /// <summary>Adds the finished block to the part's channel.</summary>
    /// <param name="target">The part's channel.</param>
    /// <param name="frame">The block's first frame in the song.</param>
    /// <param name="frames">Frames of the block.</param>
    public void Finish(Channel target, long frame, int frames)
    {
        if (_ringing == 0)
        {
            return;
        }

        _ringing = Math.Max(0, _ringing - frames);
        var left = _channel.Left.AsSpan(0, frames);
        var right = _channel.Right.AsSpan(0, frames);
        Drive(left, right);
        _colour?.Process(left, right);
        if (Patch.Tremolo > 0)
        {
            Swing(left, right, frame);
        }

        _chorus?.Process(left, right, frame);
        if (_bits > 0)
        {
            Quantizer.Apply(left, _bits);
            Quantizer.Apply(right, _bits);
        }

        if (_ringing == 0)
        {
            FadeOut(left, right);
        }

        target.Touch();
        _channel.AddTo(target, 1, frames);
    }

    private void Drive(Span<float> left, Span<float> right)
    {
        if (_driveLeft is null)
        {
            return;
        }

        _driveLeft.Saturate(left, 1 + _drive);
        if (_isMono)
        {
            left.CopyTo(right);
        }
        else
        {
            _driveRight!.Saturate(right, 1 + _drive);
        }
    }

    // The stage piano's: what one side loses the other gains.
    private void Swing(Span<float> left, Span<float> right, long frame)
    {
        var depth = (float)Patch.Tremolo;
        var swing = depth * (float)_tremolo.SineAt(frame);
        var step = ((depth * (float)_tremolo.SineAt(frame + left.Length)) - swing) / left.Length;
        for (var index = 0; index < left.Length; index++)
        {
            left[index] *= 1 + swing;
            right[index] *= 1 - swing;
            swing += step;
        }
    }

    private static void FadeOut(Span<float> left, Span<float> right)
    {
        for (var index = 0; index < left.Length; index++)
        {
            var gain = 1 - ((float)index / left.Length);
            left[index] *= gain;
            right[index] *= gain;
        }
    }
}

/// <summary>Few steps instead of many: the sound of early samplers and game consoles.</summary>
internal static class Quantizer
{
    /// <summary>Bits of a crush, 0 (all: 0) to 1.</summary>
    public static int BitsOf(double crush) => crush == 0 ? 0 : (int)Math.Round(8 - (4 * crush));

    /// <summary>Rounds samples, in place, to as many bits.</summary>
    public static void Apply(Span<float> samples, int bits)
    {
        var steps = 1 << (bits - 1);
        TensorPrimitives.Multiply(samples, steps, samples);
        TensorPrimitives.Round(samples, samples);
        TensorPrimitives.Multiply(samples, 1f / steps, samples);
    }
}
