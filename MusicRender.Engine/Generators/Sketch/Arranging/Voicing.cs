namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Sets chords for several voices so that each voice moves as little as it can.</summary>
internal static class Voicing
{
    /// <summary>The pitches of a chord, rising, close to the voicing before it, or around the centre when there is none.</summary>
    public static int[] Lead(Chord chord, int[]? previous, int centre)
    {
        int[]? best = null;
        var least = double.MaxValue;
        for (var inversion = 0; inversion < chord.Intervals.Count; inversion++)
        {
            for (var octave = -1; octave <= 1; octave++)
            {
                var candidate = Invert(chord, inversion, centre + (12 * octave));
                var cost = Math.Abs(candidate.Average() - centre) * 0.6;
                if (previous is not null)
                {
                    cost += candidate.Select((pitch, voice) => Math.Abs(pitch - previous[Math.Min(voice, previous.Length - 1)])).Average();
                }

                if (cost < least)
                {
                    (best, least) = (candidate, cost);
                }
            }
        }

        return best!;
    }

    /// <summary>A chord as a guitar plays it: root, fifth and octave below, the rest above.</summary>
    public static int[] ForGuitar(Chord chord)
    {
        var low = Bass(chord.Root, 40);
        var pitches = new SortedSet<int> { low, low + ((chord.Fifth - chord.Root + 12) % 12), low + 12 };
        foreach (var interval in chord.Intervals.Skip(1))
        {
            pitches.Add(low + 12 + interval);
        }

        return [.. pitches.Take(6)];
    }

    /// <summary>The pitch of a pitch class at or above the lowest one allowed.</summary>
    public static int Bass(int pitchClass, int lowest) => lowest + ((((pitchClass - lowest) % 12) + 12) % 12);

    private static int[] Invert(Chord chord, int inversion, int centre)
    {
        var count = chord.Intervals.Count;
        var pitches = new int[count];
        var floor = centre - 6;
        for (var voice = 0; voice < count; voice++)
        {
            var pitchClass = (chord.Root + chord.Intervals[(inversion + voice) % count]) % 12;
            pitches[voice] = Bass(pitchClass, floor);
            floor = pitches[voice] + 1;
        }

        return pitches;
    }
}
