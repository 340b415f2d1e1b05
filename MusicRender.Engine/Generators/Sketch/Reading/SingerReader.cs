using System.Text;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Reads who sings, and whether anybody does.</summary>
internal static class SingerReader
{
    private static readonly string[] VoiceWords =
    [
        "vocal", "voice", "singing", "singer", "lyrics", "lyric", "sung vocal", "lead vocal", "lead voice", "human voice", "vocalist", "words", "sung lyrics", "lead singer",
    ];

    // "Instrumental hook" and the like tell of a moment, not of the whole.
    private static readonly string[] InstrumentalMoments =
    [
        "instrumental hook", "instrumental backing", "instrumental accompaniment", "instrumental fill", "instrumental support", "instrumental break",
        "instrumental solo", "instrumental intro", "instrumental outro", "instrumental interlude", "instrumental bridge", "instrumental section", "instrumental riff",
    ];

    private static readonly string[] Low =
    [
        "male", "man", "baritone", "tenor", "bass voice", "deep voice", "deep vocal", "low voice", "men", "boy", "his voice", "gravelly", "gravelly vocal", "masculine", "crooner", "homme", "männerstimme", "männlich", "voz masculina",
    ];

    private static readonly string[] High =
    [
        "female", "woman", "soprano", "alto", "mezzo", "women", "girl", "lady", "her voice", "feminine", "diva", "femme", "frauenstimme", "weiblich", "voz femenina", "high voice", "falsetto", "child", "children",
    ];

    private static readonly string[] LowGenres = ["rock", "indie rock", "hip-hop", "trap", "acoustic folk", "metal", "country", "blues", "reggae", "reggaeton", "punk", "funk", "march", "celtic jig"];

    private static readonly string[] RapGenres = ["trap", "hip-hop"];

    /// <summary>The singer that the styles ask for; the seed and the genre decide what they leave open.</summary>
    public static Singer Read(StyleText song, Genre genre, int seed)
    {
        var random = new SeededRandom(seed, "singer");
        var isLow = random.Chance(LowGenres.Contains(genre.Name) ? 0.75 : 0.35);
        var (low, high) = (song.Wants(Low) && !song.Refuses(Low), song.Wants(High) && !song.Refuses(High));
        if (low != high)
        {
            isLow = low;
        }
        else if (song.Refuses(Low) != song.Refuses(High))
        {
            isLow = song.Refuses(High);
        }

        var isChoir = song.Wants("choir vocal", "gospel choir", "choir singing", "choral", "sung by a choir", "group vocal", "gang vocal", "crowd vocal", "choir") && !song.Refuses("choir");
        var doubles = !song.Refuses("backing vocal", "background vocal", "harmony", "doubled vocal", "vocal harmonies", "layered vocal");
        return new Singer(isLow ? Register.Low : Register.High, DeliveryOf(song, genre), isChoir, doubles);
    }

    /// <summary>A section as it was read, with the lines that are sung in it.</summary>
    public static SectionReading Sing(SectionReading reading, PlanSection section, StyleText global, StyleText local)
    {
        string[] lines = IsSilent(global) || IsSilent(local) ? [] : [.. section.Lines.Select(WithoutDirections).Where(line => line.Any(char.IsLetterOrDigit) || line.EnumerateRunes().Any(Rune.IsLetterOrDigit))];
        return lines.Length == 0 ? reading : reading with { Lines = lines, Parts = reading.Parts.With(Part.Voice) };
    }

    /// <summary>True when the styles want no singing: "instrumental", "no vocals", or vocals among the unwanted ones.</summary>
    public static bool IsSilent(StyleText styles) =>
        styles.Wanted.Any(style => StyleText.Has(style, "instrumental") && !InstrumentalMoments.Any(moment => StyleText.Has(style, moment)))
        || styles.Wanted.Any(style => StyleText.Has(style, "karaoke"))
        || styles.Unwanted.Any(IsAllSinging);

    // Only a style that is nothing but the voice refuses it: "harsh vocals" is not "vocals".
    private static bool IsAllSinging(string style) => style
        .Split([" and ", " or ", " / ", " nor ", " with "], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(item => item.StartsWith("any ", StringComparison.Ordinal) || item.StartsWith("all ", StringComparison.Ordinal) ? item[4..] : item)
        .Any(item => VoiceWords.Any(word => item == word || item == $"{word}s" || item == $"{word} at all" || item == $"{word}s at all"));

    private static Delivery DeliveryOf(StyleText song, Genre genre) => song switch
    {
        _ when song.Wants("whisper", "whispered", "whispering", "whispered vocal") && !song.Refuses("whisper", "whispered") => Delivery.Whispered,
        _ when song.Refuses("rap", "rapping", "rapped") => Delivery.Sung,
        _ when song.Wants("rap", "rapping", "rapped", "rapper", "rap vocal", "spoken word", "spoken", "mc") => Delivery.Rapped,
        _ when song.Wants("breathy", "soft vocal", "airy vocal", "intimate vocal", "intimate", "gentle vocal", "lullaby") => Delivery.Breathy,
        _ when song.Wants("powerful vocal", "belting", "belted", "soaring vocal", "anthemic vocal", "shouted", "raspy", "powerful") => Delivery.Powerful,
        _ when RapGenres.Contains(genre.Name) && !song.Wants("sung", "singing", "melodic vocal", "sung hook") => Delivery.Rapped,
        _ => Delivery.Sung,
    };

    /// <summary>A line as it is sung: directions in brackets and braces tell how to play.</summary>
    internal static string WithoutDirections(string line)
    {
        var text = new StringBuilder(line.Length);
        var depth = 0;
        foreach (var letter in line)
        {
            depth += letter is '{' or '[' ? 1 : 0;
            text.Append(depth == 0 ? letter : ' ');
            depth = Math.Max(0, depth - (letter is '}' or ']' ? 1 : 0));
        }

        return text.ToString();
    }
}
