using System.Numerics.Tensors;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Turns a score into finished sound: mixed, brought to the same loudness as every other song, compressed, limited, its ends
/// made; the whole song, or layers that add up to it. The parts play once, each layer is mixed by itself, and what is done to
/// the whole song is done to every layer. Memory does not grow with the song, but for a number each 100 ms.
/// </summary>
internal sealed class SongRenderer
{
    /// <summary>Frames of a step, at most.</summary>
    public const int StepFrames = 8192;

    private readonly Score _score;
    private readonly Stretch _stretch;
    private readonly Ensemble _ensemble;
    private readonly Layer[] _layers;
    private readonly FaderRide _ride;
    private readonly MasterBus _bus = new();
    private readonly float[] _sumLeft = new float[Mixer.BlockFrames];
    private readonly float[] _sumRight = new float[Mixer.BlockFrames];
    private readonly float[] _faders = new float[Mixer.BlockFrames];
    private readonly float[] _compression = new float[Mixer.BlockFrames];
    private readonly float[] _limiting = new float[Mixer.BlockFrames];

    /// <summary>A renderer at the start of a score.</summary>
    /// <param name="score">What to play.</param>
    /// <param name="layers">The parts of each layer. Loudness and limiter are the whole song's when every part is in one.</param>
    public SongRenderer(Score score, params IReadOnlyList<PartSet> layers)
        : this(score, Stretch.Whole(score), layers)
    {
    }

    /// <summary>A renderer of a stretch of a score: it sounds as in the whole song, with what rings over its start in it.</summary>
    /// <param name="score">What to play.</param>
    /// <param name="stretch">Which frames of it.</param>
    /// <param name="layers">The parts of each layer.</param>
    public SongRenderer(Score score, Stretch stretch, params IReadOnlyList<PartSet> layers)
    {
        (_score, _stretch, Frame) = (score, stretch, stretch.From);
        _ride = new FaderRide(score, new SongLevels(score));
        _layers = [.. layers.Select(parts => new Layer(new Mixer(score, parts)))];
        var before = SongEnds.PreRollOf(score, stretch);
        _ensemble = new Ensemble(score, stretch.From - before);
        for (; before > 0; before -= Mixer.BlockFrames)
        {
            RenderBlock(Mixer.BlockFrames);
        }

        // The limiter is late by its look-ahead; what comes before the song's first frame is not the song's.
        RenderBlock(Limiter.Latency);
    }

    /// <summary>The frame of the song that comes next.</summary>
    public long Frame { get; private set; }

    /// <summary>Renders the next step of all layers.</summary>
    /// <returns>Its frames: <see cref="StepFrames"/>, fewer at the end, 0 after it.</returns>
    public int Render()
    {
        var wanted = (int)Math.Min(StepFrames, _stretch.To - Frame);
        for (var done = 0; done < wanted;)
        {
            var frames = Math.Min(Mixer.BlockFrames, wanted - done);
            RenderBlock(frames);
            if (_stretch.IsWhole(_score))
            {
                _ride.Listen(_sumLeft.AsSpan(0, frames), _sumRight.AsSpan(0, frames));
            }

            foreach (var layer in _layers)
            {
                var left = layer.Left.AsSpan(0, frames);
                var right = layer.Right.AsSpan(0, frames);
                SongEnds.Fade(_score, Frame, left, right);
                SongEnds.FadeCuts(_score, _stretch, Frame, left, right);
                var step = layer.Step.AsSpan(2 * done, 2 * frames);
                for (var index = 0; index < frames; index++)
                {
                    step[2 * index] = left[index];
                    step[(2 * index) + 1] = right[index];
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
        var frame = _ensemble.Frame;
        _ensemble.Play(frames);
        var sumLeft = _sumLeft.AsSpan(0, frames);
        var sumRight = _sumRight.AsSpan(0, frames);
        var faders = _faders.AsSpan(0, frames);
        var compression = _compression.AsSpan(0, frames);
        var limiting = _limiting.AsSpan(0, frames);
        _ride.Fill(frame, faders);
        sumLeft.Clear();
        sumRight.Clear();
        foreach (var layer in _layers)
        {
            var left = layer.Left.AsSpan(0, frames);
            var right = layer.Right.AsSpan(0, frames);
            layer.Mixer.Mix(_ensemble.Channels, frame, left, right);
            TensorPrimitives.Multiply(left, faders, left);
            TensorPrimitives.Multiply(right, faders, right);
            TensorPrimitives.Add(sumLeft, left, sumLeft);
            TensorPrimitives.Add(sumRight, right, sumRight);
        }

        _bus.Process(sumLeft, sumRight, compression, limiting);
        sumLeft.Clear();
        sumRight.Clear();
        foreach (var layer in _layers)
        {
            var left = layer.Left.AsSpan(0, frames);
            var right = layer.Right.AsSpan(0, frames);
            layer.Ahead.Process(left, right, compression, limiting);
            TensorPrimitives.Add(sumLeft, left, sumLeft);
            TensorPrimitives.Add(sumRight, right, sumRight);
        }
    }

    /// <summary>One layer: its mixer, its block, what the limiter holds back of it, its step.</summary>
    private sealed class Layer(Mixer mixer)
    {
        public Mixer Mixer { get; } = mixer;

        public float[] Left { get; } = new float[Mixer.BlockFrames];

        public float[] Right { get; } = new float[Mixer.BlockFrames];

        public LookAhead Ahead { get; } = new();

        public float[] Step { get; } = new float[StepFrames * PcmFormat.Channels];
    }
}

/// <summary>Some frames of a song.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The one after the last.</param>
internal readonly record struct Stretch(long From, long To)
{
    /// <summary>The whole song.</summary>
    public static Stretch Whole(Score score) => new(0, score.Frames);

    /// <summary>True for the whole song.</summary>
    public bool IsWhole(Score score) => this == Whole(score);
}
