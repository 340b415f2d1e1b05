namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Listens to sound as it passes and keeps the mean square of each step of <see cref="LoudnessMeter.StepFrames"/>.</summary>
/// <param name="frames">Length of the whole, frames: the memory is set aside at the start.</param>
internal sealed class LoudnessSteps(long frames)
{
    private readonly LoudnessMeter _meter = new();
    private readonly double[] _steps = new double[CountOf(frames)];
    private double _energy;
    private int _filled;

    /// <summary>Whole steps heard so far.</summary>
    public int Count { get; private set; }

    /// <summary>The steps heard so far; the last one may be shorter.</summary>
    public ReadOnlySpan<double> Steps => _steps.AsSpan(0, Count);

    /// <summary>Steps of a length; at least one.</summary>
    public static int CountOf(long frames) => (int)Math.Max(1, frames / LoudnessMeter.StepFrames);

    /// <summary>Listens to a block. What passes after the last step is not counted.</summary>
    public void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        while (left.Length > 0 && Count < _steps.Length)
        {
            var frames = Math.Min(left.Length, LoudnessMeter.StepFrames - _filled);
            _energy += _meter.Add(left[..frames], right[..frames]);
            _filled += frames;
            if (_filled == LoudnessMeter.StepFrames)
            {
                _steps[Count++] = _energy / _filled;
                (_energy, _filled) = (0, 0);
            }

            left = left[frames..];
            right = right[frames..];
        }
    }
}
