using System.Numerics.Tensors;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Echoes that go from side to side and lose some of their high end each time.</summary>
internal sealed class StereoDelay
{
    private readonly DelayLine _leftLine;
    private readonly DelayLine _rightLine;
    private readonly float[] _left = new float[Mixer.BlockFrames];
    private readonly float[] _right = new float[Mixer.BlockFrames];
    private readonly float _feedback;
    private float _lastLeft;
    private float _lastRight;

    /// <summary>Echoes every so many frames (at least a block), each quieter by the feedback, 0–0.9.</summary>
    public StereoDelay(int frames, float feedback)
    {
        _leftLine = new DelayLine(Math.Max(frames, Mixer.BlockFrames));
        _rightLine = new DelayLine(Math.Max(frames, Mixer.BlockFrames));
        _feedback = feedback;
    }

    /// <summary>Replaces a block of dry sound by its echoes.</summary>
    public void Process(Span<float> left, Span<float> right)
    {
        var fromLeft = _left.AsSpan(0, left.Length);
        var fromRight = _right.AsSpan(0, right.Length);
        _leftLine.Read(fromLeft);
        _rightLine.Read(fromRight);
        Dull(fromLeft, ref _lastLeft);
        Dull(fromRight, ref _lastRight);

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

    private static void Dull(Span<float> samples, ref float last)
    {
        var state = last;
        for (var index = 0; index < samples.Length; index++)
        {
            state += 0.42f * (samples[index] - state);
            samples[index] = state;
        }

        last = MathF.Abs(state) < 1e-15f ? 0 : state;
    }
}
