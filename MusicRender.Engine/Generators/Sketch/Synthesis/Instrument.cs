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

    private readonly bool _isMono;
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
    public Instrument(Part part, Patch patch, long songFrames)
    {
        Part = part;
        Patch = patch;

        // What stands in the middle needs one amplifier.
        _isMono = part is Part.Bass or Part.Lead;
        _driveLeft = patch.Drive > 0 ? new Oversampler() : null;
        _driveRight = patch.Drive > 0 && !_isMono ? new Oversampler() : null;
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
        if (Patch.Bits > 0)
        {
            Quantizer.Apply(left, Patch.Bits);
            Quantizer.Apply(right, Patch.Bits);
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

        _driveLeft.Saturate(left, 1 + (float)Patch.Drive);
        if (_isMono)
        {
            left.CopyTo(right);
        }
        else
        {
            _driveRight!.Saturate(right, 1 + (float)Patch.Drive);
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
    /// <summary>Rounds samples, in place, to as many bits.</summary>
    public static void Apply(Span<float> samples, int bits)
    {
        var steps = 1 << (bits - 1);
        TensorPrimitives.Multiply(samples, steps, samples);
        TensorPrimitives.Round(samples, samples);
        TensorPrimitives.Multiply(samples, 1f / steps, samples);
    }
}
