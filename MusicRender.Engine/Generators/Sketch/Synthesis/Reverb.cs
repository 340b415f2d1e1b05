using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// A feedback delay network of sixteen lines mixed by a Hadamard matrix (Jot and Chaigne 1991), behind a moment of silence
/// and two all-passes a side. Every delay is longer than a block, so that whole blocks go through at once.
/// </summary>
internal sealed class Reverb
{
    private const int Lines = 16;
    private const float Level = 0.36f;

    // Times −60 dB.
    private const double TimesToSilence = 4;

    // A line's block, behind room for its last frame before, and before room for the rest of a vector.
    private const int Lead = 16;
    private const int Stride = Lead + Mixer.BlockFrames + 16;

    // Primes: no two lines share an echo.
    private static readonly int[] LineFrames = [887, 1009, 1087, 1193, 1283, 1373, 1447, 1559, 1663, 1777, 1877, 1979, 2053, 2179, 2293, 2539];

    private readonly DelayLine[] _lines = [.. LineFrames.Select(frames => new DelayLine(frames))];
    private readonly float[] _taps = new float[Lines * Stride];
    private readonly float[] _last = new float[Lines];
    private readonly float[] _gains = new float[Lines];
    private readonly AllPass[] _left = [new(277), new(379)];
    private readonly AllPass[] _right = [new(293), new(401)];
    private readonly DelayLine _beforeLeft;
    private readonly DelayLine _beforeRight;
    private readonly DelayLine[] _all;
    private readonly Equalizer _colour = new([new(BandKind.LowCut, 220), new(BandKind.HighCut, 7_200)]);
    private readonly float[] _scratch = new float[Mixer.BlockFrames];
    private readonly float[] _inLeft = new float[Stride];
    private readonly float[] _inRight = new float[Stride];
    private readonly float[] _outLeft = new float[Stride];
    private readonly float[] _outRight = new float[Stride];
    private readonly float _damping;
    private readonly Silence _silence;
    private bool _isClear = true;

    /// <summary>A room, 0 (small) to 1 (cathedral): half a second to four and a half until −60 dB.</summary>
    public Reverb(double room)
    {
        var seconds = 0.5 + (4 * room * room);
        _silence = new Silence(TimesToSilence * seconds);
        _damping = (float)(0.34 - (0.16 * room));
        var before = Math.Max(Mixer.BlockFrames, (int)((0.008 + (0.03 * room)) * PcmFormat.SampleRate));
        (_beforeLeft, _beforeRight) = (new DelayLine(before), new DelayLine(before));
        _all = [_beforeLeft, _beforeRight, .. _lines, .. _left.Concat(_right).Select(allPass => allPass.Line)];
        for (var line = 0; line < Lines; line++)
        {
            _gains[line] = (float)(Math.Pow(10, -3.0 * LineFrames[line] / PcmFormat.SampleRate / seconds) / Math.Sqrt(Lines));
        }
    }

    /// <summary>Replaces a block of dry sound by its reverberation.</summary>
    public void Process(Span<float> left, Span<float> right)
    {
        if (_silence.IsOver(left, right))
        {
            Silence(left, right);
            return;
        }

        _isClear = false;
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
        left.CopyTo(_inLeft);
        right.CopyTo(_inRight);
        for (var line = 0; line < Lines; line++)
        {
            // The frame before the block stands in front of it.
            var block = _taps.AsSpan(line * Stride, Stride);
            block[Lead - 1] = _last[line];
            _lines[line].Read(block.Slice(Lead, frames));
            _last[line] = block[Lead + frames - 1];
        }

        // Hadamard's matrix of sixteen is that of four, among neighbours and then among those four apart.
        for (var line = 0; line < Lines; line += 4)
        {
            MixNeighbours(line, frames);
        }

        _outLeft.AsSpan(0, frames).Clear();
        _outRight.AsSpan(0, frames).Clear();
        for (var line = 0; line < 4; line++)
        {
            MixAndFeed(line, line % 2 == 0 ? _inLeft : _inRight, line % 2 == 0 ? _outLeft : _outRight, line < 2 ? Level : -Level, frames);
        }

        for (var line = 0; line < Lines; line++)
        {
            _lines[line].Write(_taps.AsSpan((line * Stride) + Lead, frames));
        }

        _outLeft.AsSpan(0, frames).CopyTo(left);
        _outRight.AsSpan(0, frames).CopyTo(right);
    }

    private void Silence(Span<float> left, Span<float> right)
    {
        left.Clear();
        right.Clear();
        if (_isClear)
        {
            return;
        }

        _isClear = true;
        foreach (var line in _all)
        {
            line.Clear();
        }

        Array.Clear(_last);
    }

    // A two-point average: each turn through the lines loses some of the high end.
    private void MixNeighbours(int line, int frames)
    {
        ref var first = ref _taps[(line * Stride) + Lead];
        ref var second = ref Unsafe.Add(ref first, Stride);
        ref var third = ref Unsafe.Add(ref second, Stride);
        ref var fourth = ref Unsafe.Add(ref third, Stride);
        var damping = new Vector<float>(_damping);

        // From the end: the frame before a vector must still be as it was read.
        for (var at = (frames - 1) / Vector<float>.Count * Vector<float>.Count; at >= 0; at -= Vector<float>.Count)
        {
            var (a, b, c, d) = (Damped(ref first, at, damping), Damped(ref second, at, damping), Damped(ref third, at, damping), Damped(ref fourth, at, damping));
            var (e, f, g, h) = (a + b, a - b, c + d, c - d);
            (e + g).StoreUnsafe(ref first, (nuint)at);
            (f + h).StoreUnsafe(ref second, (nuint)at);
            (e - g).StoreUnsafe(ref third, (nuint)at);
            (f - h).StoreUnsafe(ref fourth, (nuint)at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Damped(ref float line, int at, Vector<float> damping)
    {
        var here = Vector.LoadUnsafe(ref line, (nuint)at);
        return Vector.FusedMultiplyAdd(damping, Vector.LoadUnsafe(ref Unsafe.Add(ref line, at - 1)) - here, here);
    }

    private void MixAndFeed(int line, float[] input, float[] output, float level, int frames)
    {
        ref var first = ref _taps[(line * Stride) + Lead];
        ref var second = ref Unsafe.Add(ref first, 4 * Stride);
        ref var third = ref Unsafe.Add(ref second, 4 * Stride);
        ref var fourth = ref Unsafe.Add(ref third, 4 * Stride);
        var (gain1, gain2, gain3, gain4) = (new Vector<float>(_gains[line]), new Vector<float>(_gains[line + 4]), new Vector<float>(_gains[line + 8]), new Vector<float>(_gains[line + 12]));
        for (var at = 0; at < frames; at += Vector<float>.Count)
        {
            var (a, b, c, d) = (Vector.LoadUnsafe(ref first, (nuint)at), Vector.LoadUnsafe(ref second, (nuint)at), Vector.LoadUnsafe(ref third, (nuint)at), Vector.LoadUnsafe(ref fourth, (nuint)at));
            var (e, f, g, h) = (a + b, a - b, c + d, c - d);
            var entering = new Vector<float>(input, at);
            (a, b) = (Vector.FusedMultiplyAdd(e + g, gain1, entering), Vector.FusedMultiplyAdd(f + h, gain2, entering));
            (c, d) = (Vector.FusedMultiplyAdd(e - g, gain3, entering), Vector.FusedMultiplyAdd(f - h, gain4, entering));
            a.StoreUnsafe(ref first, (nuint)at);
            b.StoreUnsafe(ref second, (nuint)at);
            c.StoreUnsafe(ref third, (nuint)at);
            d.StoreUnsafe(ref fourth, (nuint)at);
            Vector.FusedMultiplyAdd(a + b + (c + d), new Vector<float>(level), new Vector<float>(output, at)).CopyTo(output, at);
        }
    }

    private void Delay(DelayLine line, Span<float> samples)
    {
        var delayed = _scratch.AsSpan(0, samples.Length);
        line.Read(delayed);
        line.Write(samples);
        delayed.CopyTo(samples);
    }

    /// <summary>A Schroeder all-pass that is longer than a block.</summary>
    private sealed class AllPass(int frames)
    {
        private const float Gain = 0.6f;

        public DelayLine Line { get; } = new(frames);

        public void Process(Span<float> samples, Span<float> scratch)
        {
            var delayed = scratch[..samples.Length];
            Line.Read(delayed);

            // v = x − g·v', y = g·v + v'
            TensorPrimitives.MultiplyAdd(delayed, -Gain, samples, samples);
            Line.Write(samples);
            TensorPrimitives.MultiplyAdd(samples, Gain, delayed, samples);
        }
    }
}
