using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Slowly wandering copies, two a side, as in the string machines of the seventies: makes one instrument sound like
/// several, and wide. The dry sound stays in place, so that nothing is lost in mono.
/// </summary>
internal sealed class Chorus(float depth, long songFrames)
{
    private const int Frames = 2048;
    private const double CentreMs = 13;
    private const double SlowMs = 3.4;
    private const double FastMs = 0.35;

    private readonly float[] _line = new float[Frames];
    private readonly Lfo _slow = new(0.43, songFrames);
    private readonly Lfo _fast = new(5.3, songFrames);
    private int _position;

    /// <summary>Adds the copies of the block's middle to both sides.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <param name="frame">The block's first frame in the song.</param>
    public void Process(Span<float> left, Span<float> right, long frame)
    {
        var line = _line;
        var position = _position;
        var level = 0.5f * depth;

        // The delays move in straight lines within a block.
        Span<float> delays = [DelayAt(frame, 0), DelayAt(frame, 0.25), DelayAt(frame, 0.5), DelayAt(frame, 0.75)];
        Span<float> steps = stackalloc float[4];
        for (var copy = 0; copy < 4; copy++)
        {
            steps[copy] = (DelayAt(frame + left.Length, copy * 0.25) - delays[copy]) / left.Length;
        }

        var (d0, d1, d2, d3) = (delays[0], delays[1], delays[2], delays[3]);
        var (e0, e1, e2, e3) = (steps[0], steps[1], steps[2], steps[3]);
        for (var index = 0; index < left.Length; index++)
        {
            line[position] = left[index] + right[index];
            left[index] += level * (Read(line, position - d0) + Read(line, position - d1));
            right[index] += level * (Read(line, position - d2) + Read(line, position - d3));
            position = (position + 1) & (Frames - 1);
            d0 += e0;
            d1 += e1;
            d2 += e2;
            d3 += e3;
        }

        _position = position;
    }

    private float DelayAt(long frame, double later) =>
        (float)((CentreMs + (SlowMs * _slow.SineAt(frame, later)) + (FastMs * _fast.SineAt(frame, later))) * PcmFormat.SampleRate / 1000);

    private static float Read(float[] line, float place)
    {
        // Places are negative for a while after each turn of the line, never below −1024.
        place += Frames;
        var whole = (int)place;
        var first = line[whole & (Frames - 1)];
        return first + ((place - whole) * (line[(whole + 1) & (Frames - 1)] - first));
    }
}
