namespace ElevenLabs.Simulator.Audio;

/// <summary>
/// Plays single beats of a simple band: a chord, a beat of the bar, some instruments. Every beat begins and ends in
/// silence, so that beats can be put one after the other in any order.
/// </summary>
internal static class BeatSynth
{
    public const int BeatsOfABar = 4;

    /// <summary>MIDI note of the root, and the third's semitones: C, A minor, F, G, D minor, E minor.</summary>
    private static readonly (int Root, int Third)[] Progression = [(48, 4), (45, 3), (41, 4), (43, 4), (50, 3), (52, 3)];

    public static int Chords => Progression.Length;

    /// <summary>Interleaved stereo, −1 to 1.</summary>
    public static float[] Play(int chord, int beat, Layers layers, int frames, int sampleRate)
    {
        var (root, third) = Progression[chord];
        int[] notes = [root, root + third, root + 7, root + 12];
        var noise = new Random((chord * BeatsOfABar) + beat);
        var sound = new float[frames * 2];
        var seconds = frames / (double)sampleRate;
        for (var frame = 0; frame < frames; frame++)
        {
            var time = frame / (double)sampleRate;
            var (left, right) = (0.0, 0.0);
            var half = time < seconds / 2 ? 0 : 1;
            var halfTime = time - (half * seconds / 2);
            if (layers.HasFlag(Layers.Bass) && beat % 2 == 0)
            {
                Add(0.26 * Pluck(notes[0] - 12, time, 5), 0);
            }

            if (layers.HasFlag(Layers.Piano))
            {
                Add(notes.Take(3).Sum(note => 0.06 * Pluck(note + 12, time, 6)), -0.3);
            }

            if (layers.HasFlag(Layers.Guitar))
            {
                Add(0.12 * Pluck(notes[((beat * 2) + half) % notes.Length] + 12, halfTime, 12), 0.4);
            }

            if (layers.HasFlag(Layers.Other))
            {
                Add(notes.Take(3).Sum(note => 0.05 * Swell(note, time, seconds, 0)), -0.5);
            }

            if (layers.HasFlag(Layers.Vocals))
            {
                Add(0.14 * Swell(notes[(beat * 3) % notes.Length] + 24, time, seconds, 6), 0.1);
            }

            if (layers.HasFlag(Layers.Drums))
            {
                var hiss = (noise.NextDouble() * 2) - 1;
                var kick = beat % 2 == 0 ? 0.3 * Math.Sin(2 * Math.PI * 55 * time * (1 + Math.Exp(-time * 30))) * Math.Exp(-time * 18) : 0;
                Add(kick + (hiss * ((beat % 2 == 1 ? 0.14 * Math.Exp(-time * 22) : 0) + (0.05 * Math.Exp(-halfTime * 60)))), 0);
            }

            var edge = Math.Min(1, Math.Min(time / 0.002, (seconds - time) / 0.02));
            sound[frame * 2] = (float)(left * edge);
            sound[(frame * 2) + 1] = (float)(right * edge);

            void Add(double value, double pan)
            {
                left += value * (1 - pan);
                right += value * (1 + pan);
            }
        }

        return sound;
    }

    private static double Pluck(int note, double time, double decay)
    {
        var phase = 2 * Math.PI * Hertz(note) * time;
        return (Math.Sin(phase) + (0.4 * Math.Sin(2 * phase)) + (0.15 * Math.Sin(3 * phase))) * Math.Exp(-decay * time);
    }

    private static double Swell(int note, double time, double seconds, double vibrato)
    {
        var phase = (2 * Math.PI * Hertz(note) * time) + (vibrato > 0 ? 0.6 * Math.Sin(2 * Math.PI * vibrato * time) : 0);
        return (Math.Sin(phase) + (0.3 * Math.Sin(2 * phase))) * Math.Sin(Math.PI * time / seconds);
    }

    private static double Hertz(int note) => 440 * Math.Pow(2, (note - 69) / 12.0);
}
