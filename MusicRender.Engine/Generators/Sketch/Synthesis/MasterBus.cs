using System.Numerics.Tensors;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Compressor and limiter of the whole song. It works out gains and leaves it to others to apply them, so that layers can be
/// turned down exactly as the song is.
/// </summary>
internal sealed class MasterBus
{
    private readonly BusCompressor _compressor = new();
    private readonly Limiter _limiter = new();

    /// <summary>
    /// Takes the next block of the song, which it overwrites.
    /// </summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <param name="compression">To be filled: the gains for this block.</param>
    /// <param name="limiting">To be filled: the gains for what came <see cref="Limiter.Latency"/> frames before.</param>
    public void Process(Span<float> left, Span<float> right, Span<float> compression, Span<float> limiting)
    {
        _compressor.Process(left, right, compression);
        TensorPrimitives.Multiply(left, compression, left);
        TensorPrimitives.Multiply(right, compression, right);
        _limiter.Process(left, right, limiting);
    }
}

/// <summary>A stereo block on its way through the look-ahead of the limiter.</summary>
internal sealed class LookAhead
{
    private readonly float[] _left = new float[Limiter.Latency + Mixer.BlockFrames];
    private readonly float[] _right = new float[Limiter.Latency + Mixer.BlockFrames];

    /// <summary>Turns a block down, replaces it by what went in <see cref="Limiter.Latency"/> frames before, and limits that.</summary>
    public void Process(Span<float> left, Span<float> right, ReadOnlySpan<float> compression, ReadOnlySpan<float> limiting)
    {
        Process(_left, left, compression, limiting);
        Process(_right, right, compression, limiting);
    }

    private static void Process(float[] line, Span<float> block, ReadOnlySpan<float> compression, ReadOnlySpan<float> limiting)
    {
        var frames = block.Length;
        TensorPrimitives.Multiply(block, compression, line.AsSpan(Limiter.Latency));
        TensorPrimitives.Multiply(line.AsSpan(0, frames), limiting, block);
        line.AsSpan(frames, Limiter.Latency).CopyTo(line);
    }
}
