namespace MusicRender.Engine.Plan;

/// <summary>Makes lines of a chunk's text, which may be of any length, lines of a section: at most <see cref="PlanLimits.MaxLines"/> of <see cref="PlanLimits.MaxLine"/> characters.</summary>
internal static class LyricLines
{
    /// <summary>The lines, long ones broken at spaces; when that makes too many, one after the other with no breaks of their own.</summary>
    /// <param name="lines">Together at most <see cref="PlanLimits.MaxChunkText"/> characters, which always find a place.</param>
    public static IReadOnlyList<string> Fit(IReadOnlyList<string> lines)
    {
        if (lines.Count <= PlanLimits.MaxLines && lines.All(line => line.Length <= PlanLimits.MaxLine))
        {
            return lines;
        }

        string[] broken = [.. lines.SelectMany(line => Break(line, atSpaces: true))];
        if (broken.Length <= PlanLimits.MaxLines)
        {
            return broken;
        }

        var whole = string.Join(' ', lines);
        string[] flowing = [.. Break(whole, atSpaces: true)];
        return flowing.Length <= PlanLimits.MaxLines ? flowing : [.. Break(whole, atSpaces: false).Take(PlanLimits.MaxLines)];
    }

    private static IEnumerable<string> Break(string line, bool atSpaces)
    {
        while (line.Length > PlanLimits.MaxLine)
        {
            var space = atSpaces ? line.LastIndexOf(' ', PlanLimits.MaxLine) : -1;
            var end = space > 0 ? space : char.IsHighSurrogate(line[PlanLimits.MaxLine - 1]) ? PlanLimits.MaxLine - 1 : PlanLimits.MaxLine;
            yield return line[..end];
            line = space > 0 ? line[(end + 1)..] : line[end..];
        }

        yield return line;
    }
}
