using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Plays the genre's grooves, a fill where a section leads into the next, a crash where one arrives.</summary>
internal static class DrumPlayer
{
    /// <summary>Plays a section.</summary>
    public static void Play(SectionPlan plan, ScoreWriter score)
    {
        if (!plan.Plays(Part.Drums))
        {
            return;
        }

        var groove = GrooveOf(plan);
        var random = new SeededRandom(plan.Seed, $"drums {plan.Index}");
        var grid = plan.Grid;
        if (plan.Section.Energy >= 0.6 && plan.Index > 0)
        {
            score.Strike(plan, 0, 0, Drum.Crash, 0.75);
        }

        if (plan.Song.Kit is DrumKit.Electronic or DrumKit.Trap or DrumKit.Orchestral
            && plan.Next is { Energy: >= 0.8 } next && next.Energy > plan.Section.Energy + 0.1)
        {
            score.Rise(plan, 0.9);
        }

        for (var bar = 0; bar < grid.Bars; bar++)
        {
            if (bar == plan.FinalBar)
            {
                score.Strike(plan, bar, 0, Drum.Kick, 0.8);
                score.Strike(plan, bar, 0, Drum.Crash, 0.6);
                break;
            }

            // A fill every eight bars and before the next section; loops keep going.
            var isLastBar = bar == grid.WholeBars - 1 && grid.WholeBars > 1;
            var fills = plan.Section.Energy >= 0.45 && (isLastBar || (bar % 8 == 7));
            var fillFrom = !fills ? grid.StepsPerBar : isLastBar && plan.Next is { Energy: > 0.8 } ? grid.StepsPerBar / 2 : grid.StepsPerBar * 3 / 4;
            PlayBar(plan, score, groove, bar, fillFrom);
            if (fills)
            {
                Fill(plan, score, bar, fillFrom, ref random);
            }
        }
    }

    private static Groove GrooveOf(SectionPlan plan)
    {
        var genre = plan.Song.Genre;
        var groove = plan.Section.Energy switch { < 0.5 => genre.LightGroove, < 0.78 => genre.Groove, _ => genre.FullGroove };

        // Whoever asks for drums in a genre that has none in such a section hears its nearest beat.
        return groove.Lines.Length > 0 || !plan.Section.Wanted.Has(Part.Drums)
            ? groove
            : genre.Groove.Lines.Length > 0 ? genre.Groove : genre.FullGroove;
    }

    private static void PlayBar(SectionPlan plan, ScoreWriter score, Groove groove, int bar, int until)
    {
        foreach (var (drum, pattern) in groove.Lines)
        {
            for (var step = 0; step < until; step++)
            {
                var velocity = VelocityOf(Stroke(plan, drum, pattern, bar, step));
                if (velocity > 0)
                {
                    score.Strike(plan, bar, step, drum, velocity);
                }
            }
        }
    }

    private static char Stroke(SectionPlan plan, Drum drum, string pattern, int bar, int step)
    {
        var metre = plan.Song.Metre;
        if (!metre.IsCommon)
        {
            return InOtherMetre(drum, metre, step);
        }

        // Half-time: kick and snare take two bars for their pattern, the cymbals keep going.
        if (plan.Song.HalfTime && drum is Drum.Kick or Drum.Snare or Drum.Clap)
        {
            var position = (bar * 16) + step;
            return position % 2 == 0 ? pattern[position / 2 % pattern.Length] : '.';
        }

        return pattern[((bar * 16) + step) % pattern.Length];
    }

    // The patterns are written for four quarters; elsewhere the same drums mark the bar, the beats and their halves.
    private static char InOtherMetre(Drum drum, Metre metre, int step)
    {
        var onBeat = step % metre.StepsPerBeat == 0;
        var beat = step / metre.StepsPerBeat;
        return drum switch
        {
            Drum.Kick or Drum.LowTom => step == 0 ? 'X' : onBeat && beat == 3 && metre.Beats > 4 ? 'x' : '.',
            Drum.Snare or Drum.Clap or Drum.Rim => onBeat && (metre.Beats == 3 ? beat == 2 : beat % 2 == 1) ? 'x' : '.',
            Drum.OpenHat => '.',
            _ => onBeat ? 'x' : step % 2 == 0 ? 'o' : '.',
        };
    }

    private static void Fill(SectionPlan plan, ScoreWriter score, int bar, int from, ref SeededRandom random)
    {
        var shape = random.Below(3);
        var last = plan.Grid.StepsPerBar - 1;
        for (var step = from; step <= last; step++)
        {
            var rise = (step - from + 1.0) / (last - from + 1);
            var drum = plan.Song.Kit == DrumKit.Orchestral || shape == 1
                ? (rise < 0.5 ? Drum.HighTom : Drum.LowTom)
                : Drum.Snare;
            if (shape == 2 && step % 2 == 1 && step < last)
            {
                continue;
            }

            score.Strike(plan, bar, step, drum, 0.4 + (0.45 * rise));
        }

        score.Strike(plan, bar, from, Drum.Kick, 0.8);
    }

    private static double VelocityOf(char stroke) => stroke switch { 'X' => 1, 'x' => 0.8, 'o' => 0.42, _ => 0 };
}
