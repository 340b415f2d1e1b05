using System.Numerics.Tensors;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Mixes the channels of an ensemble into stereo, block by block, with echo, room and tape, before the mastering. It is
/// linear: the mixes of some parts and of all others add up to the mix of all.
/// </summary>
internal sealed class Mixer
{
    /// <summary>Frames of a block, at most.</summary>
    public const int BlockFrames = 256;

    private const double AirHz = 5_000;
    private const double AirDecibels = 3.5;
    private const double RumbleHz = 25;
    private const double SideHz = 110;
    private const double TapeHighHz = 8_500;

    private readonly Strip[] _strips;
    private readonly float _room;
    private readonly float _echo;
    private readonly float _width;
    private readonly Reverb _reverb;
    private readonly StereoDelay _delay;
    private readonly TapeWow? _tape;
    private readonly Equalizer? _tapeColour;
    private readonly Channel _reverbSend = new();
    private readonly Channel _delaySend = new();
    private readonly Channel _taped = new();
    private readonly Equalizer _finish = new([new(BandKind.LowCut, RumbleHz), new(BandKind.HighShelf, AirHz, AirDecibels)]);
    private readonly HighPass _side = new(SideHz);
    private readonly float[] _scratch = new float[BlockFrames];

    /// <summary>A mixer.</summary>
    /// <param name="score">Whose room, echo and tape.</param>
    /// <param name="audible">The parts to be heard.</param>
    public Mixer(Score score, PartSet audible)
    {
        _strips = [.. Strips.All.Where(strip => audible.Has(strip.Part))];
        _room = (float)score.Room;
        _echo = (float)score.Echo;
        _reverb = new Reverb(score.Room);
        _delay = new StereoDelay(score.EchoFrames, 0.4f);

        _width = WidthOf(score.Production.Width);
        if (score.Production.Tape > 0)
        {
            _tape = new TapeWow(score.Production.Tape, score.Frames);
            _tapeColour = new Equalizer([new(BandKind.HighCut, TapeHighHz), new(BandKind.LowShelf, 160, 1.5)]);
        }
    }

    /// <summary>Mixes a block of the ensemble's channels. Both spans have the same length, at most <see cref="BlockFrames"/>.</summary>
    /// <param name="channels">The sound of the parts.</param>
    /// <param name="frame">The block's first frame in the song.</param>
    /// <param name="left">The left side, to be filled.</param>
    /// <param name="right">The right side, to be filled.</param>
    public void Mix(ReadOnlySpan<Channel> channels, long frame, Span<float> left, Span<float> right)
    {
        var frames = left.Length;
        var output = new StereoSpan(left, right);
        left.Clear();
        right.Clear();
        _reverbSend.Clear(frames);
        _delaySend.Clear(frames);
        _taped.Clear(frames);
        foreach (var strip in _strips)
        {
            var channel = channels[(int)strip.Part];
            if (channel.Idle <= 8)
            {
                channel.AddTo(_reverbSend, strip.Level * strip.Reverb * _room, frames);
                channel.AddTo(_delaySend, strip.Level * strip.Delay * _echo, frames);
                channel.AddTo(strip.IsOnTape && _tape is not null ? _taped : output, strip.Level, frames);
            }
        }

        if (_tape is not null)
        {
            _tapeColour!.Process(_taped.Left.AsSpan(0, frames), _taped.Right.AsSpan(0, frames));
            _tape.Process(_taped.Left.AsSpan(0, frames), _taped.Right.AsSpan(0, frames), frame);
            _taped.AddTo(output, 1, frames);
        }

        _delay.Process(_delaySend.Left.AsSpan(0, frames), _delaySend.Right.AsSpan(0, frames));
        _delaySend.AddTo(output, 1, frames);
        _delaySend.AddTo(_reverbSend, 0.3f, frames);
        _reverb.Process(_reverbSend.Left.AsSpan(0, frames), _reverbSend.Right.AsSpan(0, frames));
        _reverbSend.AddTo(output, 1, frames);
        _finish.Process(left, right);
        Place(left, right);
    }

    // Half as usual; a wide mix must not lose more than it gains in mono.
    private static float WidthOf(double width) => (float)(width < 0.5 ? 2 * width : 1 + (width - 0.5));

    // What is low stands in the middle: on a record, in a club and from one loudspeaker it would be lost at the sides.
    private void Place(Span<float> left, Span<float> right)
    {
        var side = _scratch.AsSpan(0, left.Length);
        TensorPrimitives.Subtract(left, right, side);
        TensorPrimitives.Add(left, right, left);
        TensorPrimitives.Multiply(left, 0.5f, left);
        TensorPrimitives.Multiply(side, 0.5f * _width, side);
        _side.Process(side);
        _side.Flush();
        TensorPrimitives.Subtract(left, side, right);
        TensorPrimitives.Add(left, side, left);
    }
}
