using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Sets chords for several voices so that each voice moves as little as it can.</summary>
internal static class Voicing
{
    /// <summary>The pitches of a chord in a style, rising, close to the voicing before it.</summary>
    public static int[] Of(Chord chord, VoicingStyle style, int[]? previous, int centre) => style switch
    {
        VoicingStyle.Guitar => ForGuitar(chord),
        VoicingStyle.Power or VoicingStyle.Shuffle => PowerChord(chord),
        VoicingStyle.Rootless when chord.Intervals.Count > 3 => Lead(chord with { Intervals = [.. chord.Intervals.Skip(1)] }, previous, centre),
        VoicingStyle.Open => Opened(Lead(chord, null, centre)),
        _ => Lead(chord, previous, centre),
    };

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

    /// <summary>The pitch of a pitch class at or above the lowest one allowed.</summary>
    public static int Bass(int pitchClass, int lowest) => lowest + ((((pitchClass - lowest) % 12) + 12) % 12);

    // Root, fifth and octave below, the rest above, on six strings from E2.
    private static int[] ForGuitar(Chord chord)
    {
        var low = Bass(chord.Root, 40);
        var pitches = new SortedSet<int> { low, low + ((chord.Fifth - chord.Root + 12) % 12), low + 12 };
        foreach (var interval in chord.Intervals.Skip(1))
        {
            pitches.Add(low + 12 + interval);
        }

        return [.. pitches.Take(6)];
    }

    private static int[] PowerChord(Chord chord)
    {
        var root = Bass(chord.Root, 40);
        return [root, root + ((chord.Fifth - chord.Root + 12) % 12), root + 12];
    }

    // The second voice from above an octave lower.
    private static int[] Opened(int[] pitches)
    {
        if (pitches.Length < 3)
        {
            return pitches;
        }

        pitches[^2] -= 12;
        Array.Sort(pitches);
        return pitches;
    }

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
