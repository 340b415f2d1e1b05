using System.Numerics.Tensors;
using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Says when an effect whose input is silent has died away itself: from then on it need not be computed, and must not, for
/// denormal numbers are slow.
/// </summary>
/// <param name="seconds">How long it rings on until nothing is left of it, far below hearing.</param>
internal sealed class Silence(double seconds)
{
    private readonly long _frames = (long)(seconds * PcmFormat.SampleRate);
    private long _silent;

    /// <summary>True when nothing goes in and nothing comes out any more.</summary>
    public bool IsOver(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var isSilent = MathF.Abs(TensorPrimitives.MaxMagnitude(left)) < 1e-12f && MathF.Abs(TensorPrimitives.MaxMagnitude(right)) < 1e-12f;
        _silent = isSilent ? Math.Min(_silent + left.Length, 2 * _frames) : 0;
        return _silent > _frames;
    }
}
