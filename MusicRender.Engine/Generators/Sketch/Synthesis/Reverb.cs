using System.Numerics.Tensors;
using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// A feedback delay network of sixteen lines mixed by a Hadamard matrix (Jot and Chaigne 1991), behind a moment of silence
/// and two all-passes a side. Every delay is longer than a block, so that whole blocks go through at once.
/// </summary>
internal sealed class Reverb
{
    private const int Lines = 16;

    // Primes: no two lines share an echo.
    private static readonly int[] LineFrames = [887, 1009, 1087, 1193, 1283, 1373, 1447, 1559, 1663, 1777, 1877, 1979, 2053, 2179, 2293, 2539];

    private readonly DelayLine[] _lines = [.. LineFrames.Select(frames => new DelayLine(frames))];
    private readonly float[][] _taps = [.. LineFrames.Select(_ => new float[Mixer.BlockFrames])];
    private readonly float[] _last = new float[Lines];
    private readonly float[] _gains = new float[Lines];
    private readonly AllPass[] _left = [new(277), new(379)];
    private readonly AllPass[] _right = [new(293), new(401)];
    private readonly DelayLine _beforeLeft;
    private readonly DelayLine _beforeRight;
    private readonly Equalizer _colour = new([new(BandKind.LowCut, 220), new(BandKind.HighCut, 7_200)]);
    private readonly float[] _scratch = new float[Mixer.BlockFrames];
    private readonly float[] _shifted = new float[Mixer.BlockFrames];
    private readonly float _damping;

    /// <summary>A room, 0 (small) to 1 (cathedral): half a second to four and a half until −60 dB.</summary>
    public Reverb(double room)
    {
        var seconds = 0.5 + (4 * room * room);
        _damping = (float)(0.34 - (0.16 * room));
        var before = Math.Max(Mixer.BlockFrames, (int)((0.008 + (0.03 * room)) * PcmFormat.SampleRate));
        (_beforeLeft, _beforeRight) = (new DelayLine(before), new DelayLine(before));
        for (var line = 0; line < Lines; line++)
        {
            _gains[line] = (float)(Math.Pow(10, -3.0 * LineFrames[line] / PcmFormat.SampleRate / seconds) / Math.Sqrt(Lines));
        }
    }

    /// <summary>Replaces a block of dry sound by its reverberation.</summary>
    public void Process(Span<float> left, Span<float> right)
    {
        _colour.Process(left, right);
        Delay(_beforeLeft, left);
        Delay(_beforeRight, right);
        foreach (var allPass in _left)
        {
            allPass.Process(left, _scratch);
        }

        foreach (var allPass in _right)
        {
            allPass.Process(right, _scratch);
        }

        var frames = left.Length;
        for (var line = 0; line < Lines; line++)
        {
            ReadDamped(line, frames);
        }

        for (var distance = 1; distance < Lines; distance *= 2)
        {
            for (var line = 0; line < Lines; line++)
            {
                if ((line & distance) == 0)
                {
                    Butterfly(_taps[line].AsSpan(0, frames), _taps[line + distance].AsSpan(0, frames), _scratch.AsSpan(0, frames));
                }
            }
        }

        for (var line = 0; line < Lines; line++)
        {
            var tap = _taps[line].AsSpan(0, frames);
            TensorPrimitives.MultiplyAdd(tap, _gains[line], line % 2 == 0 ? left : right, tap);
            _lines[line].Write(tap);
        }

        Sum(left, 0);
        Sum(right, 1);
    }

    private void Delay(DelayLine line, Span<float> samples)
    {
        var delayed = _scratch.AsSpan(0, samples.Length);
        line.Read(delayed);
        line.Write(samples);
        delayed.CopyTo(samples);
    }

    // A two-point average: each turn through the lines loses some of the high end.
    private void ReadDamped(int line, int frames)
    {
        var tap = _taps[line].AsSpan(0, frames);
        _lines[line].Read(tap);
        var shifted = _shifted.AsSpan(0, frames);
        shifted[0] = _last[line];
        tap[..^1].CopyTo(shifted[1..]);
        _last[line] = tap[^1];
        TensorPrimitives.Multiply(tap, 1 - _damping, tap);
        TensorPrimitives.MultiplyAdd(shifted, _damping, tap, tap);
    }

    private void Sum(Span<float> output, int side)
    {
        output.Clear();
        for (var line = side; line < Lines; line += 2)
        {
            TensorPrimitives.MultiplyAdd(_taps[line].AsSpan(0, output.Length), line % 4 < 2 ? 0.36f : -0.36f, output, output);
        }
    }

    private static void Butterfly(Span<float> first, Span<float> second, Span<float> scratch)
    {
        TensorPrimitives.Subtract(first, second, scratch);
        TensorPrimitives.Add(first, second, first);
        scratch.CopyTo(second);
    }

    /// <summary>A Schroeder all-pass that is longer than a block.</summary>
    private sealed class AllPass(int frames)
    {
        private const float Gain = 0.6f;

        private readonly DelayLine _line = new(frames);

        public void Process(Span<float> samples, Span<float> scratch)
        {
            var delayed = scratch[..samples.Length];
            _line.Read(delayed);

            // v = x − g·v', y = g·v + v'
            TensorPrimitives.MultiplyAdd(delayed, -Gain, samples, samples);
            _line.Write(samples);
            TensorPrimitives.MultiplyAdd(samples, Gain, delayed, samples);
        }
    }
}
