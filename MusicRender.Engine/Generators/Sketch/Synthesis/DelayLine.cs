using System.Numerics.Tensors;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// A delay of a fixed number of frames, read and written in blocks no longer than itself: read a block, then write as
/// many frames.
/// </summary>
internal sealed class DelayLine(int frames)
{
    private readonly float[] _frames = new float[frames];
    private int _position;

    /// <summary>Reads the oldest frames.</summary>
    public void Read(Span<float> output)
    {
        var first = Math.Min(output.Length, _frames.Length - _position);
        _frames.AsSpan(_position, first).CopyTo(output);
        _frames.AsSpan(0, output.Length - first).CopyTo(output[first..]);
    }

    /// <summary>Puts new frames in the place of the oldest ones. What has died away is made silent: denormal numbers are slow.</summary>
    public void Write(ReadOnlySpan<float> input)
    {
        var isSilent = TensorPrimitives.MaxMagnitude(input) is < 1e-12f and > -1e-12f;
        var first = Math.Min(input.Length, _frames.Length - _position);
        if (isSilent)
        {
            _frames.AsSpan(_position, first).Clear();
            _frames.AsSpan(0, input.Length - first).Clear();
        }
        else
        {
            input[..first].CopyTo(_frames.AsSpan(_position));
            input[first..].CopyTo(_frames);
        }

        _position = (_position + input.Length) % _frames.Length;
    }
}
