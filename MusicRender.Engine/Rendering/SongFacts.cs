using System.Globalization;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>Puts together what is known of a song, and writes it down as tags.</summary>
internal static class SongFacts
{
    /// <summary>What the request knew, completed by what the generator says. The generator's own tempo and key win: it made the music.</summary>
    public static SongMetadata Merge(SongMetadata? request, SongMetadata? generator, string? title)
    {
        var known = request ?? new SongMetadata();
        var made = generator ?? new SongMetadata();
        return new SongMetadata
        {
            Title = Plain(title ?? known.Title ?? made.Title),
            Description = Plain(known.Description ?? made.Description),
            Genres = Either(known.Genres, made.Genres),
            Moods = Either(known.Moods, made.Moods),
            Tags = Either(known.Tags, made.Tags),
            Languages = Either(known.Languages, made.Languages),
            IsExplicit = known.IsExplicit ?? made.IsExplicit,
            Bpm = made.Bpm ?? known.Bpm,
            Key = made.Key ?? known.Key,
            Understood = Either(made.Understood, known.Understood),
        };
    }

    /// <summary>The tags of a track's file.</summary>
    public static TrackTags TagsOf(Track track) => new()
    {
        Title = track.Title,
        Genres = track.Song.Genres,
        Bpm = track.Song.Bpm,
        Key = track.Song.Key,
        Lyrics = LyricsOf(track.Composition),
        SyncedLyrics = track.Words is null ? [] : [.. track.Words.Select(word => (word.Word, word.StartMs))],
        Language = track.Song.Languages is [var language, ..] ? Iso639(language) : null,
        Comment = PlanJson.ToCompactText(track.Composition),
        LengthMs = track.DurationMs,
    };

    private static string LyricsOf(Composition composition) => composition is PromptComposition
        ? ""
        : string.Join("\n\n", PlanConversion.ToSections(composition).Sections.Where(section => section.Lines.Count > 0).Select(section => string.Join('\n', section.Lines)));

    private static IReadOnlyList<string> Either(IReadOnlyList<string> one, IReadOnlyList<string> other) => [.. (one.Count > 0 ? one : other).Select(ControlCharacters.Without)];

    /// <summary>What an upstream or the metadata beside a plan says is not refused for a control character; it is left out.</summary>
    private static string? Plain(string? text) => text is null ? null : ControlCharacters.Without(text);

    private static string? Iso639(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language, predefinedOnly: true).ThreeLetterISOLanguageName is { Length: 3 } code ? code : null;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
