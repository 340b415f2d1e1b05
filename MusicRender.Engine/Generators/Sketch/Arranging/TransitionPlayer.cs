using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Plays what leads from section to section: rolls that tighten, risers, impacts, crashes.</summary>
internal static class TransitionPlayer
{
    private const double Loud = 0.85;

    /// <summary>True for the bars of a build-up in which a roll takes the place of the groove.</summary>
    public static bool Rolls(SectionPlan plan, int bar) =>
        plan.Song.HasTransitions && plan.Genre.Builds && plan.Section.Form == SectionForm.PreChorus && plan.Next is { Energy: >= Loud }
        && plan.Song.Metre.IsCommon && plan.Grid.Bars >= 4 && bar >= plan.Grid.Bars - Math.Min(4, plan.Grid.Bars / 2);

    /// <summary>A bar of the roll: quarters, then eighths, then sixteenths, always louder.</summary>
    public static void PlayRoll(SectionPlan plan, ScoreWriter score, int bar, int until)
    {
        var bars = Math.Min(4, plan.Grid.Bars / 2);
        var share = (double)(bar - (plan.Grid.Bars - bars)) / bars;
        var spacing = share < 0.4 ? 4 : share < 0.7 ? 2 : 1;
        for (var step = 0; step < until; step += spacing)
        {
            score.Strike(plan, bar, step, Drum.Snare, 0.35 + (0.45 * (share + ((double)step / plan.Grid.StepsPerBar / bars))));
            if (step % 4 == 0 && share < 0.7)
            {
                score.Strike(plan, bar, step, Drum.Kick, 0.85);
            }
        }
    }

    /// <summary>What happens at the section's two ends.</summary>
    public static void PlayBorders(SectionPlan plan, ScoreWriter score)
    {
        if (plan.Plays(Part.Drums, 0))
        {
            Arrive(plan, score);
        }

        if (plan.Song.HasTransitions && plan.Section.Parts.Has(Part.Drums) && plan.Next is { Energy: >= 0.8 } next && next.Energy > plan.Section.Energy + 0.1)
        {
            score.Rise(plan, 0.9);
        }
    }

    // Loud sections are marked where they begin, and softly every eight bars.
    private static void Arrive(SectionPlan plan, ScoreWriter score)
    {
        if (plan.Genre.Crashes && plan.Section.Energy >= 0.6)
        {
            if (plan.Previous is { } previous && previous.Energy <= plan.Section.Energy)
            {
                score.Strike(plan, 0, 0, Drum.Crash, 0.8);
            }

            for (var bar = 8; bar < plan.PlayedBars && plan.Section.Energy >= 0.78; bar += 8)
            {
                score.Strike(plan, bar, 0, Drum.Crash, 0.55);
            }
        }

        if (plan.Song.HasTransitions && plan.Section.Energy >= Loud && plan.Previous is { } before && before.Energy < plan.Section.Energy - 0.1)
        {
            score.Strike(plan, 0, 0, Drum.Impact, 0.85);
        }
    }
}
