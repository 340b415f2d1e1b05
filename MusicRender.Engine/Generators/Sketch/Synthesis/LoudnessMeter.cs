namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Mean square of K-weighted sound at 44.1 kHz (ITU-R BS.1770-4, filters recomputed for this rate).</summary>
internal sealed class LoudnessMeter
{
    private readonly Weighting _left = new();
    private readonly Weighting _right = new();
    private double _energy;
    private long _frames;

    /// <summary>Sum over both channels of the mean square, weighted.</summary>
    public double MeanSquare => _frames == 0 ? 0 : _energy / _frames;

    /// <summary>LUFS of a mean square.</summary>
    public static double ToLufs(double meanSquare) => -0.691 + (10 * Math.Log10(Math.Max(meanSquare, 1e-12)));

    /// <summary>Listens to a block.</summary>
    public void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        _energy += _left.Energy(left) + _right.Energy(right);
        _frames += left.Length;
    }

    /// <summary>The head's shelf and the high-pass, in series.</summary>
    private sealed class Weighting
    {
        private double _shelf1;
        private double _shelf2;
        private double _pass1;
        private double _pass2;

        public double Energy(ReadOnlySpan<float> samples)
        {
            var (s1, s2, p1, p2) = (_shelf1, _shelf2, _pass1, _pass2);
            var energy = 0.0;
            foreach (var sample in samples)
            {
                // Transposed direct form II.
                var shelved = (1.5308412300503478 * sample) + s1;
                s1 = (-2.6509799951547297 * sample) + (1.6636551132560204 * shelved) + s2;
                s2 = (1.169079079921587 * sample) - (0.7125954280732254 * shelved);
                var passed = shelved + p1;
                p1 = (-2 * shelved) + (1.9891696736297957 * passed) + p2;
                p2 = shelved - (0.9891990357870394 * passed);
                energy += passed * passed;
            }

            (_shelf1, _shelf2, _pass1, _pass2) = (s1, s2, p1, p2);
            return energy;
        }
    }
}
