using System.Globalization;
using System.Text;

namespace MusicRender.Engine.Prompting;

/// <summary>What a person told, taken apart for a writer: sentences, lines that can be sung, images, names.</summary>
internal sealed class Story
{
    /// <summary>No story.</summary>
    internal static readonly Story None = Read("");

    private Story(string text)
    {
        Text = text;
        Sentences = SentenceBreaks.Split(text);
        Language = LanguageGuess.Of(text);
        if (IsEnglish)
        {
            Lines = SungLines.FromEnglish(Sentences);
            (Names, Places) = ProperNames.Find(Sentences);
            Images = StoryImages.Find(Sentences);
            PlacePhrases = StoryImages.FindPlaces(Sentences);
            ImagePairs = StoryImages.FindPairs(Sentences);
        }
        else
        {
            Lines = SungLines.FromAnyLanguage(Sentences);
            Names = Places = Images = PlacePhrases = ImagePairs = [];
        }
    }

    /// <summary>The story on one line.</summary>
    internal string Text { get; }

    internal bool IsEmpty => Text.Length == 0;

    internal IReadOnlyList<string> Sentences { get; }

    /// <summary>A BCP 47 tag, or "und".</summary>
    internal string Language { get; }

    internal bool IsEnglish => Language == "en";

    /// <summary>The story's own words as lines, in order, without closing stops.</summary>
    internal IReadOnlyList<string> Lines { get; }

    /// <summary>Names of people, animals and things, foremost first.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>Names of places, foremost first.</summary>
    internal IReadOnlyList<string> Places { get; }

    /// <summary>Noun phrases with their articles ("my blue bicycle"), the most telling first.</summary>
    internal IReadOnlyList<string> Images { get; }

    /// <summary>"behind the railway station": images with the preposition they came with.</summary>
    internal IReadOnlyList<string> PlacePhrases { get; }

    /// <summary>"a light on the ice": two images that the story joins.</summary>
    internal IReadOnlyList<string> ImagePairs { get; }

    internal static Story Read(string? text)
    {
        var line = PlainText.OneLine(text ?? "");
        return new Story(line.EnumerateRunes().Any(Rune.IsLetterOrDigit) || HasSymbols(line) ? line : "");
    }

    /// <summary>
    /// The story in at most so many characters: its most telling sentences, verbatim and in their own order. The
    /// first and the last count most, then those with names and images.
    /// </summary>
    internal string Condensed(int most)
    {
        if (Text.Length <= most)
        {
            return Text;
        }

        var order = Enumerable.Range(0, Sentences.Count)
            .OrderByDescending(at => Weight(at))
            .ThenBy(at => at);
        var kept = new SortedSet<int>();
        var length = 0;
        foreach (var at in order)
        {
            if (length + Sentences[at].Length + 1 <= most)
            {
                kept.Add(at);
                length += Sentences[at].Length + 1;
            }
        }

        return kept.Count == 0
            ? PlainText.Cut(Text, most)
            : string.Join(' ', kept.Select(at => Sentences[at]));
    }

    private int Weight(int at)
    {
        var sentence = Sentences[at];
        var place = at == 0 ? 6 : at == Sentences.Count - 1 ? 5 : 0;
        var telling = Names.Concat(Places).Concat(Images.Take(12)).Count(word => sentence.Contains(word, StringComparison.Ordinal));
        return place + (2 * telling) - (sentence.Length / 120);
    }

    private static bool HasSymbols(string text) => text.EnumerateRunes().Any(rune =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol);
}
