using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Plays the bass: the chords' roots in the genre's pattern, with fifths, octaves and steps towards the next root.</summary>
internal static class BassPlayer
{
    // E1, the lowest string of a bass.
    private const int Lowest = 28;

    /// <summary>Plays a section.</summary>
    public static void Play(SectionPlan plan, ScoreWriter score)
    {
        var random = new SeededRandom(plan.Seed, $"bass {plan.Section.Form}");
        for (var bar = 0; bar < plan.PlayedBars; bar++)
        {
            // A walk at the end of a phrase: the same bars in every chorus.
            var walks = random.Chance(0.6) && bar % 4 == 3;
            if (plan.Plays(Part.Bass, bar))
            {
                PlayBar(plan, score, bar, walks && IsPlayedByHand(plan) && plan.EnergyAt(bar) >= 0.5);
            }
        }

        if (plan.FinalBar >= 0 && plan.Plays(Part.Bass, plan.FinalBar))
        {
            score.Play(plan, Part.Bass, plan.FinalBar, 0, plan.FinalSteps, Voicing.Bass(plan.Chords.At(plan.FinalBar, 0).Bass, Lowest), 0.85);
        }
    }

    private static void PlayBar(SectionPlan plan, ScoreWriter score, int bar, bool walks)
    {
        var bass = plan.Genre.Bass;
        var metre = plan.Song.Metre;
        var held = "r" + new string('-', Metre.Named(plan.Genre.Metre).StepsPerBar - 1);
        var pattern = plan.EnergyAt(bar) switch { >= 0.78 => bass.Full, < 0.48 => bass.Light ?? held, _ => bass.Pattern };
        var until = plan.Grid.StepsPerBar - plan.StopSteps(bar);
        var walkFrom = walks && metre.StepsPerBeat == 4 && metre.Beats > 2 ? plan.Grid.StepsPerBar - metre.StepsPerBeat : until;
        foreach (var stroke in plan.Rhythm.Of(pattern, bar))
        {
            // A held root begins again where the chord changes under it.
            for (double step = stroke.Step, end = Math.Min(stroke.Step + stroke.Steps, Math.Min(until, walkFrom)); step < end;)
            {
                var steps = Math.Min(end - step, plan.Chords.StepsLeft(bar, step));
                var velocity = step % metre.StepsPerBeat == 0 ? 0.86 : 0.74;
                score.Play(plan, Part.Bass, bar, step, steps * 0.96, PitchOf(stroke.Symbol, plan, bar, step), velocity);
                step += steps;
            }
        }

        if (walkFrom < until)
        {
            var half = metre.StepsPerBeat / 2;
            var goal = Voicing.Bass(plan.Chords.After(bar, walkFrom).Bass, Lowest);
            var from = Voicing.Bass(plan.Chords.At(bar, walkFrom).Bass, Lowest);
            var direction = from <= goal ? -1 : 1;
            score.Play(plan, Part.Bass, bar, walkFrom, half * 0.94, StepFrom(goal, 2 * direction, plan.Section.Key), 0.78);
            score.Play(plan, Part.Bass, bar, walkFrom + half, half * 0.94, StepFrom(goal, direction, plan.Section.Key), 0.74);
        }
    }

    // Machines and 808s stay on their pattern.
    private static bool IsPlayedByHand(SectionPlan plan) =>
        plan.TimbreOf(Part.Bass) is Timbre.ElectricBass or Timbre.SlapBass or Timbre.UprightBass && !plan.Genre.Bass.Pattern.Contains('c', StringComparison.Ordinal);

    private static int PitchOf(char symbol, SectionPlan plan, int bar, double step)
    {
        var chord = plan.Chords.At(bar, step);
        var root = Voicing.Bass(chord.Root, Lowest);
        return symbol switch
        {
            'o' => root + 12,
            'l' => root >= Lowest + 5 ? root - 5 : root + 7,
            '3' => root + ((chord.Third - chord.Root + 12) % 12),
            '5' => root + ((chord.Fifth - chord.Root + 12) % 12),
            '6' => root + 9,
            '7' => root + (chord.Seventh == chord.Root ? 12 : (chord.Seventh - chord.Root + 12) % 12),
            'R' => Voicing.Bass(plan.Chords.After(bar, step).Bass, Lowest),
            'a' => Approach(root, Voicing.Bass(plan.Chords.After(bar, step).Bass, Lowest), plan.Section.Key),
            'c' => Voicing.Bass(plan.Chords.After(bar, step).Bass, Lowest) is var goal && root >= goal ? goal + 1 : goal - 1,
            _ => Voicing.Bass(chord.Bass, Lowest),
        };
    }

    // The scale tone next to the coming root, from the side where the bass stands.
    private static int Approach(int root, int next, MusicalKey key) => StepFrom(next, root >= next ? 1 : -1, key);

    // The scale tone that many steps of the scale away.
    private static int StepFrom(int pitch, int steps, MusicalKey key)
    {
        var direction = Math.Sign(steps);
        for (var left = Math.Abs(steps); left > 0; left--)
        {
            do
            {
                pitch += direction;
            }
            while (!key.Contains(pitch));
        }

        return pitch;
    }
}
