using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>All that the players of a section have in front of them.</summary>
internal sealed class SectionPlan
{
    /// <summary>The song.</summary>
    public required SongReading Song { get; init; }

    /// <summary>The section.</summary>
    public required SectionReading Section { get; init; }

    /// <summary>Its number, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Its bars.</summary>
    public required BarGrid Grid { get; init; }

    /// <summary>Its chords, one a bar.</summary>
    public required Chord[] Chords { get; init; }

    /// <summary>The section after it, or null at the end of the song.</summary>
    public required SectionReading? Next { get; init; }

    /// <summary>The seed of the render.</summary>
    public required int Seed { get; init; }

    /// <summary>From where to where lines are sung, frames; known before the tune is played.</summary>
    public List<(long Start, long End)> Sung { get; } = [];

    /// <summary>The bar that the song ends with, held by everybody; −1 in other sections and where there is no room for one.</summary>
    public int FinalBar => Next is null && Grid.WholeBars >= 3 ? Grid.Bars - 1 : -1;

    /// <summary>True when a part plays in this section: wanted here by name, or its place in the arrangement has come.</summary>
    public bool Plays(Part part) => Section.Parts.Has(part) && (Section.Wanted.Has(part) || Section.Energy >= Threshold(part));

    /// <summary>True when something is sung in a bar: instruments with a tune leave it to the voice.</summary>
    public bool IsSung(int bar)
    {
        var (from, to) = (Grid.FrameOf(bar, 0), Grid.FrameOf(bar + 1, 0));
        return Sung.Any(line => line.Start < to && line.End > from);
    }

    /// <summary>The sound of a part.</summary>
    public Timbre TimbreOf(Part part) => Section.Timbres[(int)part];

    // Parts come in one after the other as a song gathers strength. A part that nothing plays beside comes in at once.
    private double Threshold(Part part) => part switch
    {
        Part.Drums => 0.3,
        Part.Bass => 0.4,
        Part.Chords => Section.Parts.Has(Part.Pad) && Section.Energy < 0.34 ? 0.34 : 0,
        Part.Pad => Section.Parts.Has(Part.Chords) && Section.Energy is > 0.5 and < 0.65 ? 0.65 : 0,
        Part.Arpeggio => 0.6,
        Part.Lead => Section.Parts.Except(PartSet.Of(Part.Drums, Part.Bass, Part.Lead, Part.Texture)) == PartSet.None ? 0 : 0.34,
        _ => 0,
    };
}
