using System.Numerics.Tensors;
using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// A feedback delay network of eight lines mixed by a Hadamard matrix (Jot and Chaigne 1991), behind two all-passes a
/// side. Every delay is longer than a block, so that whole blocks go through at once.
/// </summary>
internal sealed class Reverb
{
    private const int Lines = 8;

    // Primes: no two lines share an echo.
    private static readonly int[] LineFrames = [1087, 1283, 1447, 1663, 1877, 2053, 2293, 2539];

    private readonly DelayLine[] _lines = [.. LineFrames.Select(frames => new DelayLine(frames))];
    private readonly float[][] _taps = [.. LineFrames.Select(_ => new float[Mixer.BlockFrames])];
    private readonly float[] _last = new float[Lines];
    private readonly float[] _gains = new float[Lines];
    private readonly AllPass[] _left = [new(277), new(379)];
    private readonly AllPass[] _right = [new(293), new(401)];
    private readonly float[] _scratch = new float[Mixer.BlockFrames];
    private readonly float[] _shifted = new float[Mixer.BlockFrames];
    private readonly float _damping;

    /// <summary>A room, 0 (small) to 1 (cathedral): half a second to four and a half until −60 dB.</summary>
    public Reverb(double room)
    {
        var seconds = 0.5 + (4 * room * room);
        _damping = (float)(0.34 - (0.16 * room));
        for (var line = 0; line < Lines; line++)
        {
            _gains[line] = (float)(Math.Pow(10, -3.0 * LineFrames[line] / PcmFormat.SampleRate / seconds) / Math.Sqrt(Lines));
        }
    }

    /// <summary>Replaces a block of dry sound by its reverberation.</summary>
    public void Process(Span<float> left, Span<float> right)
    {
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
            TensorPrimitives.MultiplyAdd(_taps[line].AsSpan(0, output.Length), line % 4 < 2 ? 0.5f : -0.5f, output, output);
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
