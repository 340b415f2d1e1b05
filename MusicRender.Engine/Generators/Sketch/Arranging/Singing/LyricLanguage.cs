using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>The languages whose spelling the singer knows.</summary>
internal enum LyricLanguage
{
    English,
    German,
    French,

    /// <summary>Spanish, and every other language in Latin letters: what is written is what sounds.</summary>
    Spanish,
}

/// <summary>Guesses the language of lyrics by their small words and accents.</summary>
internal static class LyricLanguages
{
    private static readonly (LyricLanguage Language, string[] Words, string Letters)[] Signs =
    [
        (LyricLanguage.English, ["the", "and", "you", "i", "my", "is", "of", "to", "in", "we", "it", "a", "me", "your", "on", "for", "this", "that", "with", "be", "oh", "don", "ll", "love"], ""),
        (LyricLanguage.German, ["und", "ich", "du", "der", "die", "das", "nicht", "ist", "wir", "ein", "eine", "mein", "mit", "auf", "dich", "mich", "dir", "mir", "zu", "im", "den", "so", "es", "noch"], "äöüß"),
        (LyricLanguage.French, ["le", "la", "les", "et", "je", "tu", "est", "de", "des", "un", "une", "mon", "ma", "dans", "nous", "que", "pas", "toi", "moi", "sur", "pour", "ne", "il", "elle"], "çœèêàùëîôû"),
        (LyricLanguage.Spanish, ["el", "la", "los", "y", "yo", "tú", "es", "de", "un", "una", "mi", "en", "que", "no", "con", "por", "te", "se", "il", "che", "non", "di", "e", "o", "um", "uma", "não", "eu", "meu", "para", "lo"], "ñ¿¡íóáúãõìò"),
    ];

    /// <summary>The likeliest language; English when nothing tells.</summary>
    public static LyricLanguage Guess(IEnumerable<string> lines)
    {
        var words = lines.SelectMany(line => StyleText.Normalise(line).Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return Signs
            .Select(sign => (sign.Language, Points: words.Count(sign.Words.Contains) + words.Count(word => word.AsSpan().ContainsAny(sign.Letters))))
            .OrderByDescending(guess => guess.Points)
            .First()
            .Language;
    }
}
