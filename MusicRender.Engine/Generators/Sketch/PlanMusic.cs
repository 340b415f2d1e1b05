using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.Sketch;

/// <summary>What Sketch reads in a plan before it plays it, as an editor needs it: bars to draw and to snap to, and styles that go with the genre.</summary>
public sealed record PlanMusic
{
    private static readonly Dictionary<DrumKit, string> Drums = new()
    {
        [DrumKit.Acoustic] = "live drums",
        [DrumKit.Electronic] = "drum machine",
        [DrumKit.Trap] = "trap drums",
        [DrumKit.Dusty] = "dusty drums",
        [DrumKit.Orchestral] = "timpani",
        [DrumKit.Brushes] = "brushed drums",
        [DrumKit.Latin] = "hand percussion",
        [DrumKit.March] = "marching drums",
        [DrumKit.Chip] = "8-bit drums",
    };

    /// <summary>Beats a minute, 40–220: as the styles say, else the genre's, moved so that the sections come out in whole bars.</summary>
    public required double Bpm { get; init; }

    /// <summary>The bar as musicians write it: "6/8".</summary>
    public required string Metre { get; init; }

    /// <summary>Felt beats a bar; the tempo counts these.</summary>
    public required int BeatsPerBar { get; init; }

    /// <summary>The genre: "lo-fi hip-hop".</summary>
    public required string Genre { get; init; }

    /// <summary>Sounds and drums of the genre, in words that Sketch understands.</summary>
    public required IReadOnlyList<string> Sounds { get; init; }

    /// <summary>Length of a beat, ms.</summary>
    public double BeatMs => 60_000 / Bpm;

    /// <summary>Length of a bar, ms.</summary>
    public double BarMs => BeatMs * BeatsPerBar;

    /// <summary>Reads a plan, valid or not.</summary>
    public static PlanMusic Of(CompositionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var song = StyleReader.Read(plan.Sections.Count > 0 ? plan : plan with { Sections = [new PlanSection { DurationMs = PlanLimits.MinSectionMs }] }, 0);
        return new PlanMusic
        {
            Bpm = song.Bpm,
            Metre = song.Metre.Name,
            BeatsPerBar = song.Metre.Beats,
            Genre = song.Genre.Name,
            Sounds = SoundsOf(song.Genre),
        };
    }

    private static string[] SoundsOf(Genre genre)
    {
        string[] names =
        [
            Drums[genre.Kit],
            Understanding.NameOf(genre.Bass.Timbre, Part.Bass),
            Understanding.NameOf(genre.Chords.Timbre, Part.Chords),
            Understanding.NameOf(genre.Pad, Part.Pad),
            Understanding.NameOf(genre.Lead.Timbre, Part.Lead),
            Understanding.NameOf(genre.Arpeggio.Timbre, Part.Arpeggio),
        ];
        return [.. names.Where((name, index) => index == 0 || Instruments.NamedIn(StyleText.Normalise(name)).Any()).Distinct(), .. genre.Texture == Texture.None ? Array.Empty<string>() : [genre.Texture == Texture.Vinyl ? "vinyl crackle" : "rain"]];
    }
}
