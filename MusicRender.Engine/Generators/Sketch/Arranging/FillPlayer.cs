using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Plays the fills that lead from phrase to phrase, each genre in its manner.</summary>
internal static class FillPlayer
{
    /// <summary>Fills a bar from a step to its end.</summary>
    public static void Play(SectionPlan plan, ScoreWriter score, int bar, int from, ref SeededRandom random)
    {
        var last = plan.Grid.StepsPerBar - 1;
        var length = last - from + 1;
        var shape = random.Below(3);
        for (var step = from; step <= last; step++)
        {
            var share = (step - from + 1.0) / length;
            var (drum, velocity) = plan.Genre.Fills switch
            {
                Fills.Sparse => step >= last - 1 || (shape == 1 && step == from) ? (Drum.Snare, step == last ? 0.5 : 0.36) : (Drum.Kick, step == from ? 0.7 : 0),
                Fills.Toms => TomAt(share, shape, step - from),
                Fills.Hats => HatAt(plan, score, bar, step, share),
                Fills.Breaks => (step - from) % 3 == 0 ? (Drum.Kick, 0.85) : (Drum.Snare, (step - from) % 3 == 2 || shape == 0 ? 0.8 : 0.4),
                Fills.Rolls => Roll(score, plan, bar, step, share),
                _ => (Drum.Snare, shape == 2 && (step - from) % 2 == 1 && step < last ? 0 : 0.42 + (0.45 * share)),
            };
            if (velocity > 0)
            {
                score.Strike(plan, bar, step, drum, velocity);
            }
        }

        // The foot goes on under the hands.
        if (plan.Genre.Fills is Fills.Snare or Fills.Toms)
        {
            for (var step = from; step <= last; step += plan.Song.Metre.StepsPerBeat)
            {
                score.Strike(plan, bar, step, Drum.Kick, 0.8);
            }
        }
    }

    // Down from the snare over the high tom to the low one; or in pairs; or with holes in it.
    private static (Drum, double) TomAt(double share, int shape, int place)
    {
        var drum = share <= 0.34 ? Drum.Snare : share <= 0.67 ? Drum.HighTom : Drum.LowTom;
        var rests = shape switch { 1 => place % 4 == 3, 2 => place % 4 == 1, _ => false };
        return (drum, rests ? 0 : 0.55 + (0.35 * share));
    }

    private static (Drum, double) HatAt(SectionPlan plan, ScoreWriter score, int bar, int step, double share)
    {
        var strokes = share < 0.5 ? 2 : 3;
        for (var index = 1; index < strokes; index++)
        {
            score.Strike(plan, bar, step + ((double)index / strokes), Drum.ClosedHat, 0.4 + (0.3 * share));
        }

        return (Drum.ClosedHat, 0.5 + (0.3 * share));
    }

    private static (Drum, double) Roll(ScoreWriter score, SectionPlan plan, int bar, int step, double share)
    {
        score.Strike(plan, bar, step + 0.5, Drum.Snare, 0.25 + (0.5 * share));
        return (Drum.Snare, 0.3 + (0.5 * share));
    }
}
