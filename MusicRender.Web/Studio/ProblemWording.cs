using System.Globalization;
using System.Text.RegularExpressions;
using MusicRender.Engine.Plan;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Studio;

/// <summary>A plan's problems in the words of the timeline, where nobody thinks in JSON paths.</summary>
public static partial class ProblemWording
{
    /// <summary>For the field itself: "Must be 3 to 120 s, but is 2 s.", "Entry 3 must be …".</summary>
    public static string AtField(PlanProblem problem)
    {
        var message = Seconds(problem);
        return EntryPath().Match(problem.Path) is { Success: true } entry && entry.Groups["field"].Value != "sections"
            ? ProblemTexts.AtEntry.With(Number(entry), message)
            : ProblemTexts.AtField.With(Capitalized(message));
    }

    /// <summary>For the whole plan: "Tower: the length must be 3 to 120 s, but is 2 s."</summary>
    public static string OfPlan(PlanProblem problem, CompositionPlan? plan)
    {
        var path = problem.Path;
        string? where = null;
        if (SectionPath().Match(path) is { Success: true } match
            && int.TryParse(match.Groups["index"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            var name = plan?.Sections.ElementAtOrDefault(index)?.SectionName;
            where = string.IsNullOrWhiteSpace(name) ? ProblemTexts.Section.With(index + 1) : name;
            path = match.Groups["field"].Value;
        }

        if (NameOf(path.Split('[')[0]) is not { } field)
        {
            return problem.ToString();
        }

        var what = EntryPath().Match(path) is { Success: true } entry ? ProblemTexts.Entry.With(Number(entry), field) : ProblemTexts.Field.With(field);
        return where is null
            ? ProblemTexts.InPlan.With(Capitalized(what), Seconds(problem))
            : ProblemTexts.InSection.With(where, what, Seconds(problem));
    }

    private static string? NameOf(string field) => field switch
    {
        "section_name" => ProblemTexts.Name,
        "duration_ms" => ProblemTexts.Length,
        "lines" => ProblemTexts.Lines,
        "positive_local_styles" => ProblemTexts.Wanted,
        "negative_local_styles" => ProblemTexts.Unwanted,
        "positive_global_styles" => ProblemTexts.WholeWanted,
        "negative_global_styles" => ProblemTexts.WholeUnwanted,
        "title" => ProblemTexts.Title,
        "sections" => ProblemTexts.Sections,
        _ => null,
    };

    /// <summary>Lengths are shown in seconds, as the fields show them.</summary>
    private static string Seconds(PlanProblem problem) =>
        problem.Message.Contains(" ms", StringComparison.Ordinal)
            ? Milliseconds().Replace(problem.Message, match => Thousandths(match.Value)).Replace(" ms", " s", StringComparison.Ordinal)
            : problem.Message;

    private static string Thousandths(string milliseconds) =>
        (long.Parse(milliseconds, CultureInfo.InvariantCulture) / 1000.0).ToString("0.###", CultureInfo.CurrentCulture);

    private static int Number(Match entry) => int.Parse(entry.Groups["entry"].Value, CultureInfo.InvariantCulture) + 1;

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex(@"^sections\[(?<index>\d{1,6})\]\.(?<field>.+)$")]
    private static partial Regex SectionPath();

    [GeneratedRegex(@"(?<field>\w+)\[(?<entry>\d{1,6})\]$")]
    private static partial Regex EntryPath();

    [GeneratedRegex(@"\d{1,15}")]
    private static partial Regex Milliseconds();
}
