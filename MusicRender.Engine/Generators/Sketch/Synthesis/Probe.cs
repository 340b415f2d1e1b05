using System.Numerics.Tensors;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Plays short stretches of a score to hear how loud it really is.</summary>
internal sealed class Probe(Score score)
{
    private const double WarmUpSeconds = 0.5;

    private readonly Ensemble _ensemble = new(score, 0);
    private readonly List<(float[] Left, float[] Right)> _heard = [];
    private readonly float[] _left = new float[Mixer.BlockFrames];
    private readonly float[] _right = new float[Mixer.BlockFrames];
    private readonly float[] _wholeLeft = new float[Mixer.BlockFrames];
    private readonly float[] _wholeRight = new float[Mixer.BlockFrames];

    /// <summary>The mean squares, step by step, of a stretch of the song before mastering.</summary>
    /// <param name="step">The first step to be measured.</param>
    /// <param name="count">How many.</param>
    public double[] Listen(int step, int count)
    {
        var start = (long)step * LoudnessMeter.StepFrames;
        var from = Math.Max(0, start - (long)(WarmUpSeconds * PcmFormat.SampleRate));
        _ensemble.Seek(from);
        var mixer = new Mixer(score, PartSet.All);
        var steps = new LoudnessSteps((long)count * LoudnessMeter.StepFrames);
        var (keptLeft, keptRight) = (new float[count * LoudnessMeter.StepFrames], new float[count * LoudnessMeter.StepFrames]);
        var kept = 0;
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
                var more = Math.Min(frames, keptLeft.Length - kept);
                left[..more].CopyTo(keptLeft.AsSpan(kept));
                right[..more].CopyTo(keptRight.AsSpan(kept));
                kept += more;
            }
        }

        _heard.Add((keptLeft, keptRight));
        return steps.Steps.ToArray();
    }

    /// <summary>How much quieter, dB, compressor and limiter make what was listened to when it comes to them with a gain.</summary>
    public double LossAt(float gain)
    {
        var (before, after) = (1e-12, 1e-12);
        var (compression, limiting) = (new float[Mixer.BlockFrames], new float[Mixer.BlockFrames]);
        foreach (var (left, right) in _heard)
        {
            var (bus, ahead) = (new MasterBus(), new LookAhead());
            var (meter, mastered) = (new LoudnessMeter(), new LoudnessMeter());
            for (var from = 0; from + Mixer.BlockFrames <= left.Length; from += Mixer.BlockFrames)
            {
                TensorPrimitives.Multiply(left.AsSpan(from, Mixer.BlockFrames), gain, _left);
                TensorPrimitives.Multiply(right.AsSpan(from, Mixer.BlockFrames), gain, _right);
                _left.CopyTo(_wholeLeft, 0);
                _right.CopyTo(_wholeRight, 0);
                before += meter.Add(_left, _right);
                bus.Process(_left, _right, compression, limiting);
                ahead.Process(_wholeLeft, _wholeRight, compression, limiting);
                after += mastered.Add(_wholeLeft, _wholeRight);
            }
        }

        return 10 * Math.Log10(before / after);
    }
}
