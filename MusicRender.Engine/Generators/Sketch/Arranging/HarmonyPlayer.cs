using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Plays the chords: in rhythm, held as a pad, and broken into an arpeggio.</summary>
internal static class HarmonyPlayer
{
    private const int Centre = 62;

    private static readonly int[][] Orders =
    [
        [0, 1, 2, 3, 4, 5],
        [0, 2, 1, 3, 2, 4],
        [0, 1, 2, 3, 2, 1],
        [0, 2, 4, 3, 2, 1],
    ];

    /// <summary>Plays a section.</summary>
    public static void Play(SectionPlan plan, ScoreWriter score)
    {
        var voicings = new int[plan.Chords.Length][];
        for (var bar = 0; bar < voicings.Length; bar++)
        {
            voicings[bar] = Voicing.Lead(plan.Chords[bar], bar == 0 ? null : voicings[bar - 1], Centre);
        }

        if (plan.Plays(Part.Chords))
        {
            PlayChords(plan, score, voicings);
        }

        if (plan.Plays(Part.Pad))
        {
            PlayPad(plan, score, voicings);
        }

        if (plan.Plays(Part.Arpeggio))
        {
            PlayArpeggio(plan, score);
        }
    }

    private static void PlayChords(SectionPlan plan, ScoreWriter score, int[][] voicings)
    {
        var genre = plan.Song.Genre;
        var isGuitar = plan.TimbreOf(Part.Chords) is Timbre.AcousticGuitar or Timbre.CleanGuitar or Timbre.DistortedGuitar;
        var pattern = plan.Section.Energy switch { >= 0.78 => genre.FullChords, < 0.45 => "x---------------", _ => genre.Chords };
        for (var bar = 0; bar < plan.Grid.Bars; bar++)
        {
            var pitches = plan.TimbreOf(Part.Chords) == Timbre.DistortedGuitar
                ? PowerChord(plan.Chords[bar])
                : isGuitar ? Voicing.ForGuitar(plan.Chords[bar]) : voicings[bar];
            var strokes = bar == plan.FinalBar
                ? [new Stroke(0, plan.Grid.StepsPerBar, 'x')]
                : Rhythm.Of(pattern, plan.Song.Metre, bar);
            for (var index = 0; index < strokes.Count; index++)
            {
                var stroke = strokes[index];

                // Strummed down on the beat, up between: the strings sound one after the other.
                var isUp = stroke.Step % 4 != 0;
                var velocity = (isUp ? 0.58 : 0.74) * (isGuitar ? 0.85 : 1);
                for (var voice = 0; voice < pitches.Length; voice++)
                {
                    var order = isUp ? pitches.Length - 1 - voice : voice;
                    score.Play(plan, Part.Chords, bar, stroke.Step, stroke.Steps, pitches[voice], velocity, isGuitar ? order * 7 : 0);
                }
            }
        }
    }

    private static int[] PowerChord(Chord chord)
    {
        var root = Voicing.Bass(chord.Root, 40);
        return [root, root + ((chord.Fifth - chord.Root + 12) % 12), root + 12];
    }

    private static void PlayPad(SectionPlan plan, ScoreWriter score, int[][] voicings)
    {
        for (var bar = 0; bar < plan.Grid.Bars;)
        {
            var held = 1;
            while (bar + held < plan.Grid.Bars && plan.Chords[bar + held] == plan.Chords[bar] && bar + held != plan.FinalBar)
            {
                held++;
            }

            var last = bar + held == plan.Grid.Bars;
            foreach (var pitch in voicings[bar])
            {
                score.Play(plan, Part.Pad, bar, 0, (held * plan.Grid.StepsPerBar) - (last ? 0 : 0.25), pitch, 0.62);
            }

            // Full sections spread the pad by an octave above.
            if (plan.Section.Energy >= 0.85)
            {
                score.Play(plan, Part.Pad, bar, 0, held * plan.Grid.StepsPerBar, voicings[bar][0] + 12, 0.5);
            }

            bar += held;
        }
    }

    private static void PlayArpeggio(SectionPlan plan, ScoreWriter score)
    {
        var random = new SeededRandom(plan.Seed, $"arpeggio {plan.Section.Form}");
        var order = random.Pick(Orders);
        var spacing = plan.Song.Genre.ArpeggioSteps;
        for (var bar = 0; bar < plan.Grid.Bars && bar != plan.FinalBar; bar++)
        {
            var tones = Voicing.Lead(plan.Chords[bar], null, Centre + 5);
            for (var step = 0; step < plan.Grid.StepsPerBar; step += spacing)
            {
                var place = order[step / spacing % order.Length];
                var pitch = tones[place % tones.Length] + (12 * (place / tones.Length));
                score.Play(plan, Part.Arpeggio, bar, step, spacing * 0.9, pitch, step % 4 == 0 ? 0.66 : 0.5);
            }
        }
    }
}
