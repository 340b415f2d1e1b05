using System.Globalization;
using System.Text.RegularExpressions;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Prompting;

/// <summary>Finds the sections that a prompt names.</summary>
internal static partial class PromptSections
{
    private const int LongestDirection = 120;

    /// <summary>The sections of a "Structure:" paragraph, or of a list in running text ("intro, verse, chorus, outro"); empty when there is none.</summary>
    internal static IReadOnlyList<WantedSection> Find(string? structure, string prompt)
    {
        var written = structure is null ? [] : Written(structure);
        return written.Count > 0 ? written : Listed(structure ?? prompt);
    }

    private static List<WantedSection> Written(string structure)
    {
        var sections = new List<WantedSection>();
        foreach (var part in structure.Split(';'))
        {
            var match = Section().Match(part);
            if (match.Success && sections.Count < PlanLimits.MaxSections)
            {
                sections.Add(new WantedSection(
                    PlainText.Cut(PlainText.OneLine(match.Groups["name"].Value), PlanLimits.MaxSectionName),
                    Math.Max(1, double.Parse(match.Groups["seconds"].Value, CultureInfo.InvariantCulture)),
                    PlainText.Cut(PlainText.OneLine(match.Groups["direction"].Value), LongestDirection)));
            }
        }

        return sections.Any(section => section.Name.Length == 0) ? [] : sections;
    }

    private static List<WantedSection> Listed(string prompt)
    {
        var longest = new List<Match>();
        var run = new List<Match>();
        foreach (Match name in SectionRoles.Name().Matches(prompt))
        {
            var joined = run.Count > 0 && Joint().IsMatch(prompt[(run[^1].Index + run[^1].Length)..name.Index]);
            run = joined ? [.. run, name] : [name];
            longest = run.Count > longest.Count ? run : longest;
        }

        return longest.Count < 3 ? [] : Numbered(longest.Take(PlanLimits.MaxSections).Select(match => match.Value).ToArray());
    }

    private static List<WantedSection> Numbered(string[] names)
    {
        var titled = names.Select(name => PlainText.StartLarge(name.ToLowerInvariant())).ToArray();
        var seen = new Dictionary<string, int>();
        return titled.Select(name =>
        {
            seen[name] = seen.GetValueOrDefault(name) + 1;
            var numbered = titled.Count(other => other == name) > 1 ? string.Create(CultureInfo.InvariantCulture, $"{name} {seen[name]}") : name;
            return new WantedSection(numbered, Share(SectionRoles.Of(name)));
        }).ToList();
    }

    private static double Share(SectionRole role) => role switch
    {
        SectionRole.Intro or SectionRole.Outro => 8,
        SectionRole.PreChorus or SectionRole.Hook or SectionRole.BuildUp or SectionRole.Break => 12,
        SectionRole.Bridge or SectionRole.Solo => 15,
        _ => 20,
    };

    [GeneratedRegex(@"^\s*(?<name>[^()]{1,200}?)\s*\((?:about )?(?<seconds>\d{1,3}(?:\.\d{1,3})?)\s*(?:s|sec|seconds)\.?\)\s*[:,-]?\s*(?<direction>.*?)\.?\s*$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\s*(?:[,;>|/+\n]|-+>?|→|–|and|then|, and|, then|and then)\s*(?:an?|the|another|final|second|short)?\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Joint();
}
