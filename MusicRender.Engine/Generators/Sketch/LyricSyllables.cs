using MusicRender.Engine.Generators.Sketch.Arranging.Singing;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.Sketch;

/// <summary>Counts the syllables of lyric lines as Sketch's singer splits them. Remembers what it counted; not for several threads at once.</summary>
public sealed class LyricSyllables
{
    /// <summary>Syllables a second that are sung without hurry.</summary>
    public const double UnhurriedPerSecond = LineLayout.MostSyllablesASecond;

    private const int MostRemembered = 4_000;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private IReadOnlyList<string>[] _lyrics = [];
    private LyricLanguage _language;
    private LyricReader _reader = new(LyricLanguage.English);

    /// <summary>Takes the language that a plan's lyrics seem to be in. Cheap while no lyrics change.</summary>
    public void Follow(CompositionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        IReadOnlyList<string>[] lyrics = [.. plan.Sections.Select(section => section.Lines)];
        if (lyrics.Length == _lyrics.Length && lyrics.Zip(_lyrics).All(pair => ReferenceEquals(pair.First, pair.Second)))
        {
            return;
        }

        _lyrics = lyrics;
        var language = LyricLanguages.Guess(lyrics.SelectMany(lines => lines));
        if (language != _language)
        {
            _language = language;
            _reader = new LyricReader(language);
            _counts.Clear();
        }
    }

    /// <summary>The syllables of a line; 0 for one that nobody sings: an empty one, or directions in brackets.</summary>
    public int Count(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (_counts.TryGetValue(line, out var known))
        {
            return known;
        }

        if (_counts.Count >= MostRemembered)
        {
            _counts.Clear();
        }

        return _counts[line] = _reader.Read(SingerReader.WithoutDirections(line)).Sum(word => word.Syllables.Count);
    }
}
