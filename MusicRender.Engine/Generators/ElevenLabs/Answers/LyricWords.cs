using System.Globalization;
using System.Text;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>The words that are sung: lyric lines without section names in square brackets and directions in curly ones.</summary>
internal sealed class LyricWords
{
    /// <summary>Words compared at once. A song has a few hundred; of more, only what is near counts.</summary>
    private const int Window = 1_000;

    private readonly string[] _lyrics;

    private LyricWords(IEnumerable<string> lines) => _lyrics = [.. lines.SelectMany(line => Atoms(WithoutDirections(line)))];

    /// <summary>The words of a plan; null for a prompt alone, whose words nobody knows.</summary>
    public static LyricWords? Of(Composition? composition) => composition switch
    {
        CompositionPlan plan => new LyricWords(plan.Sections.SelectMany(section => section.Lines)),
        ChunkPlan plan => new LyricWords(plan.Chunks.SelectMany(chunk => chunk.Text.Split('\n'))),
        _ => null,
    };

    /// <summary>True when there are any.</summary>
    public bool IsSung => _lyrics.Length > 0;

    /// <summary>The timings of words that are lyrics, in order: the longest run through both. Case, punctuation and accents written another way do not matter.</summary>
    public IReadOnlyList<WordTiming> Choose(IReadOnlyList<WordTiming> timings)
    {
        var chosen = new List<WordTiming>(timings.Count);
        var at = 0;
        foreach (var block in OutsideOfDirections(timings).Chunk(Window))
        {
            var atoms = block.SelectMany((timing, index) => Atoms(timing.Word).Select(atom => (Atom: atom, Index: index))).ToArray();
            var near = _lyrics.AsSpan(at, Math.Min(2 * Window, _lyrics.Length - at));
            var (pairs, reached) = LongestRun([.. atoms.Select(atom => atom.Atom)], near);
            at += reached;
            var wanted = atoms.CountBy(atom => atom.Index).ToDictionary();
            var found = pairs.CountBy(pair => atoms[pair].Index).ToDictionary();
            chosen.AddRange(block.Where((_, index) => found.GetValueOrDefault(index) * 2 >= wanted.GetValueOrDefault(index) && found.ContainsKey(index)));
        }

        return chosen;
    }

    /// <summary>The timings of all words but those in brackets, which may stand in several of them: "{no", "vocals}".</summary>
    public static IEnumerable<WordTiming> OutsideOfDirections(IReadOnlyList<WordTiming> timings)
    {
        var depth = 0;
        foreach (var timing in timings)
        {
            var opens = timing.Word.Count(letter => letter is '{' or '[');
            var isInside = depth > 0 || opens > 0;
            depth = Math.Max(0, depth + opens - timing.Word.Count(letter => letter is '}' or ']'));
            if (!isInside && Atoms(timing.Word).Count > 0)
            {
                yield return timing;
            }
        }
    }

    private static string WithoutDirections(string line)
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

    /// <summary>Words as they are compared: letters and digits in lower case; in scripts without spaces each letter is one.</summary>
    private static List<string> Atoms(string text)
    {
        var atoms = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in Normal(text).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) && IsOfSpacelessScript(rune))
            {
                End();
                atoms.Add(rune.ToString());
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation || rune.Value == '/')
            {
                End();
            }
        }

        End();
        return atoms;

        void End()
        {
            if (word.Length > 0)
            {
                atoms.Add(word.ToString());
                word.Clear();
            }
        }
    }

    private static string Normal(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair.
            return text;
        }
    }

    /// <summary>Thai, Lao, Myanmar, Khmer, Japanese and Chinese.</summary>
    private static bool IsOfSpacelessScript(Rune rune) => rune.Value is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>The longest common subsequence: positions in <paramref name="words"/>, and how far it reaches into the lyrics.</summary>
    private static (List<int> Pairs, int Reached) LongestRun(string[] words, ReadOnlySpan<string> lyrics)
    {
        var same = 0;
        while (same < words.Length && same < lyrics.Length && words[same] == lyrics[same])
        {
            same++;
        }

        var pairs = new List<int>(Enumerable.Range(0, same));
        var (rows, columns) = (words.Length - same, lyrics.Length - same);
        var lengths = new ushort[rows + 1, columns + 1];
        for (var row = rows - 1; row >= 0; row--)
        {
            for (var column = columns - 1; column >= 0; column--)
            {
                lengths[row, column] = words[same + row] == lyrics[same + column]
                    ? (ushort)(lengths[row + 1, column + 1] + 1)
                    : Math.Max(lengths[row + 1, column], lengths[row, column + 1]);
            }
        }

        var reached = same;
        for (var (row, column) = (0, 0); row < rows && column < columns;)
        {
            if (words[same + row] == lyrics[same + column])
            {
                pairs.Add(same + row);
                (row, column) = (row + 1, column + 1);
                reached = same + column;
            }
            else if (lengths[row + 1, column] >= lengths[row, column + 1])
            {
                row++;
            }
            else
            {
                column++;
            }
        }

        return (pairs, reached);
    }
}
