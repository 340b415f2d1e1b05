using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Slowly wandering copies, two a side, as in the string machines of the seventies: makes one instrument sound like
/// several, and wide. The dry sound stays in place, so that nothing is lost in mono.
/// </summary>
internal sealed class Chorus(float depth, long songFrames)
{
    private const int Copies = 4;
    private const double CentreMs = 13;
    private const double SlowMs = 3.4;
    private const double FastMs = 0.35;

    // Room for the longest delay. The shortest is longer than a block: all of it can be written before any is read.
    private const int Before = 768;

    private readonly float[] _line = new float[Before + Mixer.BlockFrames + 1];
    private readonly float[] _delays = new float[Copies];
    private readonly Lfo _slow = new(0.43, songFrames);
    private readonly Lfo _fast = new(5.3, songFrames);
    private long _next = long.MinValue;

    /// <summary>Adds the copies of the block's middle to both sides.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <param name="frame">The block's first frame in the song.</param>
    public void Process(Span<float> left, Span<float> right, long frame)
    {
        var frames = left.Length;
        TensorPrimitives.Add(left, right, _line.AsSpan(Before));
        for (var copy = 0; copy < Copies; copy++)
        {
            // The delays move in straight lines within a block; where one ends the next begins.
            var delay = frame == _next ? _delays[copy] : DelayAt(frame, copy * 0.25);
            _delays[copy] = DelayAt(frame + frames, copy * 0.25);
            AddCopy(copy < Copies / 2 ? left : right, delay, (_delays[copy] - delay) / frames);
        }

        _next = frame + frames;
        _line.AsSpan(frames, Before).CopyTo(_line);
    }

    private void AddCopy(Span<float> output, float delay, float step)
    {
        ref var line = ref MemoryMarshal.GetArrayDataReference(_line);
        ref var target = ref MemoryMarshal.GetReference(output);
        var level = 0.5f * depth;
        var lanes = Vector<float>.Count;
        var index = 0;
        for (; index + lanes <= output.Length; index += lanes)
        {
            // Where all of a vector lie between the same neighbours, these stand one after the other in the line.
            var (first, last) = (Before - delay - (index * step), Before - delay - ((index + lanes - 1) * step));
            var whole = (int)first;
            if (whole != (int)last)
            {
                for (var lane = index; lane < index + lanes; lane++)
                {
                    Unsafe.Add(ref target, lane) += level * Read(ref line, lane, Before - delay - (lane * step));
                }

                continue;
            }

            var here = Vector.LoadUnsafe(ref line, (nuint)(whole + index));
            var next = Vector.LoadUnsafe(ref line, (nuint)(whole + index + 1));
            var share = Vector.CreateSequence(first - whole, -step);
            var copy = Vector.FusedMultiplyAdd(share, next - here, here);
            Vector.FusedMultiplyAdd(copy, new Vector<float>(level), Vector.LoadUnsafe(ref target, (nuint)index)).StoreUnsafe(ref target, (nuint)index);
        }

        for (; index < output.Length; index++)
        {
            Unsafe.Add(ref target, index) += level * Read(ref line, index, Before - delay - (index * step));
        }
    }

    private float DelayAt(long frame, double later) =>
        (float)((CentreMs + (SlowMs * _slow.SineAt(frame, later)) + (FastMs * _fast.SineAt(frame, later))) * PcmFormat.SampleRate / 1000);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Read(ref float line, int index, float place)
    {
        var whole = (int)place;
        ref var sample = ref Unsafe.Add(ref line, index + whole);
        return sample + ((place - whole) * (Unsafe.Add(ref sample, 1) - sample));
    }
}
