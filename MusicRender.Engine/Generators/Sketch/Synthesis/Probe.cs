using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Plays short stretches of a score to hear how loud it really is.</summary>
internal sealed class Probe(Score score)
{
    private const double WarmUpSeconds = 0.6;

    private readonly Ensemble _ensemble = new(score, 0);
    private readonly float[] _left = new float[Mixer.BlockFrames];
    private readonly float[] _right = new float[Mixer.BlockFrames];

    /// <summary>The mean squares, step by step, of a stretch of the song before mastering.</summary>
    /// <param name="step">The first step to be measured.</param>
    /// <param name="count">How many.</param>
    /// <param name="isStart">True to begin without what came before.</param>
    public double[] Listen(int step, int count, bool isStart = false)
    {
        var start = (long)step * LoudnessMeter.StepFrames;
        var from = isStart ? start : Math.Max(0, start - (long)(WarmUpSeconds * PcmFormat.SampleRate));
        _ensemble.Seek(from);
        var mixer = new Mixer(score, PartSet.All);
        var steps = new LoudnessSteps((long)count * LoudnessMeter.StepFrames);
        while (steps.Count < count)
        {
            // The first block of what counts begins exactly with it.
            var frames = _ensemble.Frame < start ? (int)Math.Min(Mixer.BlockFrames, start - _ensemble.Frame) : Mixer.BlockFrames;
            var left = _left.AsSpan(0, frames);
            var right = _right.AsSpan(0, frames);
            var isHeard = _ensemble.Frame >= start;
            var frame = _ensemble.Frame;
            _ensemble.Play(frames);
            mixer.Mix(_ensemble.Channels, frame, left, right);
            if (isHeard)
            {
                steps.Add(left, right);
            }
        }

        return steps.Steps.ToArray();
    }
}
