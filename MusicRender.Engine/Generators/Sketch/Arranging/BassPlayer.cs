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
        if (!plan.Plays(Part.Bass))
        {
            return;
        }

        var genre = plan.Song.Genre;
        var pattern = plan.Section.Energy >= 0.78 ? genre.FullBass : plan.Section.Energy < 0.48 ? "r---------------" : genre.Bass;
        for (var bar = 0; bar < plan.Grid.Bars; bar++)
        {
            var chord = plan.Chords[bar];
            if (bar == plan.FinalBar)
            {
                score.Play(plan, Part.Bass, bar, 0, plan.Grid.StepsPerBar, Voicing.Bass(chord.Root, Lowest), 0.8);
                break;
            }

            var next = plan.Chords[Math.Min(bar + 1, plan.Chords.Length - 1)];
            foreach (var stroke in Rhythm.Of(pattern, plan.Song.Metre, bar))
            {
                var accent = stroke.Step % plan.Song.Metre.StepsPerBeat == 0 ? 0.85 : 0.72;
                score.Play(plan, Part.Bass, bar, stroke.Step, stroke.Steps * 0.96, PitchOf(stroke.Symbol, chord, next, plan.Section.Key), accent);
            }
        }
    }

    private static int PitchOf(char symbol, Chord chord, Chord next, MusicalKey key)
    {
        var root = Voicing.Bass(chord.Root, Lowest);
        return symbol switch
        {
            'o' => root + 12,
            '5' => root + ((chord.Fifth - chord.Root + 12) % 12),
            '3' => root + ((chord.Third - chord.Root + 12) % 12),
            'a' => Approach(root, Voicing.Bass(next.Root, Lowest), key),
            _ => root,
        };
    }

    // The scale tone next to the coming root, from the side where the bass stands.
    private static int Approach(int root, int next, MusicalKey key)
    {
        var direction = root >= next ? 1 : -1;
        var pitch = next + direction;
        return key.Contains(pitch) ? pitch : pitch + direction;
    }
}
