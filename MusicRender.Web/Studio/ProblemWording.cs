using System.Globalization;
using System.Text.RegularExpressions;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>A plan's problems in the words of the timeline, where nobody thinks in JSON paths.</summary>
public static partial class ProblemWording
{
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["section_name"] = "name",
        ["duration_ms"] = "length",
        ["lines"] = "lyric lines",
        ["positive_local_styles"] = "wanted styles",
        ["negative_local_styles"] = "unwanted styles",
        ["positive_global_styles"] = "styles wanted everywhere",
        ["negative_global_styles"] = "styles unwanted everywhere",
        ["title"] = "title",
        ["sections"] = "sections",
    };

    /// <summary>For the field itself: "Must be 3 to 120 s, but is 2 s.", "Entry 3 must be …".</summary>
    public static string AtField(PlanProblem problem)
    {
        var message = Seconds(problem);
        return EntryPath().Match(problem.Path) is { Success: true } entry && entry.Groups["field"].Value != "sections"
            ? $"Entry {Number(entry.Groups["entry"].Value)} {message}."
            : $"{char.ToUpperInvariant(message[0])}{message[1..]}.";
    }

    /// <summary>For the whole plan: "Tower: the length must be 3 to 120 s, but is 2 s."</summary>
    public static string OfPlan(PlanProblem problem, CompositionPlan? plan)
    {
        var path = problem.Path;
        var where = "";
        if (SectionPath().Match(path) is { Success: true } match
            && int.TryParse(match.Groups["index"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            var name = plan?.Sections.ElementAtOrDefault(index)?.SectionName;
            where = $"{(string.IsNullOrWhiteSpace(name) ? $"Section {index + 1}" : name)}: ";
            path = match.Groups["field"].Value;
        }

        var field = path.Split('[')[0];
        if (!Fields.TryGetValue(field, out var words))
        {
            return problem.ToString();
        }

        var what = EntryPath().Match(path) is { Success: true } entry ? $"entry {Number(entry.Groups["entry"].Value)} of the {words}" : $"the {words}";
        return $"{where}{(where.Length == 0 ? char.ToUpperInvariant(what[0]) : what[0])}{what[1..]} {Seconds(problem)}.";
    }

    /// <summary>Lengths are shown in seconds, as the fields show them.</summary>
    private static string Seconds(PlanProblem problem) =>
        problem.Message.Contains(" ms", StringComparison.Ordinal)
            ? Milliseconds().Replace(problem.Message, match => Thousandths(match.Value)).Replace(" ms", " s", StringComparison.Ordinal)
            : problem.Message;

    private static string Thousandths(string milliseconds) =>
        (long.Parse(milliseconds, CultureInfo.InvariantCulture) / 1000.0).ToString("0.###", CultureInfo.InvariantCulture);

    private static int Number(string index) => int.Parse(index, CultureInfo.InvariantCulture) + 1;

    [GeneratedRegex(@"^sections\[(?<index>\d{1,6})\]\.(?<field>.+)$")]
    private static partial Regex SectionPath();

    [GeneratedRegex(@"(?<field>\w+)\[(?<entry>\d{1,6})\]$")]
    private static partial Regex EntryPath();

    [GeneratedRegex(@"\d{1,15}")]
    private static partial Regex Milliseconds();
}
