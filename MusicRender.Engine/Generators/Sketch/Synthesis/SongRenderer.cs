using System.Numerics.Tensors;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Turns a score into finished sound: mixed, brought to the same loudness as every other song, limited, its ends
/// faded. Memory does not grow with the song.
/// </summary>
internal sealed class SongRenderer
{
    // −14 LUFS is what players turn songs to; the limiter takes off about half a dB of what is aimed at.
    private const double TargetLufs = -14.4;
    private const double ProbeSeconds = 1.1;
    private const double WarmUpSeconds = 0.5;
    private const int Probes = 3;
    private const int StartFade = 64;

    private readonly Score _score;
    private readonly Mixer _mixer;
    private readonly Limiter _limiter = new();
    private readonly float[] _left = new float[Mixer.BlockFrames];
    private readonly float[] _right = new float[Mixer.BlockFrames];
    private readonly float _gain;

    /// <summary>A renderer at the start of a score.</summary>
    /// <param name="score">What to play.</param>
    /// <param name="audible">The parts to be heard; all for the mix, some for a layer of it.</param>
    public SongRenderer(Score score, PartSet audible)
    {
        _score = score;
        _gain = (float)Math.Pow(10, (TargetLufs - Loudness(score)) / 20);
        _mixer = new Mixer(score, audible, 0);

        // The limiter is late by its look-ahead; what it gives before the song's first frame is not the song's.
        RenderBlock(Limiter.Latency);
    }

    /// <summary>Frames given so far.</summary>
    public long Frame { get; private set; }

    /// <summary>Renders the next frames of the song.</summary>
    /// <param name="interleaved">Left and right by turns; filled from the start.</param>
    /// <returns>Frames rendered: as many as fit, fewer at the end, 0 after it.</returns>
    public int Render(Span<float> interleaved)
    {
        var wanted = (int)Math.Min(interleaved.Length / PcmFormat.Channels, _score.Frames - Frame);
        for (var done = 0; done < wanted;)
        {
            var frames = Math.Min(Mixer.BlockFrames, wanted - done);
            RenderBlock(frames);
            Fade(frames);
            var output = interleaved.Slice(done * PcmFormat.Channels, frames * PcmFormat.Channels);
            for (var index = 0; index < frames; index++)
            {
                output[2 * index] = _left[index];
                output[(2 * index) + 1] = _right[index];
            }

            done += frames;
            Frame += frames;
        }

        return wanted;
    }

    private void RenderBlock(int frames)
    {
        var left = _left.AsSpan(0, frames);
        var right = _right.AsSpan(0, frames);
        _mixer.Render(left, right);
        TensorPrimitives.Multiply(left, _gain, left);
        TensorPrimitives.Multiply(right, _gain, right);
        _limiter.Process(left, right);
    }

    private void Fade(int frames)
    {
        var fadeFrom = _score.Frames - _score.FadeFrames;
        if (Frame >= StartFade && Frame + frames <= fadeFrom)
        {
            return;
        }

        for (var index = 0; index < frames; index++)
        {
            var frame = Frame + index;
            var gain = Math.Min(1, frame / (float)StartFade);
            if (frame > fadeFrom)
            {
                var share = (_score.Frames - 1 - frame) / (float)_score.FadeFrames;
                gain *= share * share * (3 - (2 * share));
            }

            _left[index] *= gain;
            _right[index] *= gain;
        }
    }

    // Listens into the sections that matter most. Quiet ones do not count, as in the gate of BS.1770.
    private static double Loudness(Score score)
    {
        var heard = score.Sections
            .GroupBy(section => (section.Form, Math.Round(section.Energy, 1)))
            .Select(group => (Section: group.MaxBy(section => section.End - section.Start)!, Weight: group.Sum(section => (double)(section.End - section.Start))))
            .OrderByDescending(group => group.Weight * group.Section.Energy)
            .Take(Probes)
            .Select(group => (MeanSquare: Probe(score, group.Section), group.Weight))
            .ToList();
        var loudest = heard.Max(probe => probe.MeanSquare);
        var counted = heard.Where(probe => probe.MeanSquare >= loudest * 0.08).ToList();
        return LoudnessMeter.ToLufs(counted.Sum(probe => probe.MeanSquare * probe.Weight) / counted.Sum(probe => probe.Weight));
    }

    private static double Probe(Score score, ScoreSection section)
    {
        var length = section.End - section.Start;
        var warmUp = (long)(WarmUpSeconds * PcmFormat.SampleRate);
        var frames = warmUp + (long)(ProbeSeconds * PcmFormat.SampleRate);
        var meter = new LoudnessMeter();
        var left = new float[Mixer.BlockFrames];
        var right = new float[Mixer.BlockFrames];

        // In both halves: tunes may rest for one. Not at the start, where crashes are.
        foreach (var place in (ReadOnlySpan<double>)[0.2, 0.7])
        {
            var from = section.Start + (long)(Math.Max(0, length - frames) * place);
            var mixer = new Mixer(score, PartSet.All, from);
            for (var done = 0L; done < frames; done += Mixer.BlockFrames)
            {
                mixer.Render(left, right);
                if (done >= warmUp)
                {
                    meter.Add(left, right);
                }
            }
        }

        return meter.MeanSquare;
    }
}
