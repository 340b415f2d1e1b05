using System.Numerics.Tensors;
using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// Holds the mix together: takes a little off where it is loud, slowly enough not to be noticed. It measures both sides
/// as one, so that nothing moves from side to side.
/// </summary>
internal sealed class BusCompressor
{
    private const double ThresholdDecibels = -17;
    private const double Ratio = 1.7;
    private const double KneeDecibels = 8;
    private const double MostDecibels = 4;
    private const int Segment = 32;

    // How much of the way is gone in a segment.
    private static readonly double Meter = ShareIn(0.012);
    private static readonly double Attack = ShareIn(0.025);
    private static readonly double Release = ShareIn(0.22);

    private double _energy;
    private double _reduction;
    private float _gain = 1;

    /// <summary>Fills a block with the gains of its frames.</summary>
    public void Process(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> gains)
    {
        for (var from = 0; from < gains.Length; from += Segment)
        {
            var frames = Math.Min(Segment, gains.Length - from);
            var energy = TensorPrimitives.SumOfSquares(left.Slice(from, frames)) + TensorPrimitives.SumOfSquares(right.Slice(from, frames));
            _energy += Share(Meter, frames) * ((energy / (2 * frames)) - _energy);
            var wanted = Reduction(10 * Math.Log10(_energy + 1e-9));
            _reduction += Share(wanted > _reduction ? Attack : Release, frames) * (wanted - _reduction);
            var next = _reduction == 0 ? 1 : MathF.Exp((float)(_reduction * (-Math.Log(10) / 20)));
            var step = (next - _gain) / frames;
            Ramp.Fill(gains.Slice(from, frames), _gain + step, step);
            _gain = next;
        }
    }

    private static double ShareIn(double seconds) => 1 - Math.Exp(-Segment / (seconds * PcmFormat.SampleRate));

    private static double Share(double ofSegment, int frames) => frames == Segment ? ofSegment : 1 - Math.Pow(1 - ofSegment, (double)frames / Segment);

    private static double Reduction(double level)
    {
        var over = level - ThresholdDecibels + (KneeDecibels / 2);
        var past = over <= 0 ? 0 : over < KneeDecibels ? over * over / (2 * KneeDecibels) : over - (KneeDecibels / 2);
        return Math.Min(MostDecibels, past * (1 - (1 / Ratio)));
    }
}
