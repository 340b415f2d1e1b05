using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>A place where a section can be cut.</summary>
/// <param name="Point">The place.</param>
/// <param name="Number">The bar, or the line, that ends the first part; from 1.</param>
/// <param name="IsLine">True for a place chosen by a lyric line.</param>
public sealed record SplitChoice(SplitPoint Point, int Number, bool IsLine);

/// <summary>Finds where a section can be cut so that both parts are long enough: at bars, or behind lyric lines.</summary>
/// <param name="section">The section.</param>
/// <param name="music">Its bars.</param>
/// <param name="syllables">Tells how much room a line takes.</param>
public sealed class SectionSplits(PlanSection section, PlanMusic music, Func<string, int> syllables)
{
    private const int MostBars = 32;

    // What a line takes beside its syllables: the breath before it.
    private const double Breath = 2;

    private readonly double[] _ends = Ends(section.Lines, syllables);

    /// <summary>True when there is room for two sections.</summary>
    public bool IsPossible => section.DurationMs >= 2 * PlanLimits.MinSectionMs;

    /// <summary>The bars, at most <see cref="MostBars"/> of them, evenly. Lines are divided by what is sung until then.</summary>
    public IReadOnlyList<SplitChoice> AtBars()
    {
        var bars = (int)Math.Min(int.MaxValue / 2, Math.Floor((section.DurationMs - PlanLimits.MinSectionMs) / music.BarMs));
        var step = 1 + (bars / MostBars);
        return
        [
            .. Enumerable.Range(1, Math.Max(0, bars))
                .Where(bar => bar % step == 0)
                .Select(bar => (Bar: bar, AtMs: (int)Math.Round(bar * music.BarMs)))
                .Where(place => Fits(place.AtMs))
                .Select(place => new SplitChoice(new SplitPoint(place.AtMs, LinesUntil(place.AtMs)), place.Bar, IsLine: false)),
        ];
    }

    /// <summary>Behind each line but the last, at the bar next to where it ends.</summary>
    public IReadOnlyList<SplitChoice> AtLines() => !IsPossible ? [] :
    [
        .. Enumerable.Range(1, Math.Max(0, section.Lines.Count - 1))
            .Select(lines => new SplitChoice(new SplitPoint(TimeOf(lines), lines), lines, IsLine: true)),
    ];

    /// <summary>The place to offer first: the bar next to the middle, or the middle itself; null when there is no room.</summary>
    public SplitChoice? Middle() =>
        AtBars().MinBy(choice => Math.Abs(choice.Point.AtMs - (section.DurationMs / 2.0)))
        ?? (IsPossible ? new SplitChoice(new SplitPoint(section.DurationMs / 2, LinesUntil(section.DurationMs / 2)), 0, IsLine: false) : null);

    private static double[] Ends(IReadOnlyList<string> lines, Func<string, int> syllables)
    {
        var (ends, end) = (new double[lines.Count], 0.0);
        for (var line = 0; line < lines.Count; line++)
        {
            // Directions take no time.
            var count = syllables(lines[line]);
            ends[line] = end += count == 0 ? 0 : count + Breath;
        }

        return ends;
    }

    private bool Fits(int atMs) => atMs >= PlanLimits.MinSectionMs && section.DurationMs - atMs >= PlanLimits.MinSectionMs;

    private int LinesUntil(int atMs)
    {
        if (_ends is not [.., > 0])
        {
            return section.Lines.Count;
        }

        var until = _ends[^1] * atMs / section.DurationMs;
        return Enumerable.Range(0, section.Lines.Count + 1).MinBy(lines => Math.Abs((lines == 0 ? 0 : _ends[lines - 1]) - until));
    }

    private int TimeOf(int lines)
    {
        var exact = _ends[^1] > 0 ? section.DurationMs * _ends[lines - 1] / _ends[^1] : (double)section.DurationMs * lines / section.Lines.Count;
        var atBar = (int)Math.Round(Math.Round(exact / music.BarMs) * music.BarMs);
        return Fits(atBar) ? atBar : Math.Clamp((int)Math.Round(exact), PlanLimits.MinSectionMs, section.DurationMs - PlanLimits.MinSectionMs);
    }
}
