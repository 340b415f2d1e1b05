using System.Numerics;

namespace MusicRender.Engine.Tests.Generators.Sketch;

/// <summary>
/// Hears music without the code that made it: which key, and how a recording can be told from another by simple measures
/// of its spectrum and its rhythm.
/// </summary>
internal static class Listening
{
    private const int Rate = 44_100;
    private const int Window = 8_192;

    // How often each tone occurs in music of a key (Albrecht and Shanahan 2013).
    private static readonly double[] MajorProfile = [0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081];
    private static readonly double[] MinorProfile = [0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052];

    /// <summary>Both sides in one.</summary>
    public static float[] Mono(float[] interleaved) =>
        [.. Enumerable.Range(0, interleaved.Length / 2).Select(frame => 0.5f * (interleaved[2 * frame] + interleaved[(2 * frame) + 1]))];

    // How much the bass counts beside all that sounds above it.
    private const double BassShare = 0.3;

    /// <summary>
    /// The key of the 24 whose profile the sound's twelve tones fit best, tonic 0–11. The bass is heard by itself, as in chord
    /// recognition (Mauch and Dixon 2010): players leave a chord's root to it, and without it D minor's sevenths are F major's sixths.
    /// </summary>
    public static (int Tonic, bool IsMinor) KeyOf(float[] mono, float[] bass)
    {
        var (above, below) = (Chroma(mono), Roots(bass));
        var chroma = above.Zip(below, (tone, root) => (tone / above.Sum()) + (BassShare * root / Math.Max(1, below.Sum()))).ToArray();
        return Enumerable.Range(0, 24)
            .Select(key => (Tonic: key % 12, IsMinor: key >= 12))
            .MaxBy(key => Correlation(chroma, key.IsMinor ? MinorProfile : MajorProfile, key.Tonic));
    }

    /// <summary>How many moments each of the twelve pitch classes is the lowest tone: of the peaks that are not far below the highest one.</summary>
    private static double[] Roots(float[] bass)
    {
        const int size = 16_384;
        var (low, high) = (30 * size / Rate, 300 * size / Rate);
        var roots = new double[12];
        foreach (var magnitudes in Frames(bass, size, size / 2))
        {
            var top = magnitudes[low..high].Max();
            var peak = Enumerable.Range(low, high - low).FirstOrDefault(bin => magnitudes[bin] > magnitudes[bin - 1] && magnitudes[bin] >= magnitudes[bin + 1] && magnitudes[bin] > 0.3 * top);
            if (top > 1e-5 && peak > 0)
            {
                roots[(int)Math.Round(PitchOf(magnitudes, peak, size)) % 12]++;
            }
        }

        return roots;
    }

    // Where the parabola through three bins has its top, as a MIDI number.
    private static double PitchOf(double[] magnitudes, int bin, int size) => 69 + (12 * Math.Log2(PlaceOf(magnitudes, bin) * Rate / size / 440));

    private static double PlaceOf(double[] magnitudes, int bin)
    {
        var (left, middle, right) = (magnitudes[bin - 1], magnitudes[bin], magnitudes[bin + 1]);
        return bin + ((left - right) / (2 * (left - (2 * middle) + right)));
    }

    /// <summary>
    /// Strength of the twelve pitch classes from about D2 to C6, each moment counting the same. Only peaks of the spectrum count,
    /// drums have none, and of these only what is more than an overtone of a lower one.
    /// </summary>
    public static double[] Chroma(float[] mono)
    {
        const int size = 16_384;
        var chroma = new double[12];
        foreach (var magnitudes in Frames(mono, size, size / 2))
        {
            var peaks = new double[magnitudes.Length];
            for (var bin = 2; bin < magnitudes.Length - 2; bin++)
            {
                var around = (magnitudes[bin - 2] + magnitudes[bin + 2]) / 2;
                var isPeak = magnitudes[bin] > magnitudes[bin - 1] && magnitudes[bin] >= magnitudes[bin + 1] && magnitudes[bin] > 2 * around;
                peaks[bin] = isPeak ? Math.Sqrt(magnitudes[bin]) : 0;
            }

            var frame = new double[12];
            for (var bin = 28; bin < 390; bin++)
            {
                if (peaks[bin] == 0)
                {
                    continue;
                }

                var place = PlaceOf(magnitudes, bin);
                var under = Enumerable.Range(2, 10).Max(part => Around(peaks, place / part));
                frame[(int)Math.Round(PitchOf(magnitudes, bin, size)) % 12] += Math.Max(0, peaks[bin] - (0.8 * under));
            }

            var sum = frame.Sum() + 1e-3;
            for (var tone = 0; tone < 12; tone++)
            {
                chroma[tone] += frame[tone] / sum;
            }
        }

        return chroma;
    }

    private static double Around(double[] peaks, double place)
    {
        var bin = (int)Math.Round(place);
        return bin < 2 ? 0 : Math.Max(peaks[bin], Math.Max(peaks[bin - 1], peaks[bin + 1]));
    }

    /// <summary>
    /// Twenty measures: the shares of seven octaves, brightness and its movement, noisiness; and for low, middle and high
    /// sounds how often something begins, how sharply, and how strongly that repeats after half a beat to two beats.
    /// </summary>
    public static double[] Features(float[] mono)
    {
        double[] edges = [20, 90, 200, 450, 1_000, 2_500, 6_000, 16_000];
        const int hop = 512;
        var frames = Frames(mono, 1_024, hop).ToList();
        var bands = new double[frames.Count][];
        var (centroids, flatness) = (new List<double>(), new List<double>());
        foreach (var (magnitudes, index) in Frames(mono, Window, hop * 4).Select((magnitudes, index) => (magnitudes, index)))
        {
            var (sum, weighted, logs) = (1e-9, 0.0, 0.0);
            for (var bin = 4; bin < magnitudes.Length; bin++)
            {
                sum += magnitudes[bin];
                weighted += magnitudes[bin] * bin;
                logs += Math.Log(magnitudes[bin] + 1e-7);
            }

            centroids.Add(Math.Log2(weighted / sum * Rate / Window));
            flatness.Add(Math.Log((Math.Exp(logs / (magnitudes.Length - 4)) * (magnitudes.Length - 4) / sum) + 1e-3));
        }

        for (var frame = 0; frame < frames.Count; frame++)
        {
            bands[frame] = new double[3];
            for (var bin = 1; bin < frames[frame].Length; bin++)
            {
                var frequency = (double)bin * Rate / 1_024;
                bands[frame][frequency < 160 ? 0 : frequency < 3_000 ? 1 : 2] += frames[frame][bin] * frames[frame][bin];
            }
        }

        var features = new List<double>();
        var shares = new double[7];
        var octaves = Enumerable.Range(0, Window / 2).Select(bin => Array.FindLastIndex(edges, edge => edge <= (double)bin * Rate / Window)).ToArray();
        foreach (var magnitudes in Frames(mono, Window, Window))
        {
            for (var bin = 1; bin < magnitudes.Length; bin++)
            {
                if (octaves[bin] is >= 0 and < 7)
                {
                    shares[octaves[bin]] += magnitudes[bin] * magnitudes[bin];
                }
            }
        }

        features.AddRange(shares.Select(share => Math.Log10((share / shares.Sum()) + 1e-6)));
        features.AddRange([centroids.Average(), Deviation(centroids), flatness.Average()]);
        for (var band = 0; band < 3; band++)
        {
            var onsets = new double[frames.Count - 1];
            for (var frame = 0; frame < onsets.Length; frame++)
            {
                onsets[frame] = Math.Max(0, Math.Log10(bands[frame + 1][band] + 1e-4) - Math.Log10(bands[frame][band] + 1e-4));
            }

            var seconds = mono.Length / (double)Rate;
            features.Add(Math.Sqrt(onsets.Where((onset, at) => onset > 0.5 && (at == 0 || onset >= onsets[at - 1]) && (at == onsets.Length - 1 || onset > onsets[at + 1])).Count() / seconds));
            features.Add(onsets.Average() * 10);
            var (best, lag) = Repeats(onsets, hop);
            features.Add(best * 3);
            features.Add(Math.Log2(lag));
        }

        return [.. features];
    }

    /// <summary>Magnitudes of the spectrum, window after window.</summary>
    public static IEnumerable<double[]> Frames(float[] mono, int size, int hop)
    {
        var window = Enumerable.Range(0, size).Select(index => 0.5 - (0.5 * Math.Cos(2 * Math.PI * index / size))).ToArray();
        var turns = Enumerable.Range(0, size / 2).Select(index => Complex.FromPolarCoordinates(1, -2 * Math.PI * index / size)).ToArray();
        var halves = new Complex[size / 2];
        for (var start = 0; start + size <= mono.Length; start += hop)
        {
            // Two samples in one complex number: a transform of half the length.
            for (var index = 0; index < halves.Length; index++)
            {
                halves[index] = new Complex(mono[start + (2 * index)] * window[2 * index], mono[start + (2 * index) + 1] * window[(2 * index) + 1]);
            }

            Transform(halves, turns);
            var magnitudes = new double[size / 2];
            for (var bin = 0; bin < magnitudes.Length; bin++)
            {
                var mirrored = Complex.Conjugate(halves[(halves.Length - bin) % halves.Length]);
                var (even, odd) = ((halves[bin] + mirrored) / 2, (halves[bin] - mirrored) * new Complex(0, -0.5));
                var value = even + (odd * turns[bin]);
                magnitudes[bin] = Math.Sqrt((value.Real * value.Real) + (value.Imaginary * value.Imaginary)) / size;
            }

            yield return magnitudes;
        }
    }

    // The strongest repetition between 0.2 and 1.2 s.
    private static (double Strength, double Seconds) Repeats(double[] onsets, int hop)
    {
        var mean = onsets.Average();
        var energy = onsets.Sum(onset => (onset - mean) * (onset - mean)) + 1e-9;
        var best = (Strength: 0.0, Seconds: 0.2);
        for (var lag = (int)(0.2 * Rate / hop); lag < (int)(1.2 * Rate / hop) && lag < onsets.Length / 2; lag++)
        {
            var sum = 0.0;
            for (var index = 0; index + lag < onsets.Length; index++)
            {
                sum += (onsets[index] - mean) * (onsets[index + lag] - mean);
            }

            var strength = sum / energy;
            if (strength > best.Strength * 1.02)
            {
                best = (strength, (double)lag * hop / Rate);
            }
        }

        return best;
    }

    private static double Deviation(List<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double Correlation(double[] chroma, double[] profile, int tonic)
    {
        var (meanChroma, meanProfile) = (chroma.Average(), profile.Average());
        var (product, ofChroma, ofProfile) = (0.0, 1e-12, 1e-12);
        for (var step = 0; step < 12; step++)
        {
            var (a, b) = (chroma[(tonic + step) % 12] - meanChroma, profile[step] - meanProfile);
            product += a * b;
            ofChroma += a * a;
            ofProfile += b * b;
        }

        return product / Math.Sqrt(ofChroma * ofProfile);
    }

    // Cooley and Tukey's transform, in place; the length is a power of two. There are as many turns, of half the angle.
    private static void Transform(Complex[] values, Complex[] turns)
    {
        for (int index = 1, mirror = 0; index < values.Length; index++)
        {
            var bit = values.Length >> 1;
            for (; (mirror & bit) != 0; bit >>= 1)
            {
                mirror ^= bit;
            }

            mirror ^= bit;
            if (index < mirror)
            {
                (values[index], values[mirror]) = (values[mirror], values[index]);
            }
        }

        for (var length = 2; length <= values.Length; length <<= 1)
        {
            var stride = 2 * values.Length / length;
            for (var start = 0; start < values.Length; start += length)
            {
                for (var index = 0; index < length / 2; index++)
                {
                    var (upper, lower) = (values[start + index], values[start + index + (length / 2)] * turns[index * stride]);
                    (values[start + index], values[start + index + (length / 2)]) = (upper + lower, upper - lower);
                }
            }
        }
    }
}
