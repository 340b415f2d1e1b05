using System.Numerics.Tensors;
using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Echoes that go from side to side and lose some of their high end each time.</summary>
internal sealed class StereoDelay
{
    private const float Share = 0.42f;

    private readonly DelayLine _leftLine;
    private readonly DelayLine _rightLine;
    private readonly float[] _left = new float[Mixer.BlockFrames];
    private readonly float[] _right = new float[Mixer.BlockFrames];
    private readonly float _feedback;
    private readonly Silence _silence;
    private float _lastLeft;
    private float _lastRight;

    /// <summary>Echoes every so many frames (at least a block), each quieter by the feedback, above 0, at most 0.9.</summary>
    public StereoDelay(int frames, float feedback)
    {
        _leftLine = new DelayLine(Math.Max(frames, Mixer.BlockFrames));
        _rightLine = new DelayLine(Math.Max(frames, Mixer.BlockFrames));
        _feedback = feedback;

        // Until each echo of an echo has lost 240 dB.
        _silence = new Silence(Math.Max(frames, Mixer.BlockFrames) * (2 + (-12 / Math.Log10(feedback))) / PcmFormat.SampleRate);
    }

    /// <summary>Replaces a block of dry sound by its echoes.</summary>
    public void Process(Span<float> left, Span<float> right)
    {
        if (_silence.IsOver(left, right))
        {
            _leftLine.Clear();
            _rightLine.Clear();
            left.Clear();
            right.Clear();
            return;
        }

        var fromLeft = _left.AsSpan(0, left.Length);
        var fromRight = _right.AsSpan(0, right.Length);
        _leftLine.Read(fromLeft);
        _rightLine.Read(fromRight);
        Dull(fromLeft, fromRight);

        // Both sides enter on the left; what has sounded left comes back right.
        TensorPrimitives.Add(left, right, left);
        TensorPrimitives.Multiply(left, 0.5f, left);
        TensorPrimitives.MultiplyAdd(fromRight, _feedback, left, left);
        _leftLine.Write(left);
        TensorPrimitives.Multiply(fromLeft, _feedback, right);
        _rightLine.Write(right);
        fromLeft.CopyTo(left);
        fromRight.CopyTo(right);
    }

    private void Dull(Span<float> left, Span<float> right)
    {
        var (lastLeft, lastRight) = (_lastLeft, _lastRight);
        right = right[..left.Length];
        for (var index = 0; index < left.Length; index++)
        {
            left[index] = lastLeft = MathF.FusedMultiplyAdd(1 - Share, lastLeft, Share * left[index]);
            right[index] = lastRight = MathF.FusedMultiplyAdd(1 - Share, lastRight, Share * right[index]);
        }

        (_lastLeft, _lastRight) = (Flushed(lastLeft), Flushed(lastRight));
    }

    private static float Flushed(float state) => MathF.Abs(state) < 1e-15f ? 0 : state;
}
