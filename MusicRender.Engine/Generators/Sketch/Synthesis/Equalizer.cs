using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>What a band of an equalizer does.</summary>
internal enum BandKind
{
    /// <summary>Takes away what lies below, 12 dB an octave.</summary>
    LowCut,

    /// <summary>Takes away what lies above, 12 dB an octave.</summary>
    HighCut,

    /// <summary>Raises or lowers what lies around.</summary>
    Bell,

    /// <summary>Raises or lowers what lies below.</summary>
    LowShelf,

    /// <summary>Raises or lowers what lies above.</summary>
    HighShelf,
}

/// <summary>A band of an equalizer.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Hz">Its corner or centre.</param>
/// <param name="Decibels">How far it raises or lowers; of no meaning for cuts.</param>
/// <param name="Q">Its narrowness; 0.707 for cuts without a peak.</param>
internal readonly record struct Band(BandKind Kind, double Hz, double Decibels = 0, double Q = 0.707);

/// <summary>
/// Second-order filters in series, stereo (Bristow-Johnson's cookbook; transposed direct form II), in double precision: low
/// corners make noise of single rounding errors.
/// </summary>
internal sealed class Equalizer
{
    private readonly Filter[] _filters;

    /// <summary>An equalizer of some bands.</summary>
    public Equalizer(params ReadOnlySpan<Band> bands)
    {
        // Two filters go through the samples together: one alone waits for its own last result at every sample.
        _filters = new Filter[(bands.Length + 1) / 2 * 2];
        Array.Fill(_filters, new Filter { B0 = 1 });
        for (var index = 0; index < bands.Length; index++)
        {
            _filters[index] = Filter.Of(bands[index]);
        }
    }

    /// <summary>Filters a block in place.</summary>
    public void Process(Span<float> left, Span<float> right)
    {
        for (var index = 0; index < _filters.Length; index += 2)
        {
            ProcessTwo(ref _filters[index], ref _filters[index + 1], left, right);
        }
    }

    private static void ProcessTwo(ref Filter first, ref Filter second, Span<float> left, Span<float> right)
    {
        var (b0, b1, b2, a1, a2) = (first.B0, first.B1, first.B2, first.A1, first.A2);
        var (d0, d1, d2, c1, c2) = (second.B0, second.B1, second.B2, second.A1, second.A2);
        var (l1, l2, r1, r2) = (first.Left1, first.Left2, first.Right1, first.Right2);
        var (m1, m2, s1, s2) = (second.Left1, second.Left2, second.Right1, second.Right2);
        right = right[..left.Length];
        for (var index = 0; index < left.Length; index++)
        {
            var (x, y) = ((double)left[index], (double)right[index]);
            var u = (b0 * x) + l1;
            var v = (b0 * y) + r1;
            l1 = (b1 * x) + l2 - (a1 * u);
            r1 = (b1 * y) + r2 - (a1 * v);
            l2 = (b2 * x) - (a2 * u);
            r2 = (b2 * y) - (a2 * v);
            var p = (d0 * u) + m1;
            var q = (d0 * v) + s1;
            m1 = (d1 * u) + m2 - (c1 * p);
            s1 = (d1 * v) + s2 - (c1 * q);
            m2 = (d2 * u) - (c2 * p);
            s2 = (d2 * v) - (c2 * q);
            left[index] = (float)p;
            right[index] = (float)q;
        }

        (first.Left1, first.Left2, first.Right1, first.Right2) = (Flushed(l1), Flushed(l2), Flushed(r1), Flushed(r2));
        (second.Left1, second.Left2, second.Right1, second.Right2) = (Flushed(m1), Flushed(m2), Flushed(s1), Flushed(s2));
    }

    // Denormal numbers are slow.
    private static double Flushed(double state) => Math.Abs(state) < 1e-15 ? 0 : state;

    private struct Filter
    {
        public double B0;
        public double B1;
        public double B2;
        public double A1;
        public double A2;
        public double Left1;
        public double Left2;
        public double Right1;
        public double Right2;

        public static Filter Of(Band band)
        {
            var w = 2 * Math.PI * Math.Min(band.Hz, PcmFormat.SampleRate * 0.45) / PcmFormat.SampleRate;
            var (cos, alpha) = (Math.Cos(w), Math.Sin(w) / (2 * band.Q));
            var a = Math.Pow(10, band.Decibels / 40);
            var root = 2 * Math.Sqrt(a) * alpha;
            return band.Kind switch
            {
                BandKind.LowCut => Of((1 + cos) / 2, -(1 + cos), (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha),
                BandKind.HighCut => Of((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha),
                BandKind.Bell => Of(1 + (alpha * a), -2 * cos, 1 - (alpha * a), 1 + (alpha / a), -2 * cos, 1 - (alpha / a)),
                BandKind.LowShelf => Of(
                    a * (a + 1 - ((a - 1) * cos) + root), 2 * a * (a - 1 - ((a + 1) * cos)), a * (a + 1 - ((a - 1) * cos) - root),
                    a + 1 + ((a - 1) * cos) + root, -2 * (a - 1 + ((a + 1) * cos)), a + 1 + ((a - 1) * cos) - root),
                _ => Of(
                    a * (a + 1 + ((a - 1) * cos) + root), -2 * a * (a - 1 + ((a + 1) * cos)), a * (a + 1 + ((a - 1) * cos) - root),
                    a + 1 - ((a - 1) * cos) + root, 2 * (a - 1 - ((a + 1) * cos)), a + 1 - ((a - 1) * cos) - root),
            };
        }

        private static Filter Of(double b0, double b1, double b2, double a0, double a1, double a2) =>
            new() { B0 = b0 / a0, B1 = b1 / a0, B2 = b2 / a0, A1 = a1 / a0, A2 = a2 / a0 };
    }
}
