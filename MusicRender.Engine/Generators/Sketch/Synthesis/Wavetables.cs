namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>The single-cycle waves that oscillators read.</summary>
internal enum Wave
{
    Sine,
    Triangle,
    Square,
    Saw,
    Organ,
    Reed,
    Choir,
    Hollow,
    Clarinet,
    Bowed,
    Brass,
    Pulse,
    Accordion,
}

/// <summary>
/// Band-limited single cycles, two tables an octave, so that no harmonic passes the upper end of hearing and folds back, and
/// few are missing below it. A wave is built when it is first heard, then only read.
/// </summary>
internal static class Wavetables
{
    /// <summary>Samples of a cycle. Each table has one more, equal to the first, for interpolation.</summary>
    public const int Size = 2048;

    /// <summary>Bits of a 32-bit phase below those that choose the sample.</summary>
    public const int FractionBits = 32 - 11;

    private const int TablesAnOctave = 2;
    private const int Count = 10 * TablesAnOctave;

    // Vibrato and detuning take it no further than half the sample rate.
    private const double Highest = 21_500;
    private const double LowestFundamental = 43;

    private static readonly double[] SineCycle = [.. Enumerable.Range(0, Size).Select(index => Math.Sin(2 * Math.PI * index / Size))];

    private static readonly Lazy<float[][]>[] Tables = [.. Enum.GetValues<Wave>().Select(wave => new Lazy<float[][]>(() => Build(wave)))];

    /// <summary>The table of a wave for a fundamental in Hz.</summary>
    public static float[] Of(Wave wave, double frequency)
    {
        var table = frequency <= LowestFundamental ? 0 : (int)Math.Ceiling(TablesAnOctave * Math.Log2(frequency / LowestFundamental));
        return Tables[(int)wave].Value[Math.Min(table, Count - 1)];
    }

    private static float[][] Build(Wave wave)
    {
        // One gain for all tables, so that a wave is as loud high as low.
        var tables = new float[Count][];
        var gain = 1.0;
        for (var index = 0; index < Count; index++)
        {
            var harmonics = Math.Max(1, (int)(Highest / (LowestFundamental * Math.Pow(2, (double)index / TablesAnOctave))));
            var cycle = Cycle(wave, harmonics);
            if (index == 0)
            {
                gain = 1 / Math.Max(1e-9, cycle.Max(Math.Abs));
            }

            var table = new float[Size + 1];
            for (var sample = 0; sample < Size; sample++)
            {
                table[sample] = (float)(cycle[sample] * gain);
            }

            table[Size] = table[0];
            tables[index] = table;
        }

        return tables;
    }

    private static double[] Cycle(Wave wave, int harmonics)
    {
        var cycle = new double[Size];
        var sine = SineCycle;
        for (var harmonic = 1; harmonic <= harmonics; harmonic++)
        {
            var level = Level(wave, harmonic);

            // Lanczos' factors take the overshoot out of the truncated series.
            var x = Math.PI * harmonic / (harmonics + 1);
            level *= harmonic == 1 ? 1 : Math.Sin(x) / x;
            for (var index = 0; level != 0 && index < Size; index++)
            {
                cycle[index] += level * sine[(index * harmonic) & (Size - 1)];
            }
        }

        return cycle;
    }

    private static double Level(Wave wave, int harmonic) => wave switch
    {
        Wave.Sine => harmonic == 1 ? 1 : 0,
        Wave.Triangle => harmonic % 2 == 0 ? 0 : (harmonic % 4 == 1 ? 1.0 : -1.0) / (harmonic * harmonic),
        Wave.Square => harmonic % 2 == 0 ? 0 : 1.0 / harmonic,
        Wave.Saw => 1.0 / harmonic,

        // Drawbars 16', 8', 4', 2 2/3' and 2', as of the octave below.
        Wave.Organ => harmonic switch { 1 => 0.7, 2 => 1, 3 => 0.35, 4 => 0.6, 6 => 0.3, 8 => 0.3, 12 => 0.1, 16 => 0.12, _ => 0 },

        Wave.Reed => (harmonic % 2 == 1 ? 1.0 : 0.55) * Math.Pow(harmonic, -0.9) * Math.Exp(-harmonic / 14.0),
        Wave.Choir => Math.Pow(harmonic, -1.6) * (1 + (0.9 * Math.Exp(-Math.Pow((harmonic - 3) / 1.2, 2)))),

        // A pipe closed at one end has few even harmonics, and those high up.
        Wave.Clarinet => (harmonic % 2 == 1 ? 1.0 : 0.03 * Math.Min(harmonic, 10)) * Math.Pow(harmonic, -1.05) * Math.Exp(-harmonic / 16.0),

        // The bow near the bridge leaves every seventh harmonic weak.
        Wave.Bowed => (0.25 + Math.Abs(Math.Sin(Math.PI * harmonic / 7.3))) * Math.Pow(harmonic, -1.0),
        Wave.Brass => Math.Pow(harmonic, -0.75) * Math.Exp(-harmonic / 18.0),
        Wave.Pulse => Math.Sin(Math.PI * harmonic * 0.25) / harmonic,

        // Two reeds an octave apart.
        Wave.Accordion => (harmonic % 2 == 1 ? 0.6 : 1.0) * Math.Pow(harmonic, -0.8) * Math.Exp(-harmonic / 20.0),
        _ => harmonic switch { 1 => 1, 2 => 0.18, 3 => 0.1, 4 => 0.03, 5 => 0.015, _ => 0 },
    };
}
