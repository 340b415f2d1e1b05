using System.Globalization;

namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Says in a few words each what was understood.</summary>
internal static class Understanding
{
    /// <summary>The decisions: tempo, key, metre, genre, groove, sounds, production, ending.</summary>
    public static IReadOnlyList<string> Of(SongReading reading, StyleText song)
    {
        var understood = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{reading.Bpm:0.#} BPM"),
            reading.Key.Name,
            reading.Metre.Name,
            reading.Genre.Name,
        };
        var fullest = reading.Sections.MaxBy(section => section.Energy)!;
        var drums = reading.Sections.Any(section => section.Parts.Has(Part.Drums));
        understood.Add(!drums ? "no drums" : reading.Metre.Name == reading.Genre.Metre ? reading.Genre.Beat : $"beat in {reading.Metre.Name}");
        if (reading.HalfTime)
        {
            understood.Add("half-time");
        }

        if (reading.Swing > 0.1 && !reading.Genre.Beat.Contains("sw", StringComparison.Ordinal) && reading.Genre.Beat != "shuffle")
        {
            understood.Add("swung");
        }

        foreach (var part in (ReadOnlySpan<Part>)[Part.Bass, Part.Chords, Part.Pad, Part.Lead])
        {
            if (fullest.Parts.Has(part))
            {
                understood.Add(NameOf(fullest.Timbres[(int)part], part));
            }
        }

        if (fullest.Texture != Texture.None)
        {
            understood.Add(fullest.Texture == Texture.Vinyl ? "vinyl crackle" : "rain");
        }

        understood.AddRange(ProductionReader.Describe(song));
        understood.Add(reading.Ending switch
        {
            Ending.Button => "ends on a hit",
            Ending.Fade => "fades out",
            Ending.Loop => "seamless loop",
            _ => "rings out",
        });
        if (reading.Sections.Any(section => section.IsSung))
        {
            understood.Add(reading.Singer.Name);
        }
        else if (SingerReader.IsSilent(song))
        {
            understood.Add("no vocals");
        }

        return [.. understood.Distinct()];
    }

    /// <summary>"SynthPluck" is "synth pluck"; the part is named where the sound alone does not tell it.</summary>
    internal static string NameOf(Timbre timbre, Part part)
    {
        var words = string.Concat(timbre.ToString().Select((character, index) =>
            index > 0 && char.IsUpper(character) ? $" {char.ToLowerInvariant(character)}" : $"{char.ToLowerInvariant(character)}"));
        return part switch
        {
            Part.Lead when !words.Contains("lead", StringComparison.Ordinal) => $"{words} lead",
            Part.Pad when !words.Contains("pad", StringComparison.Ordinal) => $"{words} pad",
            Part.Chords when timbre is Timbre.Supersaw or Timbre.SynthPluck or Timbre.SquareLead => $"{words.Replace(" lead", "", StringComparison.Ordinal)} chords",
            _ => words,
        };
    }
}
