using System.Text;

namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>A list of styles made ready for finding words in it, whatever the case, hyphens and punctuation.</summary>
internal sealed class StyleText
{
    private static readonly string[] Negations = ["no", "without", "zero", "avoid", "not", "minus", "exclude", "excluding", "ohne", "kein", "keine", "sin", "sans", "senza", "sem", "pas de"];

    private readonly List<string> _wanted = [];
    private readonly List<string> _unwanted = [];

    /// <summary>Reads wanted and unwanted styles. "No drums" among the wanted ones is an unwanted one.</summary>
    public StyleText(IEnumerable<string> positive, IEnumerable<string> negative)
    {
        foreach (var style in positive)
        {
            var words = Normalise(style);
            var isNegation = Negations.FirstOrDefault(no => words.StartsWith($" {no} ", StringComparison.Ordinal));
            if (isNegation is not null)
            {
                _unwanted.Add(words[(isNegation.Length + 1)..]);
                continue;
            }

            _wanted.Add(WithoutNegatedTail(words));
        }

        // "No drums" among the unwanted ones is how some people write that they want none: never the opposite.
        _unwanted.AddRange(negative.Select(Normalise));
        Raw = [.. positive];
    }

    /// <summary>The wanted styles as written.</summary>
    public IReadOnlyList<string> Raw { get; }

    /// <summary>The wanted styles in lower case, words between single blanks, blank at both ends.</summary>
    public IReadOnlyList<string> Wanted => _wanted;

    /// <summary>The unwanted styles, likewise.</summary>
    public IReadOnlyList<string> Unwanted => _unwanted;

    /// <summary>
    /// True when one of the wanted styles has one of the phrases as whole words, and no unwanted style is that phrase and
    /// nothing else: unwanted styles win.
    /// </summary>
    public bool Wants(params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (HasAny(_wanted, [phrase]) && !RefusesExactly(phrase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when an unwanted style is the phrase and nothing else.</summary>
    public bool RefusesExactly(string phrase) =>
        _unwanted.Exists(style => style.Length == phrase.Length + 2 && style.AsSpan(1, phrase.Length).SequenceEqual(phrase));

    /// <summary>True when one of the unwanted styles has one of the phrases as whole words.</summary>
    public bool Refuses(params ReadOnlySpan<string> phrases) => HasAny(_unwanted, phrases);

    /// <summary>True when the text has the phrase as whole words; a plural s counts as the same word.</summary>
    public static bool Has(string text, string phrase)
    {
        // Scripts that are written without blanks between words.
        if (phrase[0] >= '\u2E80')
        {
            return text.Contains(phrase, StringComparison.Ordinal);
        }

        for (var at = text.IndexOf(phrase, StringComparison.Ordinal); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.Ordinal))
        {
            var end = at + phrase.Length;
            if (at > 0 && text[at - 1] == ' '
                && (text[end] == ' ' || (text[end] == 's' && text[end + 1] == ' ')))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lower case, everything but letters, digits, # and / made blank, one blank between words and at the ends.</summary>
    public static string Normalise(string style)
    {
        var text = new StringBuilder(style.Length + 2).Append(' ');
        foreach (var character in style)
        {
            var kept = char.IsLetterOrDigit(character) || character is '#' or '/'
                ? char.ToLowerInvariant(character)
                : ' ';
            if (kept != ' ' || text[^1] != ' ')
            {
                text.Append(kept);
            }
        }

        return text[^1] == ' ' ? text.ToString() : text.Append(' ').ToString();
    }

    private static bool HasAny(List<string> styles, ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            foreach (var style in styles)
            {
                if (Has(style, phrase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // "Soft piano without drums": what follows the negation is unwanted, what precedes it stays wanted.
    private string WithoutNegatedTail(string words)
    {
        foreach (var no in (ReadOnlySpan<string>)[" without ", " no ", " ohne ", " sin ", " sans ", " senza ", " sem "])
        {
            var at = words.IndexOf(no, StringComparison.Ordinal);
            if (at > 0)
            {
                _unwanted.Add(words[(at + no.Length - 1)..]);
                return words[..(at + 1)];
            }
        }

        return words;
    }
}
