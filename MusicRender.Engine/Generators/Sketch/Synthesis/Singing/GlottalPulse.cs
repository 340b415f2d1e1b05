namespace MusicRender.Engine.Generators.Sketch.Synthesis.Singing;

/// <summary>
/// The flow through the vocal folds, differentiated, as the model of Liljencrants and Fant 1985 with one parameter (Fant
/// 1995): Rd from 0.5, pressed, to 2.5, breathy. As band-limited single cycles, one table an octave. Made once for each Rd.
/// </summary>
internal sealed class GlottalPulse
{
    /// <summary>Samples of a cycle. Each table has one more, equal to the first, for interpolation.</summary>
    public const int Size = 2048;

    /// <summary>Bits of a 32-bit phase below those that choose the sample.</summary>
    public const int FractionBits = 32 - 11;

    private const double LowestFundamental = 55;
    private const double Highest = 18_000;
    private const int Octaves = 6;

    private static readonly double[] Sine = [.. Enumerable.Range(0, Size).Select(index => Math.Sin(2 * Math.PI * index / Size))];

    private readonly float[][] _tables = new float[Octaves][];

    private GlottalPulse(double rd)
    {
        var cycle = Cycle(rd);
        var (cosines, sines) = (new double[Size / 2], new double[Size / 2]);
        for (var harmonic = 1; harmonic <= (int)(Highest / LowestFundamental); harmonic++)
        {
            for (var index = 0; index < Size; index++)
            {
                var phase = index * harmonic;
                cosines[harmonic] += 2 * cycle[index] * Sine[(phase + (Size / 4)) & (Size - 1)] / Size;
                sines[harmonic] += 2 * cycle[index] * Sine[phase & (Size - 1)] / Size;
            }
        }

        for (var octave = 0; octave < Octaves; octave++)
        {
            var table = new float[Size + 1];
            var harmonics = (int)(Highest / (LowestFundamental * Math.Pow(2, octave + 1)));
            for (var index = 0; index < Size; index++)
            {
                var sum = 0.0;
                for (var harmonic = 1; harmonic <= harmonics; harmonic++)
                {
                    var phase = index * harmonic;
                    sum += (cosines[harmonic] * Sine[(phase + (Size / 4)) & (Size - 1)]) + (sines[harmonic] * Sine[phase & (Size - 1)]);
                }

                table[index] = (float)sum;
            }

            table[Size] = table[0];
            _tables[octave] = table;
        }

        Levels = [.. Enumerable.Range(0, Size / 2).Select(harmonic => Math.Sqrt((cosines[harmonic] * cosines[harmonic]) + (sines[harmonic] * sines[harmonic])))];
    }

    /// <summary>A voice that holds back nothing.</summary>
    public static GlottalPulse Pressed { get; } = new(0.7);

    /// <summary>A plain voice.</summary>
    public static GlottalPulse Modal { get; } = new(1.0);

    /// <summary>A soft voice.</summary>
    public static GlottalPulse Breathy { get; } = new(1.7);

    /// <summary>The amplitude of each harmonic.</summary>
    public IReadOnlyList<double> Levels { get; }

    /// <summary>The table for a fundamental in Hz.</summary>
    public float[] Of(double frequency) =>
        _tables[Math.Clamp((int)Math.Floor(Math.Log2(Math.Max(frequency, LowestFundamental) / LowestFundamental)), 0, Octaves - 1)];

    // One period of length 1; its deepest point is −1.
    private static double[] Cycle(double rd)
    {
        var ra = (-1 + (4.8 * rd)) / 100;
        var rk = (22.4 + (11.8 * rd)) / 100;
        var rg = rk / (4 * ((0.11 * rd / (0.5 + (1.2 * rk))) - ra));
        var peak = 1 / (2 * rg);
        var closing = Math.Min(0.96, peak * (1 + rk));
        var epsilon = Bisect(value => (value * ra) - 1 + Math.Exp(-value * (1 - closing)), 1e-3 + (0.2 / ra), 4 / ra);
        var omega = Math.PI / peak;
        var area = 0.0;
        for (var index = 0; index < Size; index++)
        {
            var at = closing + ((1 - closing) * (index + 0.5) / Size);
            area -= Return(at, closing, epsilon, ra) * (1 - closing) / Size;
        }

        // As much flows back as came.
        var alpha = Bisect(value => Open(value, omega, closing) - area, -40, 60);
        var scale = -1 / (Math.Exp(alpha * closing) * Math.Sin(omega * closing));
        return [.. Enumerable.Range(0, Size).Select(index =>
        {
            var at = (index + 0.5) / Size;
            return at < closing ? scale * Math.Exp(alpha * at) * Math.Sin(omega * at) : Return(at, closing, epsilon, ra);
        })];
    }

    private static double Return(double at, double closing, double epsilon, double ra) =>
        -(Math.Exp(-epsilon * (at - closing)) - Math.Exp(-epsilon * (1 - closing))) / (epsilon * ra);

    // The flow of the open phase, scaled to end at −1.
    private static double Open(double alpha, double omega, double closing)
    {
        var sum = 0.0;
        for (var index = 0; index < Size; index++)
        {
            var at = closing * (index + 0.5) / Size;
            sum += Math.Exp(alpha * (at - closing)) * Math.Sin(omega * at);
        }

        return -sum * closing / Size / Math.Sin(omega * closing);
    }

    private static double Bisect(Func<double, double> function, double low, double high)
    {
        var isRising = function(high) > function(low);
        for (var round = 0; round < 60; round++)
        {
            var middle = (low + high) / 2;
            if (function(middle) > 0 == isRising)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return (low + high) / 2;
    }
}
