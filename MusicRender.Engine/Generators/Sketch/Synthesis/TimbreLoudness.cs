using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// How loud a note of a timbre is over time, measured once on notes an octave apart: what a score will sound like can then be
/// reckoned without playing it.
/// </summary>
internal static class TimbreLoudness
{
    /// <summary>Steps of <see cref="LoudnessMeter.StepFrames"/> that a note is measured for.</summary>
    public const int Steps = 8;

    private const int Lowest = 24;
    private const int Distance = 12;
    private const int Octaves = 8;
    private const float Velocity = 0.8f;

    private static readonly Lazy<double[][]>[] Timbres = [.. Enum.GetValues<Timbre>().Select(timbre => new Lazy<double[][]>(() => Measure(timbre)))];

    /// <summary>The mean squares of a note's steps at full velocity, as its part hears it.</summary>
    public static ReadOnlySpan<double> Of(Timbre timbre, int pitch) =>
        Timbres[(int)timbre].Value[Math.Clamp((pitch - Lowest + (Distance / 2)) / Distance, 0, Octaves - 1)];

    private static double[][] Measure(Timbre timbre) =>
        [.. Enumerable.Range(0, Octaves).Select(octave => Measure(timbre, Lowest + (octave * Distance)))];

    private static double[] Measure(Timbre timbre, int pitch)
    {
        const int frames = Steps * LoudnessMeter.StepFrames;
        var patch = Patches.Of(timbre);
        var instrument = new Instrument(Part.Chords, patch, frames);
        var voice = Voices.For(patch);
        voice.Begin(new Note(0, frames, pitch, Velocity, Part.Chords, timbre), patch, 0, 0, 1);
        var steps = new LoudnessSteps(frames);
        var sound = new float[Mixer.BlockFrames];
        var channel = new Channel();
        for (var done = 0; done < frames; done += Mixer.BlockFrames)
        {
            voice.Render(sound);
            instrument.Clear(sound.Length);
            instrument.Add(sound, 0, voice.Pan, sound.Length);
            channel.Clear(sound.Length);
            instrument.Finish(channel, done, sound.Length);
            steps.Add(channel.Left, channel.Right);
        }

        return [.. steps.Steps.ToArray().Select(step => step / (Velocity * Velocity))];
    }
}
