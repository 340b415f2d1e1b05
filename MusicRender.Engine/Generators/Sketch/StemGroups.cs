using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Synthesis;

namespace MusicRender.Engine.Generators.Sketch;

/// <summary>Which parts go into which stem. In each set every part is in exactly one.</summary>
internal static class StemGroups
{
    private static readonly PartSet Melody = PartSet.Of(Part.Lead, Part.Arpeggio);
    private static readonly PartSet Voice = PartSet.Of(Part.Voice);

    /// <summary>The voice, and what it sings to.</summary>
    private static readonly (string Name, PartSet Parts)[] Sung =
    [
        ("vocals", Voice),
        ("backing", PartSet.All.Except(Voice)),
    ];

    /// <summary>Where nobody sings: the tune, and what it is played over.</summary>
    private static readonly (string Name, PartSet Parts)[] Two =
    [
        ("melody", Melody),
        ("backing", PartSet.All.Except(Melody)),
    ];

    private static readonly (string Name, PartSet Parts)[] Six =
    [
        ("drums", PartSet.Of(Part.Drums)),
        ("bass", PartSet.Of(Part.Bass)),
        ("harmony", PartSet.Of(Part.Chords, Part.Pad, Part.Arpeggio)),
        ("lead", PartSet.Of(Part.Lead)),
        ("voice", Voice),
        ("effects", PartSet.Of(Part.Texture)),
    ];

    /// <summary>All stems of a set, in the order in which they are shown.</summary>
    public static IReadOnlyList<(string Name, PartSet Parts)> Of(StemSet set, bool isSung = false) => set != StemSet.Two ? Six : isSung ? Sung : Two;

    /// <summary>The stems of a set that are not silent throughout a score.</summary>
    public static IReadOnlyList<(string Name, PartSet Parts)> Of(StemSet set, Score score)
    {
        var sounding = Sounding(score);
        return [.. Of(set, sounding.Has(Part.Voice)).Where(stem => stem.Parts.Except(sounding) != stem.Parts)];
    }

    private static PartSet Sounding(Score score)
    {
        var parts = score.Notes.Aggregate(PartSet.None, (parts, note) => parts.With(note.Part));
        parts = score.Hits.Any(hit => !Drummer.IsEffect(hit.Drum)) ? parts.With(Part.Drums) : parts;
        parts = score.Hits.Any(hit => Drummer.IsEffect(hit.Drum)) ? parts.With(Part.Texture) : parts;
        parts = score.Vocals.Words.Length > 0 ? parts.With(Part.Voice) : parts;
        return score.Sections.Any(section => section.Texture != Texture.None) ? parts.With(Part.Texture) : parts;
    }
}
