using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>
/// The bars of a section. They fill it exactly: the tempo gives way by up to <see cref="MaxStretch"/> so that whole
/// bars fit, or else whole beats; where neither does, the tempo stays and the section's end cuts the last bar.
/// </summary>
internal sealed class BarGrid
{
    /// <summary>How far the tempo may give way.</summary>
    public const double MaxStretch = 0.03;

    private readonly Metre _metre;
    private readonly double _swing;
    private readonly int _swingUnit;

    /// <summary>The grid of a section from frame <paramref name="start"/> to before frame <paramref name="end"/>.</summary>
    public BarGrid(long start, long end, double bpm, Metre metre, double swing, int swingUnit)
    {
        Start = start;
        End = end;
        _metre = metre;
        _swing = swing;
        _swingUnit = swingUnit;
        var beat = PcmFormat.SampleRate * 60.0 / bpm;
        var beats = (end - start) / beat;
        var wholeBars = Math.Round(beats / metre.Beats) * metre.Beats;
        var wholeBeats = Math.Round(beats);
        var fitting = Fits(wholeBars, beats) ? wholeBars : Fits(wholeBeats, beats) ? wholeBeats : beats;
        BeatFrames = (end - start) / fitting;
        Bars = Math.Max(1, (int)Math.Ceiling((fitting / metre.Beats) - 1e-9));
        WholeBars = (int)Math.Floor((fitting / metre.Beats) + 1e-9);
        PartialBar = fitting / metre.Beats is var bars && Math.Abs(bars - Math.Round(bars)) < 1e-9 ? 0 : bars - WholeBars;
    }

    /// <summary>First frame.</summary>
    public long Start { get; }

    /// <summary>Frame after the last.</summary>
    public long End { get; }

    /// <summary>Frames of a beat.</summary>
    public double BeatFrames { get; }

    /// <summary>Bars that begin in the section.</summary>
    public int Bars { get; }

    /// <summary>Bars that also end in it.</summary>
    public int WholeBars { get; }

    /// <summary>What is left of the last bar where whole bars do not fit, 0–1 of a bar.</summary>
    public double PartialBar { get; }

    /// <summary>Frames of a step.</summary>
    public double StepFrames => BeatFrames / _metre.StepsPerBeat;

    /// <summary>Steps of a bar.</summary>
    public int StepsPerBar => _metre.StepsPerBar;

    /// <summary>The frame of a step, swung. Steps count through the section's bars.</summary>
    public long FrameOf(int bar, double step)
    {
        var position = (bar * (double)StepsPerBar) + step;
        if (_swing > 0 && _metre.StepsPerBeat == 4)
        {
            // Within each pair of units the first one is longer by the swing, the second one shorter.
            var pair = 2.0 * _swingUnit;
            var base0 = Math.Floor(position / pair) * pair;
            var within = (position - base0) / _swingUnit;
            var swung = within < 1 ? within * (1 + _swing) : 1 + _swing + ((within - 1) * (1 - _swing));
            position = base0 + (swung * _swingUnit);
        }

        return Start + (long)Math.Round(position * StepFrames);
    }

    private static bool Fits(double whole, double beats) => whole >= 1 && Math.Abs((beats / whole) - 1) <= MaxStretch;
}
