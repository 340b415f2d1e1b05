using System.Text;

namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>Reads lyric lines: words, their syllables, their sounds. Any text can be read.</summary>
internal sealed class LyricReader(LyricLanguage language)
{
    // A word without a blank in it may be as long as a line; of what is more than any word has, nobody sings on.
    private const int MostSyllables = 60;

    private static readonly WrittenAsSpoken Plain = new();

    private readonly Spelling _spelling = language switch
    {
        LyricLanguage.English => new EnglishSpelling(),
        LyricLanguage.German => new GermanSpelling(),
        LyricLanguage.French => new FrenchSpelling(),
        _ => Plain,
    };

    private enum Script
    {
        None,
        Latin,
        Spelled,
        Other,
    }

    /// <summary>The words of a line; those without any letter or digit are not sung.</summary>
    public IReadOnlyList<LyricWord> Read(string line) =>
        [.. line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(ReadWord).Where(word => word.Syllables.Count > 0)];

    private LyricWord ReadWord(string word)
    {
        var syllables = Runs(word).SelectMany(run => run.Script switch
        {
            Script.Latin => _spelling.Read(run.Text),
            Script.Spelled => Plain.Read(run.Text),
            Script.Other => OtherScripts.Read(run.Text),
            _ => [],
        });
        return new LyricWord(word, [.. syllables.Take(MostSyllables)]);
    }

    /// <summary>The word in pieces of one script; punctuation and marks go with what is before them, at the beginning with what follows.</summary>
    private static List<(Script Script, string Text)> Runs(string word)
    {
        var runs = new List<(Script Script, string Text)>();
        foreach (var rune in word.EnumerateRunes())
        {
            var (script, text) = (ScriptOf(rune), rune.ToString());
            if (runs.Count > 0 && (script == runs[^1].Script || script == Script.None || runs[^1].Script == Script.None))
            {
                runs[^1] = (script == Script.None ? runs[^1].Script : script, runs[^1].Text + text);
            }
            else
            {
                runs.Add((script, text));
            }
        }

        return runs;
    }

    private static Script ScriptOf(Rune rune) => rune.Value switch
    {
        _ when !Rune.IsLetterOrDigit(rune) => Script.None,
        _ when Rune.IsDigit(rune) => Script.Other,
        < 0x0250 or (>= 0x1E00 and < 0x1F00) => Script.Latin,
        >= 0x0370 and < 0x0530 => Script.Spelled,
        _ => Script.Other,
    };
}
