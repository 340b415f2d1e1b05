using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>What makes a finished song of a mix, beside the limiter: the same loudness as every other song, and its ends.</summary>
internal static class Mastering
{
    // −14 LUFS is what players turn songs to; the limiter takes off about half a dB of what is aimed at.
    private const double TargetLufs = -14.4;
    private const double ProbeSeconds = 1.1;
    private const double WarmUpSeconds = 0.5;
    private const int Probes = 3;
    private const int StartFade = 64;

    /// <summary>The gain, linear, that brings a song to the loudness of every other.</summary>
    public static float GainOf(Score score) => (float)Math.Pow(10, (TargetLufs - Loudness(score)) / 20);

    /// <summary>Fades a block at the song's ends, in place: a moment at its start, the score's own length at its end.</summary>
    /// <param name="score">The song.</param>
    /// <param name="from">The block's first frame.</param>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static void Fade(Score score, long from, Span<float> left, Span<float> right)
    {
        var fadeFrom = score.Frames - score.FadeFrames;
        if (from >= StartFade && from + left.Length <= fadeFrom)
        {
            return;
        }

        for (var index = 0; index < left.Length; index++)
        {
            var frame = from + index;
            var gain = Math.Min(1, frame / (float)StartFade);
            if (frame > fadeFrom)
            {
                var share = (score.Frames - 1 - frame) / (float)score.FadeFrames;
                gain *= share * share * (3 - (2 * share));
            }

            left[index] *= gain;
            right[index] *= gain;
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
            var ensemble = new Ensemble(score, from);
            var mixer = new Mixer(score, PartSet.All);
            for (var done = 0L; done < frames; done += Mixer.BlockFrames)
            {
                ensemble.Play(left.Length);
                mixer.Mix(ensemble.Channels, left, right);
                if (done >= warmUp)
                {
                    meter.Add(left, right);
                }
            }
        }

        return meter.MeanSquare;
    }
}
