using System.Numerics.Tensors;
using MusicRender.Engine.Generators.Sketch.Reading;

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

    /// <summary>The channel as a block to write to.</summary>
    public static implicit operator StereoSpan(Channel channel) => new(channel.Left, channel.Right);

    /// <summary>Makes the first frames silent.</summary>
    public void Clear(int frames)
    {
        Left.AsSpan(0, frames).Clear();
        Right.AsSpan(0, frames).Clear();
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

/// <summary>The settings of a part's channel.</summary>
/// <param name="Part">Whose.</param>
/// <param name="Level">Fader, linear.</param>
/// <param name="Reverb">Share sent to the reverb in the largest room.</param>
/// <param name="Delay">Share sent to the delay where echo is full.</param>
/// <param name="IsDucked">True when the kick pushes it down.</param>
/// <param name="IsHarmony">True when its low end is cut.</param>
internal sealed record Strip(Part Part, float Level, float Reverb, float Delay, bool IsDucked, bool IsHarmony);

/// <summary>The mixing desk.</summary>
internal static class Strips
{
    /// <summary>Every part's strip.</summary>
    public static readonly Strip[] All =
    [
        new(Part.Drums, 0.5f, 0.14f, 0, false, false),
        new(Part.Bass, 0.5f, 0.02f, 0, true, false),
        new(Part.Chords, 0.3f, 0.5f, 0.1f, true, true),
        new(Part.Pad, 0.18f, 0.7f, 0, true, true),
        new(Part.Arpeggio, 0.26f, 0.5f, 0.8f, true, true),
        new(Part.Lead, 0.37f, 0.5f, 1, false, true),
        new(Part.Texture, 0.5f, 0, 0, false, false),
        new(Part.Voice, 0.6f, 0.3f, 0.22f, false, true),
    ];
}
