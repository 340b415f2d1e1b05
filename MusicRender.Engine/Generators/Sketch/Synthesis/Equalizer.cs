using System.Runtime.Intrinsics;
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
/// Second-order filters in series, stereo (Bristow-Johnson's cookbook), in double precision: low
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

    /// <summary>Filters a block of two channels in place, each with its own equalizer, in little more time than one. Both have as many pairs of bands.</summary>
    public static void Process(Equalizer one, Channel first, Equalizer other, Channel second, int frames)
    {
        for (var index = 0; index < one._filters.Length; index += 2)
        {
            ProcessFour(one._filters.AsSpan(index, 2), first, other._filters.AsSpan(index, 2), second, frames);
        }
    }

    // As below, with both sides of two channels in one vector.
    private static void ProcessFour(Span<Filter> one, Channel first, Span<Filter> other, Channel second, int frames)
    {
        var (b0, b1, b2, a1, a2) = (Four(one[0].B0, other[0].B0), Four(one[0].B1, other[0].B1), Four(one[0].B2, other[0].B2), Four(-one[0].A1, -other[0].A1), Four(-one[0].A2, -other[0].A2));
        var (d0, d1, d2, c1, c2) = (Four(one[1].B0, other[1].B0), Four(one[1].B1, other[1].B1), Four(one[1].B2, other[1].B2), Four(-one[1].A1, -other[1].A1), Four(-one[1].A2, -other[1].A2));
        var (x1, x2) = (Vector256.Create(one[0].In1, other[0].In1), Vector256.Create(one[0].In2, other[0].In2));
        var (u1, u2) = (Vector256.Create(one[1].In1, other[1].In1), Vector256.Create(one[1].In2, other[1].In2));
        var (y1, y2) = (Vector256.Create(one[1].Out1, other[1].Out1), Vector256.Create(one[1].Out2, other[1].Out2));
        var left1 = first.Left.AsSpan(0, frames);
        var right1 = first.Right.AsSpan(0, frames);
        var left2 = second.Left.AsSpan(0, frames);
        var right2 = second.Right.AsSpan(0, frames);
        for (var index = 0; index < left1.Length; index++)
        {
            var x = Vector256.WidenLower(Vector128.Create(left1[index], right1[index], left2[index], right2[index]).ToVector256Unsafe());
            var u = Vector256.FusedMultiplyAdd(b0, x, Vector256.FusedMultiplyAdd(b1, x1, b2 * x2));
            u = Vector256.FusedMultiplyAdd(a1, u1, Vector256.FusedMultiplyAdd(a2, u2, u));
            var y = Vector256.FusedMultiplyAdd(d0, u, Vector256.FusedMultiplyAdd(d1, u1, d2 * u2));
            y = Vector256.FusedMultiplyAdd(c1, y1, Vector256.FusedMultiplyAdd(c2, y2, y));
            (x1, x2, u1, u2, y1, y2) = (x, x1, u, u1, y, y1);
            var output = Vector256.Narrow(y, y).GetLower();
            left1[index] = output.ToScalar();
            right1[index] = output.GetElement(1);
            left2[index] = output.GetElement(2);
            right2[index] = output.GetElement(3);
        }

        (one[0].In1, one[0].In2, other[0].In1, other[0].In2) = (x1.GetLower(), x2.GetLower(), x1.GetUpper(), x2.GetUpper());
        (one[1].In1, one[1].In2, one[1].Out1, one[1].Out2) = (Flushed(u1.GetLower()), Flushed(u2.GetLower()), Flushed(y1.GetLower()), Flushed(y2.GetLower()));
        (other[1].In1, other[1].In2, other[1].Out1, other[1].Out2) = (Flushed(u1.GetUpper()), Flushed(u2.GetUpper()), Flushed(y1.GetUpper()), Flushed(y2.GetUpper()));
    }

    private static Vector256<double> Four(double one, double other) => Vector256.Create(Both(one), Both(other));

    // Both sides in one vector; direct form I, in which a filter waits for one multiplication of its last result and no more.
    private static void ProcessTwo(ref Filter first, ref Filter second, Span<float> left, Span<float> right)
    {
        var (b0, b1, b2, a1, a2) = (Both(first.B0), Both(first.B1), Both(first.B2), Both(-first.A1), Both(-first.A2));
        var (d0, d1, d2, c1, c2) = (Both(second.B0), Both(second.B1), Both(second.B2), Both(-second.A1), Both(-second.A2));
        var (x1, x2, u1, u2, y1, y2) = (first.In1, first.In2, second.In1, second.In2, second.Out1, second.Out2);
        right = right[..left.Length];
        for (var index = 0; index < left.Length; index++)
        {
            var x = Vector128.Create((double)left[index], right[index]);
            var u = Vector128.FusedMultiplyAdd(b0, x, Vector128.FusedMultiplyAdd(b1, x1, b2 * x2));
            u = Vector128.FusedMultiplyAdd(a1, u1, Vector128.FusedMultiplyAdd(a2, u2, u));
            var y = Vector128.FusedMultiplyAdd(d0, u, Vector128.FusedMultiplyAdd(d1, u1, d2 * u2));
            y = Vector128.FusedMultiplyAdd(c1, y1, Vector128.FusedMultiplyAdd(c2, y2, y));
            (x1, x2, u1, u2, y1, y2) = (x, x1, u, u1, y, y1);
            left[index] = (float)y.ToScalar();
            right[index] = (float)y.GetElement(1);
        }

        // What comes out of the first goes into the second.
        (first.In1, first.In2) = (x1, x2);
        (second.In1, second.In2, second.Out1, second.Out2) = (Flushed(u1), Flushed(u2), Flushed(y1), Flushed(y2));
    }

    private static Vector128<double> Both(double value) => Vector128.Create(value);

    // Denormal numbers are slow.
    private static Vector128<double> Flushed(Vector128<double> state) =>
        Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Abs(state), Vector128.Create(1e-15)), Vector128<double>.Zero, state);

    private struct Filter
    {
        public double B0;
        public double B1;
        public double B2;
        public double A1;
        public double A2;
        public Vector128<double> In1;
        public Vector128<double> In2;
        public Vector128<double> Out1;
        public Vector128<double> Out2;

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
