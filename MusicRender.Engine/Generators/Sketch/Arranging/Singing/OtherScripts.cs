using System.Text;

namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>
/// Words in scripts that are no alphabets we spell: a Japanese or Korean syllable has its own vowel, a Chinese character is an
/// open syllable, and of other scripts each few letters are one. What vowel those have, their letters decide, so that the
/// same word always sounds the same.
/// </summary>
internal static class OtherScripts
{
    private const int LettersOfASyllable = 3;

    // U+3041 to U+3096; katakana lie 0x60 above.
    private static readonly string[] Kana =
        ("a a i i u u e e o o ka ga ki gi ku gu ke ge ko go sa za Si zi su zu se ze so zo ta da Ci Ji tu tu du te de to do na ni nu ne no ha ba pa hi bi pi hu bu pu he be pe ho bo po "
         + "ma mi mu me mo ja ja ju ju jo jo ra ri ru re ro wa wa i e o n bu ka ke").Split(' ');

    // Small letters, the long mark: they go with the syllable before.
    private const string Joined = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮーんン";

    private static readonly string[] HangulOnsets = ["g", "g", "n", "d", "d", "r", "m", "b", "b", "s", "s", "", "J", "J", "C", "k", "t", "p", "h"];
    private static readonly string[] HangulVowels = ["a", "E", "ja", "jE", "o", "e", "jo", "je", "O", "wa", "wE", "we", "jO", "u", "wo", "we", "wi", "ju", "U", "i", "i"];
    private static readonly string[] Digits = ["zi", "w^n", "tu", "Tri", "for", "faIv", "sIx", "sEv", "eIt", "naIn"];
    private static readonly Phone[] Open = [Phone.Aa, Phone.Eh, Phone.Iy, Phone.Oh, Phone.Uw];

    /// <summary>The syllables of a run of one kind of letters.</summary>
    public static IEnumerable<Syllable> Read(string text)
    {
        var parts = new List<string>();
        foreach (var rune in text.EnumerateRunes())
        {
            var joins = parts.Count > 0 && (!Rune.IsLetterOrDigit(rune) || Joined.Contains(rune.ToString(), StringComparison.Ordinal) || (!StandsAlone(rune) && LettersIn(parts[^1]) < LettersOfASyllable));

            // Nothing is sung on a mark alone: it goes with what follows.
            joins |= parts.Count > 0 && LettersIn(parts[^1]) == 0;
            if (joins)
            {
                parts[^1] += rune.ToString();
            }
            else
            {
                parts.Add(rune.ToString());
            }
        }

        return parts.Select((part, index) => Sounded(part, index == 0));
    }

    /// <summary>True for scripts in which a character is a syllable.</summary>
    public static bool StandsAlone(Rune rune) => Rune.IsDigit(rune) || rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static int LettersIn(string text) => text.EnumerateRunes().Count(Rune.IsLetterOrDigit);

    private static Syllable Sounded(string text, bool isFirst)
    {
        var letters = text.EnumerateRunes().Where(Rune.IsLetterOrDigit).ToList();
        var first = letters.Count > 0 ? letters[0].Value : 0;
        var sounds = first switch
        {
            >= '0' and <= '9' => Digits[first - '0'],
            >= 0x3041 and <= 0x3096 => Kana[first - 0x3041],
            >= 0x30A1 and <= 0x30F6 => Kana[first - 0x30A1],
            >= 0xAC00 and <= 0xD7A3 => HangulOnsets[(first - 0xAC00) / 588] + HangulVowels[(first - 0xAC00) / 28 % 21],
            _ => "",
        };
        var phones = Phones.Of(sounds);
        var onset = phones.TakeWhile(phone => !phone.IsVowel()).ToArray();
        Phone[] vowel = [.. phones.Where(phone => phone.IsVowel())];
        if (vowel.Length == 0)
        {
            vowel = onset.Length > 0 ? [Phone.Schwa] : [Open[letters.Aggregate(0, (sum, rune) => ((sum * 31) + rune.Value) & 0xFFFFFF) % Open.Length]];
        }

        return new Syllable(text, onset, vowel, [], isFirst);
    }
}
