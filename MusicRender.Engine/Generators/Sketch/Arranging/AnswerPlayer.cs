using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>
/// Plays a second voice: where the tune (or whoever sings it) pauses it answers with the song's own small lick, and in
/// choruses it goes along in long notes, on the tones by which each chord is known.
/// </summary>
internal static class AnswerPlayer
{
    private static readonly int[][] Licks =
    [
        [0, 1, 2, 1],
        [2, 1, 0],
        [0, 2, 1, 2],
        [2, 3, 2, 1],
        [1, 2, 3],
    ];

    /// <summary>Plays a section beside its tune.</summary>
    public static void Play(SectionPlan plan, IReadOnlyList<TunePitch> tune, ScoreWriter score)
    {
        if (plan.Genre.Arpeggio.Figure != Figure.Answer || plan.Song.Metre.StepsPerBeat < 4)
        {
            return;
        }

        var lick = new SeededRandom(plan.Seed, "lick").Pick(Licks);
        int? held = null;
        for (var bar = 0; bar < plan.PlayedBars; bar++)
        {
            if (!plan.Plays(Part.Arpeggio, bar))
            {
                continue;
            }

            if (plan.EnergyAt(bar) >= 0.78 && plan.Section.Form != SectionForm.Solo)
            {
                held = GoAlong(plan, score, bar, held);
            }
            else if (Pauses(plan, tune, bar) is { } from)
            {
                Answer(plan, score, lick, bar, from);
            }
        }
    }

    // The step from which the tune is silent or only holds, when that is half a bar at least and a phrase may end there.
    private static int? Pauses(SectionPlan plan, IReadOnlyList<TunePitch> tune, int bar)
    {
        var half = (plan.Song.Metre.Beats + 1) / 2 * plan.Song.Metre.StepsPerBeat;
        var lead = plan.Section.IsSung || plan.Plays(Part.Lead, bar);
        return bar % 2 == 1 && (!lead || !tune.Any(note => note.Bar == bar && note.Step > half)) ? half : null;
    }

    private static void Answer(SectionPlan plan, ScoreWriter score, int[] lick, int bar, int from)
    {
        var half = plan.Song.Metre.StepsPerBeat / 2;
        var tones = Voicing.Lead(plan.Chords.At(bar, from), null, 69);
        for (var place = 0; place < lick.Length; place++)
        {
            var step = from + (place * half);
            var isLast = place == lick.Length - 1 || step + half >= plan.Grid.StepsPerBar;
            var index = lick[place];
            var pitch = tones[index % tones.Length] + (12 * (index / tones.Length));
            score.Play(plan, Part.Arpeggio, bar, step, isLast ? Math.Max(half, plan.Grid.StepsPerBar - step) : half * 0.92, pitch, 0.6 + (isLast ? 0.08 : 0));
            if (isLast)
            {
                break;
            }
        }
    }

    // Third or seventh, whichever is nearer to the note before.
    private static int GoAlong(SectionPlan plan, ScoreWriter score, int bar, int? before)
    {
        var last = before ?? 67;
        foreach (var change in plan.Chords.Changes.Where(change => change.Bar == bar).DefaultIfEmpty(new ChordChange(bar, 0, plan.Chords.At(bar, 0))))
        {
            var pitch = new[] { change.Chord.Third, change.Chord.Seventh, change.Chord.Fifth }
                .SelectMany(tone => new[] { Voicing.Bass(tone, 60), Voicing.Bass(tone, 72) })
                .Where(tone => tone <= 79)
                .MinBy(tone => Math.Abs(tone - last) + (tone == last ? 0.5 : 0));
            score.Play(plan, Part.Arpeggio, bar, change.Step, Math.Min(plan.Grid.StepsPerBar - change.Step, plan.Chords.StepsLeft(bar, change.Step)) * 0.97, pitch, 0.58);
            last = pitch;
        }

        return last;
    }
}
