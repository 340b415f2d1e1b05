namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>A tape whose speed is not quite even: the pitch drifts by a few cents, slowly, with a little flutter.</summary>
internal sealed class TapeWow(double depth, long songFrames)
{
    private const int Frames = 256;
    private const double Centre = 60;
    private const double Wow = 38;
    private const double Flutter = 0.9;

    private readonly float[] _left = new float[Frames];
    private readonly float[] _right = new float[Frames];
    private readonly Lfo _wow = new(0.47, songFrames);
    private readonly Lfo _flutter = new(6.1, songFrames);
    private int _position;

    /// <summary>Plays a block through the tape, in place.</summary>
    public void Process(Span<float> left, Span<float> right, long frame)
    {
        var delay = DelayAt(frame);
        var step = (DelayAt(frame + left.Length) - delay) / left.Length;
        var position = _position;
        for (var index = 0; index < left.Length; index++)
        {
            _left[position] = left[index];
            _right[position] = right[index];
            var place = position + Frames - delay;
            var whole = (int)place;
            var share = place - whole;
            left[index] = Cubic(_left, whole, share);
            right[index] = Cubic(_right, whole, share);
            position = (position + 1) & (Frames - 1);
            delay += step;
        }

        _position = position;
    }

    private float DelayAt(long frame) => (float)(Centre + (depth * ((Wow * _wow.SineAt(frame)) + (Flutter * _flutter.SineAt(frame)))));

    // Hermite's cubic through four points.
    private static float Cubic(float[] line, int whole, float share)
    {
        var (a, b, c, d) = (line[(whole - 1) & (Frames - 1)], line[whole & (Frames - 1)], line[(whole + 1) & (Frames - 1)], line[(whole + 2) & (Frames - 1)]);
        var slope = 0.5f * (c - a);
        var second = a - (2.5f * b) + (2 * c) - (0.5f * d);
        var third = (0.5f * (d - a)) + (1.5f * (b - c));
        return b + (share * (slope + (share * (second + (share * third)))));
    }
}
