namespace MusicRender.Engine.Prompting;

/// <summary>What a plan takes when its prompt leaves it open.</summary>
internal static class PlanDefaults
{
    private static readonly string[] MinorKeys = ["A minor", "D minor", "E minor", "C minor", "G minor", "B minor", "F# minor"];
    private static readonly string[] MajorKeys = ["C major", "G major", "D major", "F major", "A major", "E major", "Bb major"];

    private static readonly string[] DarkGenres = ["trap", "dark trap", "drill", "techno", "dubstep", "metal", "heavy metal", "drum and bass"];

    private static readonly (string Word, string Genre)[] GenreByMood =
    [
        ("epic", "cinematic"), ("heroic", "cinematic"), ("suspenseful", "cinematic"), ("cozy", "lo-fi"), ("cosy", "lo-fi"), ("chill", "lo-fi"),
        ("sad", "singer-songwriter"), ("tender", "singer-songwriter"), ("euphoric", "electronic pop"), ("energetic", "electronic pop"), ("peaceful", "ambient"), ("calm", "ambient"),
    ];

    internal static GenreWord Genre(PromptReading prompt)
    {
        if (prompt.Genres.Count > 0)
        {
            return prompt.Genres[0];
        }

        var byForm = prompt.Form switch
        {
            SongForm.Still => "ambient",
            SongForm.Loop => "lo-fi",
            SongForm.Game => "hybrid orchestral",
            _ => GenreByMood.FirstOrDefault(entry => prompt.Moods.Contains(entry.Word)).Genre ?? (prompt.IsInstrumental ? "cinematic" : "indie pop"),
        };
        return MusicWords.Genres.First(genre => genre.Name == byForm);
    }

    internal static bool IsMinor(PromptReading prompt) =>
        prompt.Moods.Any(MusicWords.Minor.Contains) || (prompt.Moods.Count == 0 && prompt.Genres.Any(genre => DarkGenres.Contains(genre.Name)));

    internal static string Key(PromptReading prompt, SeededChoice choice) =>
        choice.Pick(IsMinor(prompt) ? MinorKeys : MajorKeys);

    internal static IReadOnlyList<string> Moods(PromptReading prompt, LyricTone tone)
    {
        if (prompt.Moods.Count > 0)
        {
            return prompt.Moods;
        }

        return prompt.Form == SongForm.Still ? ["calm", "soothing"] : tone switch
        {
            LyricTone.Bright or LyricTone.Brand => ["bright", "playful"],
            LyricTone.Night => ["dark", "nocturnal"],
            LyricTone.Heroic => ["heroic", "determined"],
            _ => ["warm", "reflective"],
        };
    }

    /// <summary>The voice for the lyrics, by what the story and the prompt feel like.</summary>
    internal static LyricTone Tone(PromptReading prompt)
    {
        var genre = Genre(prompt).Name;
        var story = prompt.Story.Text;
        bool Tells(params string[] words) => words.Any(word => WordSearch.Contains(story, word));
        bool Is(params string[] names) => names.Any(name => genre.Contains(name, StringComparison.Ordinal));
        return prompt switch
        {
            { Form: SongForm.Spot } => LyricTone.Brand,
            _ when Tells("birthday", "wedding", "party", "turns") => LyricTone.Bright,
            _ when Is("trap", "drill", "techno", "dubstep") => LyricTone.Night,
            _ when Tells("died", "gone", "miss", "funeral", "goodbye", "lost", "remember", "grandmother", "grandfather") => LyricTone.Tender,
            _ when Is("cinematic", "orchestral", "trailer", "metal", "march") => LyricTone.Heroic,
            _ when prompt.Moods.Any(mood => mood is "angry" or "furious" or "fierce" or "menacing" or "aggressive") => LyricTone.Night,
            _ when IsMinor(prompt) => LyricTone.Tender,
            _ when Is("pop", "disco", "house", "funk", "edm", "reggae", "salsa", "swing", "afrobeat") && !Is("indie", "dream") => LyricTone.Bright,
            _ => prompt.Moods.Any(mood => mood is "happy" or "joyful" or "upbeat" or "cheerful" or "playful" or "sunny" or "festive" or "energetic") ? LyricTone.Bright : LyricTone.Tender,
        };
    }
}
