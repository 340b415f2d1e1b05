using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>All that the players of a section have in front of them.</summary>
internal sealed class SectionPlan
{
    // Energy changes at the joints of phrases, not within them.
    private const int PhraseBars = 2;

    /// <summary>The song.</summary>
    public required SongReading Song { get; init; }

    /// <summary>The section.</summary>
    public required SectionReading Section { get; init; }

    /// <summary>Its number, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Its bars.</summary>
    public required BarGrid Grid { get; init; }

    /// <summary>Its chords.</summary>
    public required ChordChart Chords { get; init; }

    /// <summary>The section before it, or null at the start of the song.</summary>
    public required SectionReading? Previous { get; init; }

    /// <summary>The section after it, or null at the end of the song.</summary>
    public required SectionReading? Next { get; init; }

    /// <summary>The seed of the render.</summary>
    public required int Seed { get; init; }

    /// <summary>From where to where lines are sung, frames; known before the tune is played.</summary>
    public List<(long Start, long End)> Sung { get; } = [];

    /// <summary>The genre's data.</summary>
    public Genre Genre => Song.Genre;

    /// <summary>Reads the genre's patterns.</summary>
    public Rhythm Rhythm => new(Metre.Named(Song.Genre.Metre), Song.Metre);

    /// <summary>
    /// The bar that the song ends with, played together by everybody; −1 in other sections, in songs that fade or go round,
    /// and where there is no room for one.
    /// </summary>
    public int FinalBar
    {
        get
        {
            var hasRoom = Song.Ending switch
            {
                Ending.Button => Grid.WholeBars >= 2 || (Grid.WholeBars == 1 && Index > 0),
                Ending.RingOut => Grid.WholeBars >= 3,
                _ => false,
            };

            // A beat that is left over behind the last whole bar lets it ring longer.
            return Next is not null || !hasRoom ? -1 : Grid.PartialBar >= 0.6 ? Grid.Bars - 1 : Grid.WholeBars - 1;
        }
    }

    /// <summary>Steps from the final bar's start for which its notes are held.</summary>
    public double FinalSteps => Song.Ending == Ending.Button ? Song.Metre.StepsPerBeat * 0.9 : Grid.StepsPerBar * 2;

    /// <summary>Bars in which there is music of the usual kind: all before the final one.</summary>
    public int PlayedBars => FinalBar >= 0 ? FinalBar : Grid.Bars;

    /// <summary>True when this section ends a song that goes round.</summary>
    public bool GoesRound => Next is null && Song.Ending == Ending.Loop;

    /// <summary>The energy of a bar, 0.1–1: the section's, moving from its start to its end.</summary>
    public double EnergyAt(int bar)
    {
        var phrases = Math.Max(1, (PlayedBars + PhraseBars - 1) / PhraseBars);
        var share = phrases == 1 ? 0.5 : (double)Math.Min(bar / PhraseBars, phrases - 1) / (phrases - 1);
        return Math.Clamp(Section.Energy + (Section.Motion * (share - 0.5)), 0.1, 1);
    }

    /// <summary>True when a part plays in a bar: wanted here by name, or its place in the arrangement has come.</summary>
    public bool Plays(Part part, int bar) =>
        Section.Parts.Has(part)
        && (!Section.Later.Has(part) || bar >= PlayedBars / 2)
        && (Section.Wanted.Has(part) || EnergyAt(bar) >= Threshold(part, bar));

    /// <summary>True when something is sung in a bar: instruments with a tune leave it to the voice.</summary>
    public bool IsSung(int bar)
    {
        var (from, to) = (Grid.FrameOf(bar, 0), Grid.FrameOf(bar + 1, 0));
        return Sung.Any(line => line.Start < to && line.End > from);
    }

    /// <summary>The sound of a part.</summary>
    public Timbre TimbreOf(Part part) => Section.Timbres[(int)part];

    /// <summary>
    /// Steps at the end of a bar in which drums and bass are silent, so that what follows falls into it: before drops, where
    /// the song has such transitions.
    /// </summary>
    public int StopSteps(int bar) =>
        Song.HasTransitions && bar == Grid.Bars - 1 && Grid.WholeBars > 3 && Next is { Energy: >= 0.85 } && Section.Energy < 0.75 && Grid.PartialBar is 0
            ? Song.Metre.StepsPerBeat
            : 0;

    // Parts come in one after the other as a song gathers strength. A part that nothing plays beside comes in at once.
    private double Threshold(Part part, int bar) => part switch
    {
        Part.Drums => 0.3,
        Part.Bass => 0.4,
        Part.Chords => Section.Parts.Has(Part.Pad) && Section.Energy < 0.3 ? 0.3 : 0,
        Part.Pad => Section.Parts.Has(Part.Chords) && EnergyAt(bar) is > 0.5 and < 0.64 ? 0.64 : 0,
        Part.Arpeggio => Genre.Arpeggio.Figure == Figure.Answer ? 0.45 : 0.6,
        Part.Lead => Section.Parts.Except(PartSet.Of(Part.Drums, Part.Bass, Part.Lead, Part.Texture)) == PartSet.None ? 0 : 0.3,
        _ => 0,
    };
}
