using System.Globalization;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Prompting;

/// <summary>Says in words and facts what a song is.</summary>
internal static class SongDescription
{
    private const int MostTags = 4;

    /// <summary>A sentence or two. What is null or empty is left out.</summary>
    internal static string Text(GenreWord genre, IReadOnlyList<string> moods, string? key, string? tempo, bool isInstrumental, PromptReading prompt)
    {
        var noun = isInstrumental ? " instrumental" : genre.Name is "ballad" or "lullaby" or "chanson" or "waltz" or "sea shanty" ? "" : " song";
        var mood = PlainText.List(moods.Take(2).ToArray());
        var kind = $"{(mood.Length > 0 ? mood + " " : "")}{genre.Name}{noun}{(key is null ? "" : $" in {key}")}{(tempo is null ? "" : $" at {tempo}")}";
        var subjects = prompt.Story.Names.Take(1)
            .Concat(prompt.Story.Images.Where(image => !prompt.Story.Names.Any(name => image.Contains(name, StringComparison.Ordinal))).Take(2))
            .ToArray();
        var about = subjects.Length == 0 ? "" : isInstrumental ? $" It has {PlainText.List(subjects)} in mind." : $" It sings of {PlainText.List(subjects)}.";
        return $"{PlainText.StartLarge(PlainText.Article(kind))} {kind}.{about}";
    }

    /// <summary>A tempo in words: "124 bpm".</summary>
    internal static string Tempo(double bpm) => string.Create(CultureInfo.InvariantCulture, $"{bpm:0.##} bpm");

    /// <summary>
    /// What is known of a song whose plan somebody else wrote: what it is comes from the prompt and from the plan's styles,
    /// who sings from its lines. Tempo and key only where one of them says so.
    /// </summary>
    internal static SongMetadata OfPlan(PlanRequest request, CompositionPlan plan, string title)
    {
        var prompt = PromptReading.Read(request.Prompt);
        var written = string.Join(", ", plan.PositiveGlobalStyles.Concat(plan.Sections[0].PositiveLocalStyles));
        var styles = PromptReading.Read(written);
        var genres = prompt.Genres.Count > 0 ? prompt.Genres : styles.Genres;
        var genre = genres.Count > 0 ? genres[0] : PlanDefaults.Genre(prompt);
        var moods = prompt.Moods.Count > 0 ? prompt.Moods : styles.Moods;
        var instruments = styles.Instruments.Count > 0 ? styles.Instruments : prompt.Instruments;
        var bpm = PromptTempoAndKey.Bpm(written) ?? PromptTempoAndKey.Bpm(request.Prompt);
        var key = styles.Key ?? prompt.Key;
        var tempo = bpm is { } known ? Tempo(known) : null;
        var lines = plan.Sections.SelectMany(section => section.Lines).ToArray();
        var language = lines.Length == 0 ? "und" : LanguageGuess.Of(string.Join('\n', lines));
        return new SongMetadata
        {
            Title = title,
            Description = Text(genre, moods, key, tempo, lines.Length == 0, prompt),
            Genres = genres.Count > 0 ? [.. genres.Take(3).Select(named => named.Name)] : [genre.Name],
            Moods = moods,
            Tags = [.. instruments.Take(MostTags), .. new[] { tempo, key }.OfType<string>(), lines.Length == 0 ? "instrumental" : "sung"],
            Languages = language == "und" ? [] : [language],
            IsExplicit = ExplicitWords.In(lines),
            Bpm = bpm,
            Key = key,
        };
    }
}
