namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>Every genre that Sketch plays. A new one is a file of data and a line here.</summary>
internal static class Catalogue
{
    /// <summary>The genres; of two that the styles point to equally, the earlier one is played.</summary>
    public static readonly IReadOnlyList<Genre> All =
    [
        LoFi.Genre, Trap.Genre, DrumAndBass.Genre, Synthwave.Genre, Cinematic.Genre, House.Genre, Jazz.Genre,
        Funk.Genre, HipHop.Genre, Rock.Genre, Folk.Genre, Ambient.Genre, Pop.Genre,
    ];

    /// <summary>The genre that the wanted styles point to and the unwanted ones do not; pop when they say nothing.</summary>
    public static Genre Read(StyleText global)
    {
        var best = Pop.Genre;
        var most = 0;
        foreach (var genre in All)
        {
            var points = 0;
            for (var place = 0; place < global.Wanted.Count; place++)
            {
                // What stands first usually is the genre; what follows describes it.
                var weight = place == 0 ? 3 : 2;
                points += weight * genre.Words.Where(word => StyleText.Has(global.Wanted[place], word)).Sum(WordsIn);
            }

            points -= 4 * genre.Words.Count(word => global.Unwanted.Any(style => style.Trim() == word));
            if (points > most)
            {
                (best, most) = (genre, points);
            }
        }

        return best;
    }

    private static int WordsIn(string phrase) => 1 + phrase.Count(character => character == ' ');
}
