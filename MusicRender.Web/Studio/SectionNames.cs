using System.Globalization;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>Names for sections that somebody adds.</summary>
internal static class SectionNames
{
    /// <summary>"Section 1", "Section 2", …: the first that is not taken.</summary>
    internal static string Next(IReadOnlyList<PlanSection> sections)
    {
        var taken = sections.Select(section => section.SectionName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Enumerable.Range(sections.Count + 1, PlanLimits.MaxSections + 1)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"Section {number}"))
            .First(name => !taken.Contains(name));
    }
}
