using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>
/// The pitches of a section's lines: the section's tune, brought into the singer's range and made smooth enough to sing.
/// Of all ways through the tones of the key it takes the one that leaps least, keeps nearest to the tune, and ends each
/// line on a tone of the chord.
/// </summary>
internal sealed class VocalTune
{
    private readonly SectionPlan _plan;
    private readonly (double Step, int Pitch)[] _tune;
    private readonly SyllableRhythm _rhythm;
    private readonly int[] _range;
    private readonly double _closeness;
    private int? _last;

    /// <summary>The tune of a section for its singer.</summary>
    /// <param name="plan">The section.</param>
    /// <param name="tune">The tune as an instrument plays it.</param>
    /// <param name="rhythm">Knows the strong steps.</param>
    public VocalTune(SectionPlan plan, IReadOnlyList<TunePitch> tune, SyllableRhythm rhythm)
    {
        (_plan, _rhythm) = (plan, rhythm);
        var singer = plan.Song.Singer;
        var isLoud = plan.Section.Form is SectionForm.Chorus or SectionForm.Drop;
        var isRapped = singer.Delivery == Delivery.Rapped;
        var centre = (singer.Register == Register.Low ? 53 : 63) + (isLoud && !isRapped ? 4 : 0) - (isRapped ? 3 : 0);
        var (below, above) = isRapped ? (4, 3) : (8, 9);
        _range = [.. Enumerable.Range(centre - below, below + above + 1).Where(plan.Section.Key.Contains)];
        _closeness = isRapped ? 0.12 : 0.34;

        // In the octave in which the tune lies nearest to the middle of the range.
        var octaves = tune.Count == 0 ? 0 : (int)Math.Round((centre - tune.Average(note => note.Pitch)) / 12);
        _tune = tune.Count == 0
            ? [(0, centre)]
            : [.. tune.Select(note => ((double)((note.Bar * plan.Grid.StepsPerBar) + note.Step), note.Pitch + (12 * octaves))).OrderBy(note => note.Item1)];
    }

    /// <summary>The pitches of a line.</summary>
    /// <param name="steps">The step of each syllable, from the section's start.</param>
    /// <param name="lengths">The length of each, steps.</param>
    public int[] Sing(IReadOnlyList<double> steps, IReadOnlyList<double> lengths)
    {
        var count = steps.Count;
        var cost = new double[count, _range.Length];
        var before = new int[count, _range.Length];
        for (var syllable = 0; syllable < count; syllable++)
        {
            for (var to = 0; to < _range.Length; to++)
            {
                var least = syllable == 0 ? (_last is { } last ? Leap(last, _range[to]) / 2 : 0) : double.PositiveInfinity;
                for (var from = 0; syllable > 0 && from < _range.Length; from++)
                {
                    var way = cost[syllable - 1, from] + Leap(_range[from], _range[to]);
                    if (way < least)
                    {
                        (least, before[syllable, to]) = (way, from);
                    }
                }

                cost[syllable, to] = least + Misfit(_range[to], steps[syllable], lengths[syllable], syllable == count - 1);
            }
        }

        var pitches = new int[count];
        var best = Enumerable.Range(0, _range.Length).MinBy(at => cost[count - 1, at]);
        for (var syllable = count - 1; syllable >= 0; best = before[syllable, best], syllable--)
        {
            pitches[syllable] = _range[best];
        }

        _last = pitches[^1];
        return pitches;
    }

    /// <summary>The scale's next tone beside a pitch, above (1) or below (−1); the pitch itself at the end of the range.</summary>
    public int Neighbour(int pitch, int direction)
    {
        var at = Array.IndexOf(_range, pitch) + direction;
        return at >= 0 && at < _range.Length ? _range[at] : pitch;
    }

    private static double Leap(int from, int to) => Math.Abs(from - to) switch
    {
        0 => 0.45,
        1 or 2 => 0,
        3 or 4 => 0.95,
        5 => 2,
        6 or 7 => 3.4,
        var wide => wide,
    };

    private double Misfit(int pitch, double step, double length, bool isEnd)
    {
        var bar = Math.Clamp((int)(step / _plan.Grid.StepsPerBar), 0, _plan.Grid.Bars - 1);
        var chord = _plan.Chords.At(bar, (int)Math.Min(step - (bar * _plan.Grid.StepsPerBar), _plan.Grid.StepsPerBar - 1));
        var isTone = chord.Contains(pitch);
        var rubs = !isTone && (chord.Contains(pitch - 1) || chord.Contains(pitch + 1));
        var isHeld = length >= _plan.Song.Metre.StepsPerBeat || _rhythm.WeightOf((int)step) >= 0.7;
        var cost = Math.Abs(pitch - Wanted(step)) * _closeness;
        cost += isTone ? 0 : isEnd ? 12 : isHeld ? 1.3 : 0.2;
        cost += rubs ? (isHeld ? 1 : 0.2) : 0;
        return cost + (isEnd && pitch % 12 == chord.Fifth ? 0.3 : 0);
    }

    // The note of the tune that sounds then, or the one before it.
    private int Wanted(double step)
    {
        var at = 0;
        while (at + 1 < _tune.Length && _tune[at + 1].Step <= step)
        {
            at++;
        }

        return _tune[at].Pitch;
    }
}
