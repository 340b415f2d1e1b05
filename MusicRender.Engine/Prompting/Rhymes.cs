namespace MusicRender.Engine.Prompting;

/// <summary>Tells whether two lines end in words that rhyme, by a table of common English endings.</summary>
internal static class Rhymes
{
    private static readonly string[] Groups =
    [
        "away day today say way play yesterday stay may lay bay grey gray pray clay stayed holiday birthday sunday monday friday saturday",
        "light night tonight right bright alight sight tight fight kite white height write midnight",
        "near here year clear hear ear fear dear beer pier tear",
        "go know slow ago glow show snow flow below grow low blow though window tomorrow radio",
        "me see be free sea tree key three tea knee family memory history",
        "mine line fine sign shine time wine nine design rhyme climb",
        "sound found ground round around town down crown brown clown bound",
        "heart start apart part art dark park",
        "through blue do too you true new two shoe few view",
        "cold told sold old gold hold",
        "again rain remain gained pain train lane plane chain",
        "head said red instead bed bread dead thread",
        "own phone stone alone home bone known grown",
        "stand hand land planned sand band",
        "fire higher choir tire wire desire",
        "call hall fall wall all small ball tall",
    ];

    private static readonly Dictionary<string, int> GroupOf = Groups
        .SelectMany((words, group) => words.Split(' ').Select(word => (word, group)))
        .DistinctBy(entry => entry.word)
        .ToDictionary(entry => entry.word, entry => entry.group, StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the last words rhyme and are not the same word.</summary>
    internal static bool With(string line, string other)
    {
        var (end, otherEnd) = (LastWord(line), LastWord(other));
        return !end.Equals(otherEnd, StringComparison.OrdinalIgnoreCase)
            && GroupOf.TryGetValue(end, out var group)
            && GroupOf.TryGetValue(otherEnd, out var otherGroup)
            && group == otherGroup;
    }

    private static string LastWord(string line)
    {
        var trimmed = line.TrimEnd('.', ',', '!', '?', ';', ':');
        return trimmed[(trimmed.LastIndexOf(' ') + 1)..];
    }
}
