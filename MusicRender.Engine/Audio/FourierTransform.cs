namespace MusicRender.Engine.Audio;

/// <summary>The power spectrum of blocks of sound: radix-2 Cooley–Tukey under a Hann window. One block at a time.</summary>
internal sealed class FourierTransform
{
    private readonly float[] _window;
    private readonly float[] _cos;
    private readonly float[] _sin;
    private readonly int[] _order;
    private readonly float[] _re;
    private readonly float[] _im;

    /// <summary>Prepares for blocks of that many samples, a power of two.</summary>
    public FourierTransform(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(System.Numerics.BitOperations.IsPow2(size), true);
        Size = size;
        (_re, _im) = (new float[size], new float[size]);
        _window = [.. Enumerable.Range(0, size).Select(i => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / size))))];
        _cos = [.. Enumerable.Range(0, size / 2).Select(i => (float)Math.Cos(2 * Math.PI * i / size))];
        _sin = [.. Enumerable.Range(0, size / 2).Select(i => (float)-Math.Sin(2 * Math.PI * i / size))];
        _order = new int[size];
        for (var i = 1; i < size; i++)
        {
            _order[i] = (_order[i >> 1] >> 1) | ((i & 1) * (size >> 1));
        }
    }

    /// <summary>Samples of a block.</summary>
    public int Size { get; }

    /// <summary>The power of each frequency from 0 to below half the sample rate. A sine of full scale in the middle of a bin has 1.</summary>
    /// <param name="block"><see cref="Size"/> samples.</param>
    /// <param name="power">Half as many values; filled.</param>
    public void Power(ReadOnlySpan<float> block, Span<float> power)
    {
        for (var i = 0; i < Size; i++)
        {
            _re[i] = block[_order[i]] * _window[_order[i]];
        }

        Array.Clear(_im);
        for (var half = 1; half < Size; half *= 2)
        {
            Combine(half);
        }

        // The window halves the amplitude, and half of a sine's power is at its negative frequency.
        var scale = 16f / ((float)Size * Size);
        for (var i = 0; i < power.Length; i++)
        {
            power[i] = ((_re[i] * _re[i]) + (_im[i] * _im[i])) * scale;
        }
    }

    private void Combine(int half)
    {
        var (re, im, cos, sin) = (_re, _im, _cos, _sin);
        var step = Size / (2 * half);
        for (var start = 0; start < Size; start += 2 * half)
        {
            for (var i = 0; i < half; i++)
            {
                var (upper, lower) = (start + i, start + i + half);
                var (c, s) = (cos[i * step], sin[i * step]);
                var real = (re[lower] * c) - (im[lower] * s);
                var imaginary = (re[lower] * s) + (im[lower] * c);
                re[lower] = re[upper] - real;
                im[lower] = im[upper] - imaginary;
                re[upper] += real;
                im[upper] += imaginary;
            }
        }
    }
}
