using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// The faders of a song: one gain that makes it as loud as every other, and one for each section, so that choruses stand
/// above verses. Found before the song is played, by reckoning and a few probes.
/// </summary>
internal sealed class SongLevels
{
    // −14 LUFS is what players turn songs to. Compressor and limiter take off about this much of what is aimed at.
    private const double TargetLufs = -14;
    private const double MasteringLoss = 0.9;
    private const double ChorusLead = 3;
    private const double MostTurned = 4;
    private const double ShortSeconds = 9;
    private const int Probes = 5;
    private const int ProbeSteps = 14;

    private readonly double[] _expected;

    /// <summary>Finds the levels of a score.</summary>
    public SongLevels(Score score)
    {
        _expected = LoudnessForecast.Of(score);
        var probe = new Probe(score);
        if (score.Frames <= ShortSeconds * PcmFormat.SampleRate)
        {
            // A short song is heard through.
            probe.Listen(0, _expected.Length, isStart: true).CopyTo(_expected, 0);
        }
        else
        {
            Correct(score, probe);
        }

        Sections = FadersOf(score);
        for (var index = 0; index < score.Sections.Count; index++)
        {
            foreach (ref var step in StepsOf(score.Sections[index]))
            {
                step *= Sections[index] * Sections[index];
            }
        }

        FadeEnd(score);
        Gain = (float)Math.Pow(10, (TargetLufs + MasteringLoss - LoudnessMeter.Integrated(_expected)) / 20);
    }

    /// <summary>The gain of the whole song, linear.</summary>
    public float Gain { get; }

    /// <summary>The gains of the sections, linear, 1 at most.</summary>
    public float[] Sections { get; }

    /// <summary>What is expected of each step, mean squares with the sections' gains, before the song's gain.</summary>
    public ReadOnlySpan<double> Expected => _expected;

    // Each probe sets the level of its section and of those like it; the others take the mean of all.
    private void Correct(Score score, Probe probe)
    {
        var groups = score.Sections
            .GroupBy(section => (section.Form, Math.Round(section.Energy, 1)))
            .Select(group => (Sections: group.ToList(), Sum: group.Sum(section => Sum(StepsOf(section)))))
            .OrderByDescending(group => group.Sum)
            .ToList();
        var (heard, reckoned) = (1e-12, 1e-12);
        var share = Math.Max(1, Probes / Math.Min(Probes, groups.Count));
        var corrected = 0;
        foreach (var (sections, _) in groups.Take(Probes))
        {
            var longest = sections.MaxBy(section => section.End - section.Start)!;
            var (groupHeard, groupReckoned) = (1e-12, 1e-12);
            for (var turn = 0; turn < share; turn++)
            {
                var (first, count) = PlaceIn(longest, (turn + 0.6) / (share + 0.2));
                groupHeard += Sum(probe.Listen(first, count));
                groupReckoned += Sum(_expected.AsSpan(first, count));
            }

            (heard, reckoned) = (heard + groupHeard, reckoned + groupReckoned);
            Scale(sections, groupHeard / groupReckoned);
            corrected++;
        }

        foreach (var (sections, _) in groups.Skip(corrected))
        {
            Scale(sections, heard / reckoned);
        }
    }

    private (int First, int Count) PlaceIn(ScoreSection section, double place)
    {
        var (from, to) = RangeOf(section);
        var count = Math.Min(ProbeSteps, to - from);
        return (from + (int)((to - from - count) * Math.Clamp(place, 0, 1)), count);
    }

    private void Scale(List<ScoreSection> sections, double factor)
    {
        // A reckoning that is off by more has missed something that comes and goes.
        factor = Math.Clamp(factor, 0.02, 50);
        foreach (var section in sections)
        {
            foreach (ref var step in StepsOf(section))
            {
                step *= factor;
            }
        }
    }

    private float[] FadersOf(Score score)
    {
        var faders = new float[score.Sections.Count];
        Array.Fill(faders, 1);
        var peaks = score.Sections.Where(IsPeak).ToList();
        if (peaks.Count == 0)
        {
            return faders;
        }

        var loud = LoudnessMeter.ToLufs(peaks.Sum(section => Sum(StepsOf(section))) / peaks.Sum(section => StepsOf(section).Length));
        for (var index = 0; index < faders.Length; index++)
        {
            var section = score.Sections[index];
            var steps = StepsOf(section);
            var above = LoudnessMeter.ToLufs(Sum(steps) / steps.Length) - loud;

            // Choruses are of one loudness; verses lie under them; nothing else passes them.
            var turn = IsPeak(section)
                ? Math.Clamp(-above, -2, 0)
                : Math.Clamp((section.Form == SectionForm.Verse ? -ChorusLead : -0.5) - above, -MostTurned, 0);
            faders[index] = (float)Math.Pow(10, turn / 20);
        }

        return faders;
    }

    private void FadeEnd(Score score)
    {
        var fade = SongEnds.FadeOf(score);
        for (var step = _expected.Length - 1; step >= 0 && (step + 1L) * LoudnessMeter.StepFrames > score.Frames - fade; step--)
        {
            var share = Math.Clamp((score.Frames - ((step + 0.5) * LoudnessMeter.StepFrames)) / fade, 0, 1);
            var gain = share * share * (3 - (2 * share));
            _expected[step] *= gain * gain;
        }
    }

    private static bool IsPeak(ScoreSection section) => section.Form is SectionForm.Chorus or SectionForm.Drop;

    private Span<double> StepsOf(ScoreSection section)
    {
        var (from, to) = RangeOf(section);
        return _expected.AsSpan(from, to - from);
    }

    private (int From, int To) RangeOf(ScoreSection section)
    {
        var from = (int)Math.Min(_expected.Length - 1, section.Start / LoudnessMeter.StepFrames);
        return (from, (int)Math.Clamp(section.End / LoudnessMeter.StepFrames, from + 1, _expected.Length));
    }

    private static double Sum(ReadOnlySpan<double> steps)
    {
        var sum = 0.0;
        foreach (var step in steps)
        {
            sum += step;
        }

        return sum;
    }
}
