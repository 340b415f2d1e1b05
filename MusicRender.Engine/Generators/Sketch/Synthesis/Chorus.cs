using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Two slowly wandering copies, one a side: makes one instrument sound like several, and wide.</summary>
internal sealed class Chorus
{
    private const int Frames = 2048;
    private const double CentreMs = 14;
    private const double DepthMs = 4;
    private const double RateHz = 0.45;

    private readonly float[] _line = new float[Frames];
    private int _position;
    private double _phase;

    /// <summary>Adds the copies of the block's middle to both sides.</summary>
    public void Process(Span<float> left, Span<float> right)
    {
        var line = _line;
        var position = _position;

        // The delays move in straight lines within a block.
        var (leftDelay, rightDelay) = Delays(_phase);
        _phase += RateHz * left.Length / PcmFormat.SampleRate;
        var (leftEnd, rightEnd) = Delays(_phase);
        var (leftStep, rightStep) = ((leftEnd - leftDelay) / left.Length, (rightEnd - rightDelay) / left.Length);
        for (var index = 0; index < left.Length; index++)
        {
            line[position] = 0.5f * (left[index] + right[index]);
            left[index] += 0.7f * Read(line, position - leftDelay);
            right[index] += 0.7f * Read(line, position - rightDelay);
            position = (position + 1) & (Frames - 1);
            leftDelay += leftStep;
            rightDelay += rightStep;
        }

        _position = position;
    }

    private static (float Left, float Right) Delays(double phase)
    {
        var wave = Math.Sin(2 * Math.PI * phase);
        return (Samples(CentreMs + (DepthMs * wave)), Samples(CentreMs - (DepthMs * wave)));
    }

    private static float Samples(double milliseconds) => (float)(milliseconds * PcmFormat.SampleRate / 1000);

    private static float Read(float[] line, float place)
    {
        var whole = (int)MathF.Floor(place);
        var first = line[whole & (Frames - 1)];
        return first + ((place - whole) * (line[(whole + 1) & (Frames - 1)] - first));
    }
}
