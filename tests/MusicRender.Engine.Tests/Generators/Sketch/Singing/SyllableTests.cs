using CsCheck;
using MusicRender.Engine.Generators.Sketch.Arranging.Singing;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch.Singing;

public sealed class SyllableTests
{
    [Theory]
    [InlineData("love", "love")]
    [InlineData("loved", "loved")]
    [InlineData("wanted", "wan-ted")]
    [InlineData("table", "ta-ble")]
    [InlineData("little", "lit-tle")]
    [InlineData("something", "some-thing")]
    [InlineData("lonely", "lone-ly")]
    [InlineData("beautiful", "beau-ti-ful")]
    [InlineData("creation", "crea-tion")]
    [InlineData("serious", "se-ri-ous")]
    [InlineData("happy", "hap-py")]
    [InlineData("going", "go-ing")]
    [InlineData("trying", "try-ing")]
    [InlineData("player", "play-er")]
    [InlineData("wishes", "wi-shes")]
    [InlineData("dances", "dan-ces")]
    [InlineData("times", "times")]
    [InlineData("queen", "queen")]
    [InlineData("sunshine", "sun-shine")]
    [InlineData("remember", "re-mem-ber")]
    [InlineData("forever", "for-ev-er")]
    [InlineData("don't", "don't")]
    [InlineData("Rock'n'roll,", "Rock'n'-roll,")]
    [InlineData("ooh-ooh", "ooh-ooh")]
    [InlineData("hmm", "hmm")]
    [InlineData("(Hallelujah!)", "(Hal-le-lu-jah!)")]
    public void EnglishWord_IsSplitAsItIsSung(string word, string expected) => Assert.Equal(expected, Split(LyricLanguage.English, word));

    [Theory]
    [InlineData(LyricLanguage.German, "Straße", "Stra-ße")]
    [InlineData(LyricLanguage.German, "träume", "träu-me")]
    [InlineData(LyricLanguage.German, "Häuser", "Häu-ser")]
    [InlineData(LyricLanguage.German, "Liebe", "Lie-be")]
    [InlineData(LyricLanguage.German, "Fenster", "Fens-ter")]
    [InlineData(LyricLanguage.Spanish, "corazón", "co-ra-zón")]
    [InlineData(LyricLanguage.Spanish, "tierra", "tie-rra")]
    [InlineData(LyricLanguage.Spanish, "María", "Ma-rí-a")]
    [InlineData(LyricLanguage.Spanish, "guitarra", "gui-ta-rra")]
    [InlineData(LyricLanguage.Spanish, "bailando", "bai-lan-do")]
    [InlineData(LyricLanguage.French, "toujours", "tou-jours")]
    [InlineData(LyricLanguage.French, "belle", "belle")]
    [InlineData(LyricLanguage.French, "l'amour", "l'a-mour")]
    [InlineData(LyricLanguage.French, "oiseaux", "oi-seaux")]
    [InlineData(LyricLanguage.English, "любовь", "лю-бовь")]
    [InlineData(LyricLanguage.English, "καλημέρα", "κα-λη-μέ-ρα")]
    [InlineData(LyricLanguage.English, "こんにちは", "こん-に-ち-は")]
    [InlineData(LyricLanguage.English, "世界", "世-界")]
    [InlineData(LyricLanguage.English, "사랑", "사-랑")]
    [InlineData(LyricLanguage.English, "مرحبا", "مرح-با")]
    [InlineData(LyricLanguage.English, "24", "2-4")]
    internal void WordOfAnotherLanguage_IsSplitByItsOwnRules(LyricLanguage language, string word, string expected) => Assert.Equal(expected, Split(language, word));

    [Theory]
    [InlineData("night", Phone.Aa, Phone.Ih)]
    [InlineData("love", Phone.Ah)]
    [InlineData("see", Phone.Iy)]
    [InlineData("home", Phone.Oh, Phone.Uh)]
    [InlineData("heart", Phone.Aa)]
    [InlineData("day", Phone.Ee, Phone.Ih)]
    [InlineData("moon", Phone.Uw)]
    [InlineData("bird", Phone.Er)]
    [InlineData("sound", Phone.Aa, Phone.Uh)]
    [InlineData("cat", Phone.Ae)]
    internal void Vowel_OfAnEnglishWord_IsTheOneThatIsHeard(string word, params Phone[] vowel) =>
        Assert.Equal(vowel, new LyricReader(LyricLanguage.English).Read(word)[0].Syllables[0].Vowel);

    [Theory]
    [InlineData("silver", 0)]
    [InlineData("remember", 1)]
    [InlineData("beneath", 1)]
    [InlineData("imagination", 3)]
    [InlineData("the", -1)]
    [InlineData("fire", 0)]
    public void Stress_OfAnEnglishWord_IsWhereItIsSaid(string word, int stressed) =>
        Assert.Equal(stressed, new LyricReader(LyricLanguage.English).Read(word)[0].Syllables.ToList().FindIndex(syllable => syllable.IsStressed));

    [Theory]
    [InlineData(LyricLanguage.English, "We will never be alone", "Love is gonna take us home")]
    [InlineData(LyricLanguage.German, "Ich träume von der Nacht", "und du bist nicht bei mir")]
    [InlineData(LyricLanguage.French, "Je t'aime comme la vie", "dans les rues de Paris")]
    [InlineData(LyricLanguage.Spanish, "Quiero bailar contigo", "toda la noche en la playa")]
    [InlineData(LyricLanguage.English, "🎵", "...")]
    internal void Language_IsToldByItsSmallWords(LyricLanguage expected, params string[] lines) => Assert.Equal(expected, LyricLanguages.Guess(lines));

    [Theory]
    [InlineData("🎵 — ... ♥ 𝄞")]
    [InlineData("")]
    [InlineData("   ")]
    public void TextWithoutLetters_HasNoWords(string line) => Assert.Empty(new LyricReader(LyricLanguage.English).Read(line));

    [Fact]
    public void Syllables_OfAnyText_MakeTheWordAgain()
    {
        string[] pieces = ["a", "e", "y", "qu", "th", "le", "ed", "ing", "'", "’", "-", "é", "ß", "ñ", "ł", "Ж", "ю", "ω", "か", "ー", "語", "한", "م", "ह", "ि", "ก", "😀", "👩‍🚀", "𝓗", "\u0301", "\u200F", "7", "٣", "!", "ﬁ", "İ", "ǆ"];
        var word = Gen.OneOf(Gen.OneOf(pieces).Array[1, 12].Select(parts => string.Concat(parts)), Gen.String[1, 20]);

        Gen.Select(word, Gen.Enum<LyricLanguage>()).Sample(
            (text, language) =>
            {
                var words = new LyricReader(language).Read(text);
                var tokens = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

                // Halves of surrogate pairs are no letters; reading replaces them.
                return words.All(read => tokens.Contains(read.Text)
                    && read.Syllables.Count > 0
                    && read.Syllables.All(syllable => syllable.Vowel.Length is 1 or 2 && syllable.Vowel.All(phone => phone.IsVowel()) && !syllable.Onset.Concat(syllable.Coda).Any(phone => phone.IsVowel()))
                    && (read.Text.Any(char.IsSurrogate) || string.Concat(read.Syllables.Select(syllable => syllable.Text)) == read.Text));
            },
            iter: 5_000,
            threads: 1);
    }

    private static string Split(LyricLanguage language, string word) =>
        string.Join('-', Assert.Single(new LyricReader(language).Read(word)).Syllables.Select(syllable => syllable.Text)).Replace("--", "-", StringComparison.Ordinal);
}
