using System.Numerics;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Synthesis;

namespace MusicRender.Engine.Tests.Generators.Sketch;

/// <summary>Measures sound without the code that made it.</summary>
internal static class Spectrum
{
    private const int Rate = 44_100;

    /// <summary>Energy of the twelve pitch classes from C3 to B5, by Goertzel's algorithm over windows of 0.4 s.</summary>
    public static double[] Chroma(float[] interleaved)
    {
        var mono = Mono(interleaved);
        var chroma = new double[12];
        const int window = Rate * 4 / 10;
        for (var start = 0; start + window <= mono.Length; start += window)
        {
            for (var pitch = 48; pitch < 84; pitch++)
            {
                chroma[pitch % 12] += Energy(mono.AsSpan(start, window), 440 * Math.Pow(2, (pitch - 69) / 12.0));
            }
        }

        return chroma;
    }

    /// <summary>How far a voice's fundamental lies from its pitch, cents: the strongest of a fine comb of frequencies.</summary>
    public static double CentsOff(Timbre timbre, int pitch)
    {
        var voice = Voices.For(Patches.Of(timbre));
        var sound = new float[Rate];
        voice.Begin(new Note(0, Rate, pitch, 0.8f, Part.Chords, timbre), Patches.Of(timbre), 0, 0, 1);
        voice.Render(sound);
        var frequency = 440 * Math.Pow(2, (pitch - 69) / 12.0);
        return Enumerable.Range(-60, 121)
            .Select(step => step / 2.0)
            .MaxBy(cents => Energy(sound.AsSpan(2_000, 36_000), frequency * Math.Pow(2, cents / 1200)));
    }

    /// <summary>The tempo within 12 % of a guess at which onsets repeat most: autocorrelation of the rises in energy.</summary>
    public static double Tempo(float[] interleaved, double guess)
    {
        const int hop = 220;
        var mono = Mono(interleaved);
        var energies = Enumerable.Range(0, mono.Length / hop)
            .Select(index => Math.Log(1e-4 + SketchPlans.Rms(mono.AsSpan(index * hop, hop))))
            .ToArray();
        var onsets = energies.Skip(1).Select((energy, index) => Math.Max(0, energy - energies[index])).ToArray();
        var best = 0.0;
        var most = 0.0;
        for (var bpm = guess * 0.88; bpm < guess * 1.12; bpm += 0.1)
        {
            // Over four beats at once: a small error of tempo shows.
            var sum = 0.0;
            for (var beats = 1; beats <= 4; beats++)
            {
                var lag = (int)Math.Round(beats * 60 / bpm * Rate / hop);
                for (var index = 0; index + lag < onsets.Length; index++)
                {
                    sum += onsets[index] * onsets[index + lag];
                }
            }

            if (sum > most)
            {
                (best, most) = (bpm, sum);
            }
        }

        return best;
    }

    /// <summary>Magnitudes of the bins from 0 to half the sample rate, through a Blackman-Harris window (side lobes at −92 dB).</summary>
    public static double[] Magnitudes(ReadOnlySpan<float> samples)
    {
        var size = samples.Length;
        var values = new Complex[size];
        for (var index = 0; index < size; index++)
        {
            var turn = 2 * Math.PI * index / size;
            values[index] = samples[index] * (0.35875 - (0.48829 * Math.Cos(turn)) + (0.14128 * Math.Cos(2 * turn)) - (0.01168 * Math.Cos(3 * turn)));
        }

        Transform(values);
        return [.. values.Take(size / 2).Select(value => value.Magnitude)];
    }

    /// <summary>The sound less what is below a frequency, 24 dB an octave.</summary>
    public static float[] High(float[] mono, double hertz)
    {
        var filter = new Equalizer([new(BandKind.LowCut, hertz), new(BandKind.LowCut, hertz)]);
        var (high, other) = ((float[])mono.Clone(), (float[])mono.Clone());
        filter.Process(high, other);
        return high;
    }

    /// <summary>The levels, dB of the whole, of what lies between frequencies.</summary>
    public static double[] Levels(float[] interleaved, double[] borders)
    {
        const int size = 8_192;
        var mono = Mono(interleaved);
        var energies = new double[borders.Length + 1];
        for (var start = 0; start + size <= mono.Length; start += size)
        {
            var magnitudes = Magnitudes(mono.AsSpan(start, size));
            for (var bin = 2; bin < magnitudes.Length; bin++)
            {
                energies[borders.Count(border => (double)bin * Rate / size > border)] += magnitudes[bin] * magnitudes[bin];
            }
        }

        return [.. energies.Select(energy => 10 * Math.Log10(energy / energies.Sum()))];
    }

    private static void Transform(Span<Complex> values)
    {
        if (values.Length == 1)
        {
            return;
        }

        var half = values.Length / 2;
        var even = new Complex[half];
        var odd = new Complex[half];
        for (var index = 0; index < half; index++)
        {
            (even[index], odd[index]) = (values[2 * index], values[(2 * index) + 1]);
        }

        Transform(even);
        Transform(odd);
        for (var index = 0; index < half; index++)
        {
            var turned = Complex.FromPolarCoordinates(1, -2 * Math.PI * index / values.Length) * odd[index];
            (values[index], values[index + half]) = (even[index] + turned, even[index] - turned);
        }
    }

    private static float[] Mono(float[] interleaved) =>
        [.. Enumerable.Range(0, interleaved.Length / 2).Select(frame => 0.5f * (interleaved[2 * frame] + interleaved[(2 * frame) + 1]))];

    private static double Energy(ReadOnlySpan<float> samples, double frequency)
    {
        var coefficient = 2 * Math.Cos(2 * Math.PI * frequency / Rate);
        var (s1, s2) = (0.0, 0.0);
        for (var index = 0; index < samples.Length; index++)
        {
            // Hann's window keeps neighbours a semitone away apart.
            var window = 0.5 - (0.5 * Math.Cos(2 * Math.PI * index / samples.Length));
            (s1, s2) = ((window * samples[index]) + (coefficient * s1) - s2, s1);
        }

        return (s1 * s1) + (s2 * s2) - (coefficient * s1 * s2);
    }
}
