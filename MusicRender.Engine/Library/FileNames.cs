using System.Globalization;
using System.Text;

namespace MusicRender.Engine.Library;

/// <summary>Names of audio files, made of titles.</summary>
public static class FileNames
{
    /// <summary>Bytes (UTF-8) of the part that comes from the title; a file system's limit is 255 for the whole.</summary>
    public const int MaxSlugBytes = 96;

    private const int SuffixLength = 8;

    /// <summary>
    /// <c>{slug-of-title}_{suffix}.mp3</c>, or <c>track_{suffix}.mp3</c> for a title without letters and digits. Only
    /// letters, digits and their marks of any script are kept, in lower case, with hyphens between words: no slash, dot,
    /// control or bidirectional character of a title reaches a file system.
    /// </summary>
    public static string Of(string? title, string suffix)
    {
        var slug = Slug(title);
        return $"{(slug.Length == 0 ? "track" : slug)}_{suffix}.mp3";
    }

    /// <summary>What a file of a track is called when somebody downloads it: after the title that the track has now.</summary>
    /// <param name="track">The track.</param>
    /// <param name="extension">With or without its dot.</param>
    public static string Of(Track track, string extension) => Path.ChangeExtension(Of(track.Title, track.Id.Length > SuffixLength ? track.Id[^SuffixLength..] : track.Id), extension);

    private static string Slug(string? title)
    {
        var slug = new StringBuilder();
        var bytes = 0;
        var isGap = false;
        foreach (var rune in Composed(title).EnumerateRunes())
        {
            if (!IsKept(rune))
            {
                // An apostrophe joins what it stands between: "don't" is one word.
                isGap |= rune.Value is not ('\'' or '’');
                continue;
            }

            var lower = Rune.ToLowerInvariant(rune);
            var needed = lower.Utf8SequenceLength + (isGap && bytes > 0 ? 1 : 0);
            if (bytes + needed > MaxSlugBytes)
            {
                break;
            }

            if (isGap && bytes > 0)
            {
                slug.Append('-');
            }

            slug.Append(lower.ToString());
            bytes += needed;
            isGap = false;
        }

        return slug.ToString();
    }

    private static bool IsKept(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string Composed(string? title)
    {
        try
        {
            return (title ?? "").Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair cannot be normalised; EnumerateRunes replaces it and IsKept drops it.
            return title!;
        }
    }
}
