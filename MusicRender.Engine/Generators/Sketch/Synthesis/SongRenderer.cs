using System.Numerics.Tensors;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Turns a score into finished sound: mixed, brought to the same loudness as every other song, limited, its ends faded;
/// the whole song, or layers that add up to it. The parts play once, each layer is mixed by itself, and what the whole
/// song's loudness and limiter do is done to every layer. Memory does not grow with the song.
/// </summary>
internal sealed class SongRenderer
{
    /// <summary>Frames of a step, at most.</summary>
    public const int StepFrames = 8192;

    private readonly Score _score;
    private readonly Ensemble _ensemble;
    private readonly Layer[] _layers;
    private readonly Limiter _limiter = new();
    private readonly float[] _sumLeft = new float[Mixer.BlockFrames];
    private readonly float[] _sumRight = new float[Mixer.BlockFrames];
    private readonly float[] _gains = new float[Mixer.BlockFrames];
    private readonly float _gain;

    /// <summary>A renderer at the start of a score.</summary>
    /// <param name="score">What to play.</param>
    /// <param name="layers">The parts of each layer. Loudness and limiter are the whole song's when every part is in one.</param>
    public SongRenderer(Score score, params IReadOnlyList<PartSet> layers)
    {
        _score = score;
        _ensemble = new Ensemble(score, 0);
        _layers = [.. layers.Select(parts => new Layer(new Mixer(score, parts)))];
        _gain = Mastering.GainOf(score);

        // The limiter is late by its look-ahead; what comes before the song's first frame is not the song's.
        RenderBlock(Limiter.Latency);
    }

    /// <summary>Frames given so far.</summary>
    public long Frame { get; private set; }

    /// <summary>Renders the next step of all layers.</summary>
    /// <returns>Its frames: <see cref="StepFrames"/>, fewer at the end, 0 after it.</returns>
    public int Render()
    {
        var wanted = (int)Math.Min(StepFrames, _score.Frames - Frame);
        for (var done = 0; done < wanted;)
        {
            var frames = Math.Min(Mixer.BlockFrames, wanted - done);
            RenderBlock(frames);
            foreach (var layer in _layers)
            {
                var left = layer.Left.AsSpan(0, frames);
                var right = layer.Right.AsSpan(0, frames);
                Mastering.Fade(_score, Frame, left, right);
                for (var index = 0; index < frames; index++)
                {
                    layer.Step[2 * (done + index)] = left[index];
                    layer.Step[(2 * (done + index)) + 1] = right[index];
                }
            }

            done += frames;
            Frame += frames;
        }

        return wanted;
    }

    /// <summary>The last step of a layer, interleaved stereo; overwritten by the next.</summary>
    public ReadOnlyMemory<float> Step(int layer, int frames) => _layers[layer].Step.AsMemory(0, frames * PcmFormat.Channels);

    private void RenderBlock(int frames)
    {
        _ensemble.Play(frames);
        var sumLeft = _sumLeft.AsSpan(0, frames);
        var sumRight = _sumRight.AsSpan(0, frames);
        var gains = _gains.AsSpan(0, frames);
        sumLeft.Clear();
        sumRight.Clear();
        foreach (var layer in _layers)
        {
            var left = layer.Left.AsSpan(0, frames);
            var right = layer.Right.AsSpan(0, frames);
            layer.Mixer.Mix(_ensemble.Channels, left, right);
            TensorPrimitives.Multiply(left, _gain, left);
            TensorPrimitives.Multiply(right, _gain, right);
            TensorPrimitives.Add(sumLeft, left, sumLeft);
            TensorPrimitives.Add(sumRight, right, sumRight);
        }

        _limiter.Process(sumLeft, sumRight, gains);
        foreach (var layer in _layers)
        {
            Limit(layer.Left, layer.LateLeft, gains);
            Limit(layer.Right, layer.LateRight, gains);
        }
    }

    /// <summary>Replaces a block by what went in <see cref="Limiter.Latency"/> frames before, turned down by the gains.</summary>
    private static void Limit(float[] block, float[] late, ReadOnlySpan<float> gains)
    {
        var frames = gains.Length;
        block.AsSpan(0, frames).CopyTo(late.AsSpan(Limiter.Latency));
        TensorPrimitives.Multiply(late.AsSpan(0, frames), gains, block);
        late.AsSpan(frames, Limiter.Latency).CopyTo(late);
    }

    /// <summary>One layer: its mixer, its block, what the limiter holds back of it, its step.</summary>
    private sealed class Layer(Mixer mixer)
    {
        public Mixer Mixer { get; } = mixer;

        public float[] Left { get; } = new float[Mixer.BlockFrames];

        public float[] Right { get; } = new float[Mixer.BlockFrames];

        public float[] LateLeft { get; } = new float[Limiter.Latency + Mixer.BlockFrames];

        public float[] LateRight { get; } = new float[Limiter.Latency + Mixer.BlockFrames];

        public float[] Step { get; } = new float[StepFrames * PcmFormat.Channels];
    }
}
