namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>A chord and where it begins.</summary>
/// <param name="Bar">Bar of the section.</param>
/// <param name="Step">Step in the bar.</param>
/// <param name="Chord">The chord.</param>
internal readonly record struct ChordChange(int Bar, int Step, Chord Chord);

/// <summary>The chords of a section. A chord sounds until the next change.</summary>
/// <param name="changes">The changes in order, the first at the section's start.</param>
/// <param name="stepsPerBar">Steps of a bar.</param>
internal sealed class ChordChart(IReadOnlyList<ChordChange> changes, int stepsPerBar)
{
    /// <summary>The changes in order.</summary>
    public IReadOnlyList<ChordChange> Changes => changes;

    /// <summary>The chord at a step, which may lie beyond its bar.</summary>
    public Chord At(int bar, double step) => changes[IndexAt(bar, step)].Chord;

    /// <summary>The chord that comes after the one at a step; the same one at the section's end.</summary>
    public Chord After(int bar, double step) => changes[Math.Min(changes.Count - 1, IndexAt(bar, step) + 1)].Chord;

    /// <summary>Steps from a step to the next change, or many when there is none.</summary>
    public double StepsLeft(int bar, double step)
    {
        var next = IndexAt(bar, step) + 1;
        return next < changes.Count ? Position(changes[next]) - ((bar * stepsPerBar) + step) : int.MaxValue;
    }

    private int IndexAt(int bar, double step)
    {
        var position = (bar * stepsPerBar) + step;
        var index = changes.Count - 1;
        while (index > 0 && Position(changes[index]) > position)
        {
            index--;
        }

        return index;
    }

    private int Position(ChordChange change) => (change.Bar * stepsPerBar) + change.Step;
}
