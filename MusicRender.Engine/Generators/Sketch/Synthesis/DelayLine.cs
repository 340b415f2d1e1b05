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

    /// <summary>Puts new frames in the place of the oldest ones.</summary>
    public void Write(ReadOnlySpan<float> input)
    {
        var first = Math.Min(input.Length, _frames.Length - _position);
        input[..first].CopyTo(_frames.AsSpan(_position));
        input[first..].CopyTo(_frames);
        _position = (_position + input.Length) % _frames.Length;
    }

    /// <summary>Makes it silent.</summary>
    public void Clear() => Array.Clear(_frames);
}
