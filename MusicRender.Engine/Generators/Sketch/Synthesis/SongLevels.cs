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
    // −14 LUFS is what players turn songs to.
    private const double TargetLufs = -14;
    private const int LossTurns = 2;
    private const double ChorusLead = 3.8;
    private const double MostTurned = 5;
    private const double ShortSeconds = 8;
    private const int Probes = 5;
    private const double AllProbesSeconds = 7;
    private const double EachProbeSeconds = 2.4;
    private const double LongProbesSeconds = 12;
    private const int BeatsAProbe = 4;

    private readonly double[] _expected;

    /// <summary>Finds the levels of a score.</summary>
    public SongLevels(Score score)
    {
        _expected = LoudnessForecast.Of(score);
        var groups = GroupsOf(score);

        // The probes know nothing of each other: they listen at once.
        Parallel.ForEach(groups.Where(group => group.IsProbed), group => group.Listen(score, _expected));
        var (heard, reckoned) = (groups.Sum(group => group.Heard), groups.Sum(group => group.Reckoned));
        foreach (var group in groups)
        {
            // Each probe sets the level of its section and of those like it; the others take the mean of all.
            Scale(group.Sections, group.IsProbed ? group.Heard / group.Reckoned : heard / reckoned);
        }

        Sections = FadersOf(score);
        for (var index = 0; index < score.Sections.Count; index++)
        {
            Scale([score.Sections[index]], (double)Sections[index] * Sections[index]);
        }

        FadeEnd(score);
        Gain = Decibels(TargetLufs - LoudnessMeter.Integrated(_expected));
        for (var turn = 0; turn < LossTurns; turn++)
        {
            // What compressor and limiter take off is given beforehand; the more it is, the more they take off.
            Parallel.ForEach(groups.Where(group => group.IsProbed), group => group.Master(Gain * Sections[group.Number]));
            foreach (var group in groups)
            {
                var mean = groups.Where(other => other.IsProbed).Average(other => other.Change);
                Scale(group.Sections, Math.Pow(10, -(group.IsProbed ? group.Change : mean) / 10));
            }

            Gain = Decibels(TargetLufs - LoudnessMeter.Integrated(_expected));
        }
    }

    /// <summary>The gain of the whole song, linear.</summary>
    public float Gain { get; }

    /// <summary>The gains of the sections, linear, 1 at most.</summary>
    public float[] Sections { get; }

    /// <summary>What is expected of each step of the mastered song, mean squares, divided by the square of the song's gain.</summary>
    public ReadOnlySpan<double> Expected => _expected;

    private static float Decibels(double decibels) => (float)Math.Pow(10, decibels / 20);

    // Sections of one kind sound alike; the loudest kinds are listened to. Of a short song everything is.
    private List<Group> GroupsOf(Score score)
    {
        var isShort = score.Frames <= ShortSeconds * PcmFormat.SampleRate;
        var groups = score.Sections
            .Select((section, number) => (Section: section, Number: number))
            .GroupBy(item => isShort ? (0, item.Number) : ((int)item.Section.Form, Math.Round(item.Section.Energy, 1)))
            .Select(group => (Items: group.ToList(), Sum: group.Sum(item => Sum(StepsOf(item.Section)))))
            .OrderByDescending(group => group.Sum)
            .Select((group, rank) => (group.Items, IsProbed: isShort || rank < Probes))
            .ToList();
        var probes = groups.Count(group => group.IsProbed);
        var places = isShort ? 1 : Math.Max(1, (int)(AllProbesSeconds / ProbeSeconds(score.Sections[0], probes) / probes));
        return [.. groups.Select(group =>
        {
            var longest = group.Items.MaxBy(item => item.Section.End - item.Section.Start);
            var stretches = group.IsProbed ? Enumerable.Range(0, places).Select(place => isShort ? RangeOf(longest.Section) : PlaceIn(score, longest.Section, (place + 0.6) / (places + 0.2), probes)).ToList() : [];
            return new Group([.. group.Items.Select(item => item.Section)], longest.Number, stretches);
        })];
    }

    // Whole bars, from a beat on: what a bar has loud and soft is heard as often as it occurs.
    private (int From, int To) PlaceIn(Score score, ScoreSection section, double place, int probes)
    {
        var (from, to) = RangeOf(section);
        var count = Math.Min((int)Math.Round(ProbeSeconds(section, probes) * PcmFormat.SampleRate / LoudnessMeter.StepFrames), to - from);

        // What fades away is hardly heard in the end.
        to = (int)Math.Clamp((score.Frames - (SongEnds.FadeOf(score) / 2)) / LoudnessMeter.StepFrames, from + count, to);
        var first = from + (int)((to - from - count) * Math.Clamp(place, 0, 1));
        return (first, first + count);
    }

    // A slow bar begins loud and dies away: where few are listened to there is time for all of it.
    private static double ProbeSeconds(ScoreSection section, int probes) =>
        Math.Min(Math.Max(EachProbeSeconds, LongProbesSeconds / probes), BeatsAProbe * section.BeatFrames / PcmFormat.SampleRate);

    private void Scale(IEnumerable<ScoreSection> sections, double factor)
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

    /// <summary>Sections that sound alike, and what was heard of them.</summary>
    private sealed class Group(IReadOnlyList<ScoreSection> sections, int number, List<(int From, int To)> stretches)
    {
        private Probe? _probe;
        private double _loss;

        public IReadOnlyList<ScoreSection> Sections => sections;

        /// <summary>The number of the section that is listened to.</summary>
        public int Number => number;

        public bool IsProbed => stretches.Count > 0;

        public double Heard { get; private set; } = 1e-12;

        public double Reckoned { get; private set; } = 1e-12;

        /// <summary>How much more, dB, compressor and limiter take off than the last time.</summary>
        public double Change { get; private set; }

        public void Listen(Score score, double[] expected)
        {
            _probe = new Probe(score);
            foreach (var (from, to) in stretches)
            {
                Heard += Sum(_probe.Listen(from, to - from));
                Reckoned += Sum(expected.AsSpan(from, to - from));
            }
        }

        public void Master(float gain)
        {
            var loss = _probe!.LossAt(gain);
            (Change, _loss) = (loss - _loss, loss);
        }
    }
}
