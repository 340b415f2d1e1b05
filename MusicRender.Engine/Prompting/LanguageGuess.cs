using System.Text;

namespace MusicRender.Engine.Prompting;

/// <summary>Guesses a text's language by its script and, for Latin letters, by its commonest words.</summary>
internal static class LanguageGuess
{
    private static readonly (int From, int To, string Language)[] Scripts =
    [
        (0x3040, 0x30FF, "ja"), (0xAC00, 0xD7AF, "ko"), (0x1100, 0x11FF, "ko"), (0x4E00, 0x9FFF, "zh"),
        (0x3400, 0x4DBF, "zh"), (0x20000, 0x3FFFF, "zh"), (0x0400, 0x052F, "ru"), (0x0370, 0x03FF, "el"), (0x0590, 0x05FF, "he"),
        (0x0600, 0x06FF, "ar"), (0x0900, 0x097F, "hi"), (0x0980, 0x09FF, "bn"), (0x0B80, 0x0BFF, "ta"),
        (0x0E00, 0x0E7F, "th"), (0x10A0, 0x10FF, "ka"), (0x0530, 0x058F, "hy"), (0x1200, 0x137F, "am"),
    ];

    private static readonly (string Language, string Words)[] CommonWords =
    [
        ("en", "the and of to a in is it was my i you that for on with we she he her his they are at when by our this from have but not as be all"),
        ("de", "der die das und ich nicht ist ein eine mit auf von zu den dem im wir sie er es war mein meine als wenn für auch noch sich"),
        ("fr", "le la les et de des un une je tu il elle nous vous est dans pour pas que qui sur mon ma mes avec était au du"),
        ("es", "el la los las y de un una que en es por con no mi se su para cuando yo era del al como más muy"),
        ("it", "il lo la gli le e di un una che in è per con non mi si mia mio quando io era del della al come più sono"),
        ("pt", "o a os as e de um uma que em é por com não meu minha se para quando eu era do da ao como mais"),
        ("nl", "de het een en van ik niet is met op zijn we ze hij was mijn als voor ook nog naar bij dat die"),
        ("sv", "och det att en ett jag är inte som på med för den var min mitt vi hon han när till av"),
        ("da", "og det at en et jeg er ikke som på med for den var min mit vi hun han når til af"),
        ("pl", "i w na nie się z do to jest że jak moja mój był była kiedy od po dla ja my"),
        ("tr", "ve bir bu da de için ile ben çok ne o benim gibi ama var yok sen biz"),
        ("fi", "ja on ei se minä oli hän kun että me minun niin kuin mutta sen ovat"),
        ("cs", "a v na je se že to s z do ne jsem byl byla když můj moje jako ale"),
    ];

    private static readonly Dictionary<string, HashSet<string>> CommonWordSets =
        CommonWords.ToDictionary(entry => entry.Language, entry => entry.Words.Split(' ').ToHashSet(StringComparer.Ordinal));

    /// <summary>A BCP 47 tag. "en" for text without letters or with Latin letters that no list knows and no accents; "und" when nothing fits.</summary>
    internal static string Of(string text)
    {
        var letters = text.EnumerateRunes().Where(Rune.IsLetter).ToArray();
        var scripts = letters.GroupBy(ScriptLanguage).ToDictionary(group => group.Key, group => group.Count());
        var kana = scripts.GetValueOrDefault("ja");
        // Japanese is mostly written with Chinese characters between its own.
        if (kana > 0 && kana * 4 >= scripts.GetValueOrDefault("zh"))
        {
            scripts["ja"] = kana + scripts.GetValueOrDefault("zh");
        }

        var (foremost, _) = scripts.OrderByDescending(script => script.Value).FirstOrDefault(new KeyValuePair<string, int>("", 0));
        return foremost switch
        {
            "" => letters.Length == 0 ? "en" : ByWords(text, letters),
            "ru" when text.IndexOfAny(['і', 'ї', 'є', 'ґ']) >= 0 => "uk",
            _ => foremost,
        };
    }

    private static string ScriptLanguage(Rune letter)
    {
        foreach (var (from, to, language) in Scripts)
        {
            if (letter.Value >= from && letter.Value <= to)
            {
                return language;
            }
        }

        return "";
    }

    private static string ByWords(string text, Rune[] letters)
    {
        var words = text.ToLowerInvariant().Split([' ', '.', ',', '!', '?', ';', ':', '"', '\'', '’', '“', '”', '(', ')', '/', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var (language, hits) = CommonWordSets
            .Select(entry => (entry.Key, Hits: words.Count(entry.Value.Contains)))
            .MaxBy(entry => entry.Hits);
        if (hits > 0)
        {
            return language;
        }

        return letters.All(letter => letter.Value < 0x250) ? (letters.All(letter => letter.IsAscii) ? "en" : "und") : "und";
    }
}
