using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// A struck body: sines that die away, each at its own pace (modal synthesis, Adrien 1991). A sine is a recurrence of two
/// multiplications; eight samples of it are computed at once. Nothing in it can fold back: what would is left out.
/// </summary>
internal sealed class ModalVoice : Voice
{
    private const int MaxModes = 56;
    private const int Lanes = 8;
    private const double Highest = 19_500;

    private readonly Vector256<float>[] _older = new Vector256<float>[MaxModes];
    private readonly Vector256<float>[] _newer = new Vector256<float>[MaxModes];
    private readonly float[] _first = new float[MaxModes];
    private readonly float[] _second = new float[MaxModes];
    private readonly int[] _segmentsLeft = new int[MaxModes];
    private readonly float[] _block = new float[Envelope.Segment];
    private int _modes;
    private int _read;
    private ModalPatch _patch = null!;
    private Envelope _amplitude;
    private int _age;
    private float _scale;
    private float _knock;
    private float _level;
    private float _levelStep;

    /// <inheritdoc/>
    public override float Loudness => _amplitude.Level / (1 + (_age * 0.01f));

    /// <inheritdoc/>
    protected override void Start(Note note, Patch patch, double frequency, ulong noise)
    {
        _patch = (ModalPatch)patch;
        _amplitude = new Envelope(_patch.Amplitude);
        _scale = (float)_patch.Gain * note.Velocity;
        _knock = (float)_patch.Knock * note.Velocity;
        _level = 0;
        _levelStep = 0;
        _age = 0;
        _read = Envelope.Segment;
        _modes = 0;
        var random = new SeededRandom(noise);
        var body = _patch.Body;
        var stiffness = body.Stiffness * Math.Pow(frequency / 261.6, 1.4);
        var brightness = body.Brightness * (0.35 + (0.65 * note.Velocity)) * Math.Pow(261.6 / frequency, body.Evenness);
        var ring = body.Ring * Math.Pow(261.6 / frequency, 0.62);
        for (var index = 0; index < body.Ratios.Length && _modes + 1 < MaxModes; index++)
        {
            var ratio = body.Ratios[index];
            var hertz = frequency * ratio * Math.Sqrt((1 + (stiffness * ratio * ratio)) / (1 + stiffness));
            if (hertz > Highest)
            {
                continue;
            }

            var level = body.Levels[index] * Math.Exp(-(ratio - 1) / brightness);
            var seconds = ring / (1 + (body.Damping * (ratio - 1)));
            if (level < 2e-4)
            {
                continue;
            }

            // The strings of a piano's note are a little out of tune with each other: a fast decay and a slow one that beat.
            var beat = body.Beating * (0.6 + (0.8 * random.Unit()));
            AddMode(hertz, level * (body.Beating > 0 ? 0.65 : 1), body.Beating > 0 ? seconds * 0.4 : seconds);
            if (body.Beating > 0)
            {
                AddMode(hertz * (1 + (beat * 0.00058)), level * 0.4, seconds * 1.5);
            }
        }
    }

    /// <inheritdoc/>
    protected override bool Advance(bool isHeld)
    {
        _level = _amplitude.Level * _scale;
        _amplitude.Advance(isHeld);
        if ((_amplitude.IsOver && _level == 0) || (_modes == 0 && _age > 0))
        {
            return false;
        }

        _levelStep = ((_amplitude.Level * _scale) - _level) / Envelope.Segment;
        RenderModes();
        if (_knock > 0 && _age * Envelope.Segment < StruckNoise.Frames)
        {
            var noise = StruckNoise.Samples.AsSpan(_age * Envelope.Segment, Envelope.Segment);
            TensorPrimitives.MultiplyAdd(noise, _knock, _block, _block);
        }

        _age++;
        _read = 0;
        return true;
    }

    /// <inheritdoc/>
    protected override void RenderSegment(Span<float> output)
    {
        _block.AsSpan(_read, output.Length).CopyTo(output);
        Ramp.Multiply(output, _level, _levelStep);
        _level += output.Length * _levelStep;
        _read += output.Length;
    }

    /// <summary>Adds a sine: its samples before the first one are set up, from there it runs by itself.</summary>
    private void AddMode(double hertz, double level, double seconds)
    {
        var w = 2 * Math.PI * hertz / PcmFormat.SampleRate;
        var fall = Math.Exp(-6.9 / (seconds * PcmFormat.SampleRate));
        var (factor, square) = (2 * Math.Cos(w) * fall, fall * fall);
        var mode = _modes++;
        var (before, now) = (0.0, level * Math.Sin(w) * fall);
        Span<float> samples = stackalloc float[2 * Lanes];
        foreach (ref var sample in samples)
        {
            sample = (float)before;
            (before, now) = (now, (factor * now) - (square * before));
        }

        (_older[mode], _newer[mode]) = (Vector256.Create<float>(samples), Vector256.Create<float>(samples[Lanes..]));

        // The same recurrence, a vector at a time.
        _first[mode] = (float)(2 * Math.Cos(w * Lanes) * Math.Pow(fall, Lanes));
        _second[mode] = (float)-Math.Pow(fall, 2 * Lanes);

        // At −80 dB of the loudest it can be left out.
        _segmentsLeft[mode] = 1 + (int)(seconds * Math.Max(0.05, Math.Log10(level / 1e-4) / 3) * PcmFormat.SampleRate / Envelope.Segment);
    }

    private void RenderModes()
    {
        // A segment is four vectors: their sums stay in the processor while mode after mode is added.
        var (first, second, third, fourth) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (var mode = _modes - 1; mode >= 0; mode--)
        {
            if (_segmentsLeft[mode]-- == 0)
            {
                Remove(mode);
                continue;
            }

            var (one, two) = (_older[mode], _newer[mode]);
            var (ofLast, ofBefore) = (Vector256.Create(_first[mode]), Vector256.Create(_second[mode]));
            var three = Vector256.FusedMultiplyAdd(ofLast, two, ofBefore * one);
            var four = Vector256.FusedMultiplyAdd(ofLast, three, ofBefore * two);
            _older[mode] = Vector256.FusedMultiplyAdd(ofLast, four, ofBefore * three);
            _newer[mode] = Vector256.FusedMultiplyAdd(ofLast, _older[mode], ofBefore * four);
            (first, second, third, fourth) = (first + one, second + two, third + three, fourth + four);
        }

        var sum = MemoryMarshal.Cast<float, Vector256<float>>(_block.AsSpan());
        (sum[0], sum[1], sum[2], sum[3]) = (first, second, third, fourth);
    }

    // The last one takes its place; it has been rendered in this segment already.
    private void Remove(int mode)
    {
        var last = --_modes;
        (_older[mode], _newer[mode]) = (_older[last], _newer[last]);
        (_first[mode], _second[mode], _segmentsLeft[mode]) = (_first[last], _second[last], _segmentsLeft[last]);
    }
}

/// <summary>The short noise of something that is struck: hammer, mallet, key.</summary>
internal static class StruckNoise
{
    /// <summary>Its length.</summary>
    public const int Frames = 64 * Envelope.Segment;

    /// <summary>The noise, peak 1.</summary>
    public static readonly float[] Samples = Make();

    private static float[] Make()
    {
        var samples = new float[Frames];
        var random = new SeededRandom(71);
        var band = new StateFilter(420, 0.9);
        var soft = new StateFilter(2_600, 0.7);
        var peak = 1e-9f;
        for (var index = 0; index < Frames; index++)
        {
            var t = (double)index / PcmFormat.SampleRate;
            samples[index] = (float)(soft.Low(band.Band(random.Bipolar())) * Math.Exp(-t / 0.006) * Math.Min(1, t / 0.0005) * Math.Min(1, (Frames - 1 - index) / 200.0));
            peak = Math.Max(peak, Math.Abs(samples[index]));
        }

        for (var index = 0; index < Frames; index++)
        {
            samples[index] /= peak;
        }

        return samples;
    }
}
