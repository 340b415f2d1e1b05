using System.Globalization;
using System.Text.RegularExpressions;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>Names for sections that somebody adds.</summary>
internal static partial class SectionNames
{
    /// <summary>"Section 1", "Section 2", …: the first that is not taken.</summary>
    internal static string Next(IReadOnlyList<PlanSection> sections)
    {
        var taken = sections.Select(section => section.SectionName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Enumerable.Range(sections.Count + 1, PlanLimits.MaxSections + 1)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"Section {number}"))
            .First(name => !taken.Contains(name));
    }

    /// <summary>For one more of the same: "Chorus 2" of "Chorus", "Verse 3" of "Verse 1" when there is a second one.</summary>
    internal static string Again(IReadOnlyList<PlanSection> sections, string name)
    {
        var number = Number().Match(name);
        var start = number.Success ? int.Parse(number.Groups["number"].Value, CultureInfo.InvariantCulture) : 1;
        return Free(sections, number.Success ? name[..number.Index] : name, start + 1, " ");
    }

    /// <summary>For what is cut off a section: "Verse 1, part 2".</summary>
    internal static string Part(IReadOnlyList<PlanSection> sections, string name) => Free(sections, name, 2, ", part ");

    private static string Free(IReadOnlyList<PlanSection> sections, string name, int from, string joint)
    {
        var taken = sections.Select(section => section.SectionName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Enumerable.Range(from, PlanLimits.MaxSections + 1)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"{joint}{number}"))
            .Select(end => Cut(name, PlanLimits.MaxSectionName - end.Length) + end)
            .First(free => !taken.Contains(free));
    }

    private static string Cut(string name, int length) =>
        name.Length <= length ? name : name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)];

    [GeneratedRegex(@"\s+(?<number>\d{1,3})$")]
    private static partial Regex Number();
}
