using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Plays the genre's grooves: the same four bars never quite the same, a fill where a phrase ends.</summary>
internal static class DrumPlayer
{
    /// <summary>Plays a section.</summary>
    public static void Play(SectionPlan plan, ScoreWriter score)
    {
        var random = new SeededRandom(plan.Seed, $"drums {plan.Index}");
        var turn = new SeededRandom(plan.Seed, "drums turn").Below(3);
        var grid = plan.Grid;
        for (var bar = 0; bar < plan.PlayedBars; bar++)
        {
            var stops = plan.StopSteps(bar);
            if (!plan.Plays(Part.Drums, bar))
            {
                continue;
            }

            var fillFrom = FillFrom(plan, bar);
            var until = Math.Min(fillFrom, grid.StepsPerBar - stops);
            if (TransitionPlayer.Rolls(plan, bar))
            {
                TransitionPlayer.PlayRoll(plan, score, bar, grid.StepsPerBar - stops);
                continue;
            }

            PlayBar(plan, score, bar, until, ref random);
            if (fillFrom < grid.StepsPerBar && stops == 0)
            {
                FillPlayer.Play(plan, score, bar, fillFrom, ref random);
            }
            else if (bar % 4 == 3 && stops == 0)
            {
                Turn(plan, score, bar, turn);
            }
        }

        TransitionPlayer.PlayBorders(plan, score);
        if (plan.FinalBar >= 0 && plan.Plays(Part.Drums, plan.FinalBar) && GrooveOf(plan, plan.PlayedBars).Count > 0)
        {
            score.Strike(plan, plan.FinalBar, 0, Drum.Kick, 0.9);
            score.Strike(plan, plan.FinalBar, 0, plan.Genre.Crashes ? Drum.Crash : Drum.Ride, plan.Genre.Crashes ? 0.7 : 0.5);
            if (plan.Song.Ending == Ending.Button)
            {
                score.Strike(plan, plan.FinalBar, 0, Drum.Snare, 0.85);
            }
        }
    }

    /// <summary>The groove of a bar, by its energy.</summary>
    public static Dictionary<Drum, string> GrooveOf(SectionPlan plan, int bar)
    {
        var genre = plan.Genre;
        var groove = plan.EnergyAt(bar) switch { < 0.5 => genre.Light, < 0.78 => genre.Groove, _ => genre.Full };

        // Whoever asks for drums in a genre that has none in such a section hears its nearest beat, or a plain one.
        return groove.Count > 0 || !plan.Section.Wanted.Has(Part.Drums)
            ? groove
            : genre.Groove.Count > 0 ? genre.Groove : genre.Full;
    }

    // The step from which a bar is a fill; past its end when it is none. Songs that go round have none at their seam.
    private static int FillFrom(SectionPlan plan, int bar)
    {
        var (grid, beat) = (plan.Grid, plan.Song.Metre.StepsPerBeat);
        var isLast = bar == plan.PlayedBars - 1 && plan.PlayedBars > 1;
        var fills = plan.Genre.Fills != Fills.None && plan.Section.HasFills && plan.EnergyAt(bar) >= 0.42 && (isLast || bar % 8 == 7) && !(isLast && plan.GoesRound)
            && !(isLast && plan.Song.Ending == Ending.Fade && plan.Next is null);
        return !fills ? grid.StepsPerBar
            : isLast && (plan.Next is { Energy: > 0.8 } || plan.FinalBar >= 0) && plan.Section.Energy >= 0.5 ? (grid.StepsPerBar / beat / 2) * beat
            : grid.StepsPerBar - beat;
    }

    private static void PlayBar(SectionPlan plan, ScoreWriter score, int bar, int until, ref SeededRandom random)
    {
        foreach (var (drum, pattern) in GrooveOf(plan, bar))
        {
            for (var step = 0; step < until; step++)
            {
                Strike(plan, score, drum, bar, step, Stroke(plan, drum, pattern, bar, step), ref random);
            }
        }
    }

    private static void Strike(SectionPlan plan, ScoreWriter score, Drum drum, int bar, int step, char stroke, ref SeededRandom random)
    {
        var strokes = stroke switch { 'r' => 2, 't' => 3, _ => 1 };
        var velocity = stroke switch { 'X' => 1, 'x' or 'r' or 't' => 0.78, 'o' => 0.42, '?' => random.Chance(0.5) ? 0.34 : 0, _ => 0 };

        // Hats lean on the beat, even where the pattern does not say so.
        velocity *= drum is Drum.ClosedHat or Drum.Shaker or Drum.Tambourine && step % plan.Song.Metre.StepsPerBeat != 0 ? 0.88 : 1;
        for (var index = 0; index < strokes && velocity > 0; index++)
        {
            score.Strike(plan, bar, step + ((double)index / strokes), drum, velocity * (1 - (0.18 * index)));
        }
    }

    // A small sign that four bars are over: the song's own, each time the same.
    private static void Turn(SectionPlan plan, ScoreWriter score, int bar, int turn)
    {
        var groove = GrooveOf(plan, bar);
        if (plan.EnergyAt(bar) < 0.5 || !plan.Song.Metre.IsCommon || plan.Genre.Fills == Fills.None)
        {
            return;
        }

        if (turn == 0 && groove.ContainsKey(Drum.ClosedHat))
        {
            score.Strike(plan, bar, 14, Drum.OpenHat, 0.7);
        }
        else if (turn == 1 && groove.ContainsKey(Drum.Kick))
        {
            score.Strike(plan, bar, 15, Drum.Kick, 0.6);
        }
        else if (groove.ContainsKey(Drum.Snare))
        {
            score.Strike(plan, bar, 15, Drum.Snare, 0.36);
        }
    }

    private static char Stroke(SectionPlan plan, Drum drum, string pattern, int bar, int step)
    {
        var rhythm = plan.Rhythm;
        if (rhythm.Written != rhythm.Played)
        {
            return rhythm.Written.IsCommon ? InOtherMetre(drum, rhythm.Played, step) : rhythm.At(pattern, bar, step) is var stroke && stroke == '-' ? '.' : stroke;
        }

        // Half-time: kick and snare take two bars for their pattern, the cymbals keep going.
        if (plan.Song.HalfTime && drum is Drum.Kick or Drum.Snare or Drum.Clap or Drum.Rim)
        {
            var position = (bar * plan.Grid.StepsPerBar) + step;
            return position % 2 == 0 ? pattern[position / 2 % pattern.Length] : '.';
        }

        return rhythm.At(pattern, bar, step);
    }

    // The patterns are written for four quarters; elsewhere the same drums mark the bar, the beats and their halves.
    private static char InOtherMetre(Drum drum, Metre metre, int step)
    {
        var isOdd = metre.StepsPerBeat == 2;
        var onBeat = step % metre.StepsPerBeat == 0;
        var beat = step / metre.StepsPerBeat;
        return drum switch
        {
            // Eighths by two and two and three: the bass drum on the first and third group, the snare inside them.
            Drum.Kick or Drum.LowTom => step == 0 ? 'X' : onBeat && (isOdd ? beat == 4 : beat == 3 && metre.Beats > 4) ? 'x' : '.',
            Drum.Snare or Drum.Clap or Drum.Rim => onBeat && (isOdd ? beat is 2 or 6 : metre.Beats == 3 ? beat == 2 : beat % 2 == 1) ? 'x' : '.',
            Drum.OpenHat or Drum.Crash => '.',
            _ => onBeat ? (isOdd && beat % 2 == 1 ? 'o' : 'x') : step % 2 == 0 ? 'o' : '.',
        };
    }
}
