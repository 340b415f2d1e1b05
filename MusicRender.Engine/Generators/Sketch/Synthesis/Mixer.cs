using System.Numerics.Tensors;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Mixes the channels of an ensemble into stereo, block by block, with echo and room, without limiter. It is linear:
/// the mixes of some parts and of all others add up to the mix of all.
/// </summary>
internal sealed class Mixer
{
    /// <summary>Frames of a block, at most.</summary>
    public const int BlockFrames = 256;

    private const double AirHz = 4_200;
    private const float Air = 0.4f;

    private readonly Strip[] _strips;
    private readonly float _room;
    private readonly float _echo;
    private readonly Reverb _reverb;
    private readonly StereoDelay _delay;
    private readonly Channel _reverbSend = new();
    private readonly Channel _delaySend = new();
    private readonly float[] _scratch = new float[BlockFrames];
    private readonly HighPass _rumbleLeft = new(24);
    private readonly HighPass _rumbleRight = new(24);
    private readonly HighPass _airLeft = new(AirHz);
    private readonly HighPass _airRight = new(AirHz);
    private readonly HighPass _harmonyLeft = new(130);
    private readonly HighPass _harmonyRight = new(130);
    private readonly Channel _harmony = new();

    /// <summary>A mixer.</summary>
    /// <param name="score">Whose room and echo.</param>
    /// <param name="audible">The parts to be heard.</param>
    public Mixer(Score score, PartSet audible)
    {
        _strips = [.. Strips.All.Where(strip => audible.Has(strip.Part))];
        _room = (float)score.Room;
        _echo = (float)score.Echo;
        _reverb = new Reverb(score.Room);
        _delay = new StereoDelay(score.EchoFrames, 0.4f);
    }

    /// <summary>Mixes a block of the ensemble's channels. Both spans have the same length, at most <see cref="BlockFrames"/>.</summary>
    public void Mix(ReadOnlySpan<Channel> channels, Span<float> left, Span<float> right)
    {
        var frames = left.Length;
        left.Clear();
        right.Clear();
        _reverbSend.Clear(frames);
        _delaySend.Clear(frames);
        _harmony.Clear(frames);
        foreach (var strip in _strips)
        {
            var channel = channels[(int)strip.Part];
            channel.AddTo(_reverbSend, strip.Level * strip.Reverb * _room, frames);
            channel.AddTo(_delaySend, strip.Level * strip.Delay * _echo, frames);
            channel.AddTo(strip.IsHarmony ? _harmony : new StereoSpan(left, right), strip.Level, frames);
        }

        // Guitars, keys and pads leave the low end to bass and kick.
        _harmonyLeft.Process(_harmony.Left.AsSpan(0, frames));
        _harmonyRight.Process(_harmony.Right.AsSpan(0, frames));
        _harmonyLeft.Flush();
        _harmonyRight.Flush();
        _harmony.AddTo(new StereoSpan(left, right), 1, frames);
        _delay.Process(_delaySend.Left.AsSpan(0, frames), _delaySend.Right.AsSpan(0, frames));
        _delaySend.AddTo(new StereoSpan(left, right), 1, frames);
        _delaySend.AddTo(_reverbSend, 0.3f, frames);
        _reverb.Process(_reverbSend.Left.AsSpan(0, frames), _reverbSend.Right.AsSpan(0, frames));
        _reverbSend.AddTo(new StereoSpan(left, right), 1, frames);
        _rumbleLeft.Process(left);
        _rumbleRight.Process(right);
        _rumbleLeft.Flush();
        _rumbleRight.Flush();
        Brighten(left, _airLeft);
        Brighten(right, _airRight);
    }

    // A shelf of 3 dB: what the voices' low-passes take away is missed most at the very top.
    private void Brighten(Span<float> samples, HighPass filter)
    {
        var air = _scratch.AsSpan(0, samples.Length);
        samples.CopyTo(air);
        filter.Process(air);
        filter.Flush();
        TensorPrimitives.MultiplyAdd(air, Air, samples, samples);
    }
}
