namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Finds what is wrong with a genre's data.</summary>
internal static class GenreCheck
{
    /// <summary>The problems, a sentence each; none for data that can be played.</summary>
    public static IEnumerable<string> ProblemsOf(Genre genre)
    {
        if (!Metre.TryNamed(genre.Metre, out var metre))
        {
            yield return $"No metre is called {genre.Metre}.";
            yield break;
        }

        foreach (var (name, pattern, letters) in PatternsOf(genre))
        {
            if (pattern.Length == 0 || pattern.Length % metre.StepsPerBar != 0)
            {
                yield return $"The pattern of {name} does not fill whole bars of {genre.Metre}: {pattern}";
            }

            if (pattern.FirstOrDefault(letter => !letters.Contains(letter, StringComparison.Ordinal)) is var wrong && wrong != default)
            {
                yield return $"The pattern of {name} has a letter that means nothing: {wrong}";
            }
        }

        if (genre.Bpm is < TempoReader.Slowest or > TempoReader.Fastest)
        {
            yield return "The tempo cannot be played.";
        }

        if (genre.Words.Length == 0 || genre.Words.Any(word => StyleText.Normalise(word).Trim() != word))
        {
            yield return "Words must be written as styles are compared: lower case, one blank between words.";
        }

        if (genre.Arpeggio is { Figure: not Figure.Answer, Pattern: null } && genre.Arpeggio.Steps is not (1 or 2 or 4))
        {
            yield return "An arpeggio needs a pattern, or 1, 2 or 4 steps between its notes.";
        }

        if (genre.SwingUnit is not (1 or 2) || genre.Swing is < 0 or > 0.34)
        {
            yield return "Sixteenths or eighths swing, by a third at most.";
        }

        if (genre.Lead.Rhythms.Length < 2 || genre.Major.Length == 0 || genre.Minor.Length == 0 || genre.Parts.Length == 0)
        {
            yield return "Two rhythms of the tune, a progression in each mode and a part are the least.";
        }
    }

    private static IEnumerable<(string Name, string Pattern, string Letters)> PatternsOf(Genre genre)
    {
        const string Chords = "xXntb123456-.";
        foreach (var (drum, pattern) in genre.Light.Concat(genre.Groove).Concat(genre.Full))
        {
            yield return (drum.ToString(), pattern, "Xxo?rt.");
        }

        foreach (var pattern in (string?[])[genre.Bass.Light, genre.Bass.Pattern, genre.Bass.Full])
        {
            yield return ("the bass", pattern ?? genre.Bass.Pattern, "r3567olacR-.");
        }

        foreach (var pattern in (string?[])[genre.Chords.Light, genre.Chords.Pattern, genre.Chords.Full, genre.Arpeggio.Pattern])
        {
            yield return ("the chords", pattern ?? genre.Chords.Pattern, Chords);
        }

        foreach (var pattern in genre.Lead.Rhythms)
        {
            yield return ("the tune", pattern, "x-.");
        }
    }
}
