using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Synthesis;
using Xunit;
using Instrument = MusicRender.Engine.Generators.Sketch.Synthesis.Instrument;

namespace MusicRender.Engine.Tests.Generators.Sketch.Sound;

/// <summary>Every pitched timbre by itself: nothing folds back, nothing clicks.</summary>
public sealed class TimbreTests
{
    private const int Window = 16_384;

    public static TheoryData<string> Timbres => [.. Enum.GetNames<Timbre>().Where(name => name != nameof(Timbre.None))];

    [Theory]
    [MemberData(nameof(Timbres))]
    public void Aliasing_UpToFourKilohertz_IsBelowSixtyDecibels(string name)
    {
        foreach (var pitch in (ReadOnlySpan<int>)[84, 91, 98, 103, 108])
        {
            var frequency = 440 * Math.Pow(2, (pitch - 69) / 12.0);
            var sound = Play(Steady(Enum.Parse<Timbre>(name)), pitch, held: 40_000, frames: 40_000);

            // What folds back lands anywhere. Under the note, and its octave, there is nothing else.
            var magnitudes = Spectrum.Magnitudes(sound.AsSpan(8_000, Window));
            var lowest = (int)(110.0 * Window / PcmFormat.SampleRate);
            var highest = (int)(0.46 * frequency * Window / PcmFormat.SampleRate);
            var folded = SketchPlans.Decibels(magnitudes[lowest..highest].Max() / magnitudes.Max());
            Assert.True(folded < -60, $"{name} at {frequency:0} Hz: {folded:0.0} dB");
        }
    }

    [Theory]
    [MemberData(nameof(Timbres))]
    public void Note_EndsWithoutAClick(string name)
    {
        const int held = 15_000;
        var sound = Play(Patches.Of(Enum.Parse<Timbre>(name)) with { Bits = 0 }, pitch: 57, held, frames: 180_000);

        // A click is a burst of what is high: letting go must bring none that playing has not.
        var high = Spectrum.High(sound, 6_000);
        var playing = High(high, 6_000, held - 400);
        Assert.True(High(high, held - 200, held + 4_000) <= (1.5 * playing) + 1e-4, "when the key is let go");
        var end = Array.FindLastIndex(sound, sample => sample != 0);
        Assert.InRange(end, held, sound.Length - 2);
        Assert.True(Math.Abs(sound[end]) < 0.001f && High(high, end - 400, Math.Min(sound.Length, end + 400)) <= (0.3 * playing) + 1e-4, "when it has died away");
    }

    private static double High(float[] high, int from, int to)
    {
        var most = 0.0;
        for (var index = from; index < to; index++)
        {
            most = Math.Max(most, Math.Abs(high[index]));
        }

        return most;
    }

    // Without what is meant to be between the harmonics: noise, vibrato, players out of tune, the steps of a converter.
    private static Patch Steady(Timbre timbre) => Patches.Of(timbre) switch
    {
        SubtractivePatch patch => patch with { Vibrato = 0, Noise = 0, Detune = 0, PitchFall = 0, Chorus = 0, Tremolo = 0, Bits = 0 },
        ModalPatch patch => patch with { Knock = 0, Chorus = 0, Tremolo = 0, Bits = 0 },
        var patch => patch with { Chorus = 0, Tremolo = 0, Bits = 0 },
    };

    private static float[] Play(Patch patch, int pitch, int held, int frames)
    {
        var instrument = new Instrument(Part.Lead, patch, frames);
        var voice = Voices.For(patch);
        voice.Begin(new Note(0, held, pitch, 0.8f, Part.Lead, Timbre.None), patch, 0, 0, 1);
        var sound = new float[frames];
        var block = new float[Mixer.BlockFrames];
        var channel = new Channel();
        for (var from = 0; from < frames; from += block.Length)
        {
            channel.Clear(block.Length);
            instrument.Clear(block.Length);
            if (voice.IsActive)
            {
                voice.Render(block);
                instrument.Add(block, 0, voice.Pan, block.Length);
            }

            instrument.Finish(channel, from, block.Length);
            channel.Left.AsSpan(0, Math.Min(block.Length, frames - from)).CopyTo(sound.AsSpan(from));
        }

        return sound;
    }
}
