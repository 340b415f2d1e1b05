using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch;

/// <summary>Which parts go into which stem. In each set every part is in exactly one.</summary>
internal static class StemGroups
{
    private static readonly PartSet Melody = PartSet.Of(Part.Lead, Part.Arpeggio);

    /// <summary>The tune, and what it is played over: Sketch does not sing.</summary>
    private static readonly (string Name, PartSet Parts)[] Two =
    [
        ("melody", Melody),
        ("backing", PartSet.All.Except(Melody)),
    ];

    private static readonly (string Name, PartSet Parts)[] Six =
    [
        ("drums", PartSet.Of(Part.Drums)),
        ("bass", PartSet.Of(Part.Bass)),
        ("chords", PartSet.Of(Part.Chords)),
        ("pads", PartSet.Of(Part.Pad)),
        ("melody", Melody),
        ("texture", PartSet.Of(Part.Texture)),
    ];

    /// <summary>All stems of a set, in the order in which they are shown.</summary>
    public static IReadOnlyList<(string Name, PartSet Parts)> Of(StemSet set) => set == StemSet.Two ? Two : Six;

    /// <summary>The stems of a set that are not silent throughout a score.</summary>
    public static IReadOnlyList<(string Name, PartSet Parts)> Of(StemSet set, Score score)
    {
        var sounding = Sounding(score);
        return [.. Of(set).Where(stem => stem.Parts.Except(sounding) != stem.Parts)];
    }

    private static PartSet Sounding(Score score)
    {
        var parts = score.Notes.Aggregate(PartSet.None, (parts, note) => parts.With(note.Part));
        parts = score.Hits.Length > 0 ? parts.With(Part.Drums) : parts;
        return score.Sections.Any(section => section.Texture != Texture.None) ? parts.With(Part.Texture) : parts;
    }
}
