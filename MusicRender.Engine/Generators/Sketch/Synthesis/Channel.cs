using System.Numerics.Tensors;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>A stereo block to write to.</summary>
internal readonly ref struct StereoSpan(Span<float> left, Span<float> right)
{
    /// <summary>The left side.</summary>
    public Span<float> Left { get; } = left;

    /// <summary>The right side.</summary>
    public Span<float> Right { get; } = right;
}

/// <summary>A stereo block of its own, of <see cref="Mixer.BlockFrames"/> frames.</summary>
internal sealed class Channel
{
    /// <summary>The left side.</summary>
    public float[] Left { get; } = new float[Mixer.BlockFrames];

    /// <summary>The right side.</summary>
    public float[] Right { get; } = new float[Mixer.BlockFrames];

    /// <summary>Blocks since something was last written to it, at most 99.</summary>
    public int Idle { get; private set; } = 99;

    /// <summary>The channel as a block to write to.</summary>
    public static implicit operator StereoSpan(Channel channel) => new(channel.Left, channel.Right);

    /// <summary>Says that something is written to it in this block.</summary>
    public void Touch() => Idle = 0;

    /// <summary>Makes the first frames silent, and goes on to the next block.</summary>
    public void Clear(int frames)
    {
        Left.AsSpan(0, frames).Clear();
        Right.AsSpan(0, frames).Clear();
        Idle = Math.Min(99, Idle + 1);
    }

    /// <summary>Multiplies both sides by the gains.</summary>
    public void Multiply(ReadOnlySpan<float> gains)
    {
        TensorPrimitives.Multiply(Left.AsSpan(0, gains.Length), gains, Left);
        TensorPrimitives.Multiply(Right.AsSpan(0, gains.Length), gains, Right);
    }

    /// <summary>Adds the first frames to another block, at a level; nothing at level 0.</summary>
    public void AddTo(StereoSpan target, float level, int frames)
    {
        if (level != 0)
        {
            TensorPrimitives.MultiplyAdd(Left.AsSpan(0, frames), level, target.Left[..frames], target.Left);
            TensorPrimitives.MultiplyAdd(Right.AsSpan(0, frames), level, target.Right[..frames], target.Right);
        }
    }
}
