using System.Globalization;

namespace MusicRender.Engine.Prompting;

/// <summary>Finds a title: two to five words, from the story where it has any to give.</summary>
internal static class TitleWriter
{
    internal const int Most = 80;

    private static readonly HashSet<string> Small =
        new(["a", "an", "the", "and", "or", "of", "in", "on", "at", "by", "to", "from", "for", "with", "behind", "under", "over", "beside", "between", "through", "across", "along", "near", "above", "below"], StringComparer.OrdinalIgnoreCase);

    /// <summary>A title from the story, or from these images when it has none.</summary>
    internal static string Write(Story story, IReadOnlyList<string> images, bool nameFirst, SeededChoice choice)
    {
        if (!story.IsEmpty && !story.IsEnglish)
        {
            return OfOwnWords(story);
        }

        if (nameFirst && story.Names.Count > 0)
        {
            return Tidy(story.Places.Count > 0 && choice.Next(2) == 0 ? $"{story.Names[0]}, {story.Places[0]}" : story.Names[0]);
        }

        var titles = Candidates(story).Where(title => title.Length <= 40).ToArray();
        if (titles.Length > 0)
        {
            return Tidy(choice.Pick(titles));
        }

        return images.Count > 0 ? Tidy(The(choice.Pick(images))) : "A Song for Later";
    }

    /// <summary>Any title kept to one line and its length; null when nothing is left.</summary>
    internal static string? Given(string? title)
    {
        var line = PlainText.Cut(PlainText.OneLine(title ?? ""), Most);
        return line.Length == 0 ? null : line;
    }

    private static IEnumerable<string> Candidates(Story story)
    {
        foreach (var image in story.Images.Take(3))
        {
            var content = StoryImages.Content(image);
            if (content.Contains(' ', StringComparison.Ordinal) || story.Images.Count == 1)
            {
                yield return The(image);
            }

            var isNamed = story.Names.Any(name => image.Contains(name, StringComparison.Ordinal));
            if (story.Names.Count > 0 && !isNamed && content.Split(' ').Length <= 2)
            {
                yield return $"{story.Names[0]} and the {content}";
            }
        }

        foreach (var pair in story.ImagePairs.Take(2))
        {
            yield return pair;
            yield return pair;
        }

        foreach (var place in story.PlacePhrases.Where(place => place.Split(' ').Length is >= 3 and <= 5).Take(2))
        {
            yield return place;
        }

        if (story.Names.Count > 0 && story.Places.Count > 0)
        {
            yield return $"{story.Names[0]} in {story.Places[0]}";
        }

        if (story.Names.Count > 0 && story.Images.Count == 0)
        {
            yield return $"For {story.Names[0]}";
        }

        if (story.Images.Count == 0 && story.Lines.FirstOrDefault(line => line.Split(' ').Length <= 5) is { } line)
        {
            yield return line;
        }

        if (story.Images.Count > 0 && story.Names.Count == 0)
        {
            yield return The(story.Images[0]);
        }
    }

    /// <summary>"a blue bicycle" → "The Blue Bicycle"; "my old dog" stays mine.</summary>
    private static string The(string image)
    {
        var words = image.Split(' ');
        return words[0] is "my" or "our" or "your" ? image
            : EnglishWords.Determiners.Contains(words[0]) && words[0] is not ("two" or "three" or "four" or "five" or "six" or "seven")
                ? $"the {StoryImages.Content(image)}"
                : image;
    }

    private static string Tidy(string title)
    {
        var words = title.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select((word, at) => at > 0 && Small.Contains(word) ? word : PlainText.StartLarge(word));
        return PlainText.Cut(string.Join(' ', words), Most);
    }

    private static string OfOwnWords(Story story)
    {
        var phrase = story.Lines.Count > 0 ? story.Lines[0] : story.Text;
        var words = phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 1)
        {
            return PlainText.Cut(string.Join(' ', words.Take(5)), Most);
        }

        var characters = new StringInfo(phrase);
        var beginning = characters.LengthInTextElements > 12 ? characters.SubstringByTextElements(0, 12) : phrase;
        return PlainText.Cut(beginning, Most) is { Length: > 0 } title ? title : "A Song for Later";
    }
}
