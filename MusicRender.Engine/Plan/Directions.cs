using System.Text.RegularExpressions;

namespace MusicRender.Engine.Plan;

/// <summary>
/// Directions in the text of a chunk, as the upstream writes them: <c>{instrumental, no vocals}</c> in braces, and further
/// headings such as <c>[Guitar solo]</c> on lines of their own. They tell how to play; nobody sings them.
/// </summary>
internal static partial class Directions
{
    /// <summary>The lines without what stands in braces; lines that hold nothing else are left out.</summary>
    public static IReadOnlyList<string> Without(IReadOnlyList<string> lines) => [.. lines.Select(Without).Where(line => line.Length > 0)];

    /// <summary>What stands in braces, in order, without blanks round it.</summary>
    public static IReadOnlyList<string> In(string text) =>
        [.. Braces().Matches(text).Select(match => match.Groups["direction"].Value.Trim()).Where(direction => direction.Length > 0)];

    /// <summary>True for a line that is all in square brackets.</summary>
    public static bool IsHeading(string line) => line is ['[', .., ']'];

    private static string Without(string line) =>
        IsHeading(line) || !Braces().IsMatch(line) ? line : Blanks().Replace(Braces().Replace(line, " "), " ").Trim();

    [GeneratedRegex(@"\{(?<direction>[^{}\r\n]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
