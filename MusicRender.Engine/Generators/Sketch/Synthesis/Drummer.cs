using System.Numerics.Tensors;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Plays the strokes of a score: drums into one channel, risers and impacts into that of the effects.</summary>
internal sealed class Drummer
{
    private const int OpenHatFrames = 2_000;
    private const int Most = 96;

    private readonly Score _score;
    private readonly DrumSound[] _sounds;
    private readonly Playing[] _playing = new Playing[Most];
    private int _count;
    private int _next;
    private long _cycle;

    /// <summary>A drummer at a frame of the score; at a negative one of a loop, that far before its end.</summary>
    public Drummer(Score score, long from)
    {
        _score = score;

        // Made before the first block: what is made on the way would hold it up.
        _sounds = [.. Enum.GetValues<Drum>().Select(drum => score.Hits.Any(hit => hit.Drum == drum) ? DrumSounds.Of(score.Kit, drum) : DrumSound.None)];
        Seek(from);
    }

    /// <summary>Goes to a frame; what sounded is silent.</summary>
    public void Seek(long from)
    {
        _count = 0;
        _cycle = from < 0 ? -_score.Frames : 0;
        var start = from - _cycle;
        _next = Array.FindIndex(_score.Hits, hit => hit.Start >= start);
        _next = _next < 0 ? _score.Hits.Length : _next;
    }

    /// <summary>True for what is an effect and no drum.</summary>
    public static bool IsEffect(Drum drum) => drum is Drum.Riser or Drum.Impact;

    /// <summary>Plays a block.</summary>
    /// <returns>The frame of the block in which a kick falls, or −1.</returns>
    public int Play(long frame, int frames, Channel drums, Channel effects)
    {
        var kick = Begin(frame, frames);
        for (var index = _count - 1; index >= 0; index--)
        {
            ref var playing = ref _playing[index];
            var sound = _sounds[(int)playing.Drum];
            var channel = IsEffect(playing.Drum) ? effects : drums;
            channel.Touch();
            var offset = Math.Max(0, -playing.Position);
            var from = Math.Max(0, playing.Position);
            var count = Math.Min(frames - offset, sound.Samples.Length - from);
            var samples = sound.Samples.AsSpan(from, count);
            var left = channel.Left.AsSpan(offset, count);
            var right = channel.Right.AsSpan(offset, count);
            var level = sound.Level * playing.Gain;
            var (leftLevel, rightLevel) = (level * MathF.Min(1, 1 - sound.Pan), level * MathF.Min(1, 1 + sound.Pan));
            if (playing.IsShut)
            {
                FadeOut(samples, leftLevel, left);
                FadeOut(samples, rightLevel, right);
            }
            else
            {
                TensorPrimitives.MultiplyAdd(samples, leftLevel, left, left);
                TensorPrimitives.MultiplyAdd(samples, rightLevel, right, right);
            }

            playing.Position += frames;
            if (playing.IsShut || playing.Position >= sound.Samples.Length)
            {
                playing = _playing[--_count];
            }
        }

        return kick;
    }

    private int Begin(long frame, int frames)
    {
        var kick = -1;
        var hits = _score.Hits;
        while (true)
        {
            if (_next == hits.Length && _score.Ending == Ending.Loop && hits.Length > 0)
            {
                _next = 0;
                _cycle += _score.Frames;
            }

            if (_next == hits.Length || hits[_next].Start + _cycle >= frame + frames)
            {
                return kick;
            }

            var hit = hits[_next++];
            var position = (int)(frame - hit.Start - _cycle);
            if (hit.Drum == Drum.Kick && hit.Velocity > 0.3f)
            {
                kick = Math.Max(0, -position);
            }

            if (hit.Drum == Drum.ClosedHat)
            {
                ShutOpenHats();
            }

            if (_count < Most)
            {
                _playing[_count++] = new Playing { Drum = hit.Drum, Position = position, Gain = hit.Velocity * hit.Velocity };
            }
        }
    }

    private void ShutOpenHats()
    {
        foreach (ref var playing in _playing.AsSpan(0, _count))
        {
            playing.IsShut |= playing.Drum == Drum.OpenHat && playing.Position > OpenHatFrames;
        }
    }

    private static void FadeOut(ReadOnlySpan<float> samples, float level, Span<float> output)
    {
        var step = level / samples.Length;
        for (var index = 0; index < samples.Length; index++)
        {
            output[index] += samples[index] * level;
            level -= step;
        }
    }

    private struct Playing
    {
        public Drum Drum;
        public int Position;
        public float Gain;
        public bool IsShut;
    }
}
