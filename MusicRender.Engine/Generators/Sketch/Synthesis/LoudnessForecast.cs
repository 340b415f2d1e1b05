using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// How loud a score will be over time, in steps of 100 ms, before it is played: the sum of what its notes and strokes have
/// been measured to be by themselves. Right in its course, rough in its level; probes set the level.
/// </summary>
internal static class LoudnessForecast
{
    private const double MiddlePan = 0.5;

    // Of a note that is sung at full strength.
    private const double VoiceMeanSquare = 0.1;

    private static readonly Lazy<double>[][] Strokes =
        [.. Enum.GetValues<DrumKit>().Select(kit => Enum.GetValues<Drum>().Select(drum => new Lazy<double>(() => EnergyOf(kit, drum))).ToArray())];

    /// <summary>The mean square of each step of a song, before mastering.</summary>
    public static double[] Of(Score score)
    {
        var steps = new double[LoudnessSteps.CountOf(score.Frames)];
        foreach (var note in score.Notes)
        {
            var strip = Strips.All[(int)note.Part];
            var level = (double)strip.Level * strip.Level * note.Velocity * note.Velocity * (1 + (strip.Reverb * strip.Reverb * score.Room * score.Room));
            var measured = TimbreLoudness.Of(note.Timbre, note.Pitch);
            Spread(steps, note.Start, note.Length, measured, level);
        }

        foreach (var hit in score.Hits)
        {
            var strip = Strips.All[(int)(Drummer.IsEffect(hit.Drum) ? Part.Texture : Part.Drums)];
            var gain = (double)hit.Velocity * hit.Velocity * strip.Level;
            var step = (int)Math.Min(steps.Length - 1, hit.Start / LoudnessMeter.StepFrames);
            steps[step] += gain * gain * Strokes[(int)score.Kit][(int)hit.Drum].Value / LoudnessMeter.StepFrames;
        }

        var voice = Strips.All[(int)Part.Voice].Level * (double)Strips.All[(int)Part.Voice].Level * VoiceMeanSquare;
        foreach (var phone in score.Vocals.Phones)
        {
            Spread(steps, phone.Start, phone.Length, [1], voice * phone.Velocity * phone.Velocity);
        }

        return steps;
    }

    private static void Spread(double[] steps, long start, int length, ReadOnlySpan<double> measured, double level)
    {
        var first = start / LoudnessMeter.StepFrames;
        var end = start + length;
        for (var step = first; step < steps.Length && step * LoudnessMeter.StepFrames < end; step++)
        {
            var from = Math.Max(start, step * LoudnessMeter.StepFrames);
            var share = (double)(Math.Min(end, (step + 1) * LoudnessMeter.StepFrames) - from) / LoudnessMeter.StepFrames;
            var age = (int)Math.Min(measured.Length - 1, (from - start) / LoudnessMeter.StepFrames);
            steps[step] += level * share * measured[age];
        }
    }

    // Sum of both channels' squares over the whole stroke.
    private static double EnergyOf(DrumKit kit, Drum drum)
    {
        var sound = DrumSounds.Of(kit, drum);
        return 4 * MiddlePan * sound.Level * sound.Level * new LoudnessMeter().Add(sound.Samples, sound.Samples) / 2;
    }
}
