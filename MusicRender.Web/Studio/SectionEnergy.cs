using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio;

/// <summary>How much energy a section has, judged by its name and its styles: what the timeline's colours show.</summary>
public static class SectionEnergy
{
    /// <summary>The calmest.</summary>
    public const int Min = 1;

    /// <summary>The fullest.</summary>
    public const int Max = 5;

    private static readonly (string Word, int Energy)[] Names =
    [
        ("pre-chorus", 4), ("prechorus", 4), ("pre chorus", 4), ("final chorus", 5), ("breakdown", 2), ("fade", 1),
        ("climax", 5), ("drop", 5), ("hook", 5), ("chorus", 5), ("refrain", 5), ("finale", 5), ("build", 4),
        ("riser", 4), ("solo", 4), ("bridge", 3), ("verse", 3), ("loop", 3), ("turnaround", 2), ("break", 2),
        ("intro", 2), ("outro", 2), ("exit", 2), ("opening", 1), ("settling", 2), ("still", 1), ("drift", 1),
        ("button", 4), ("ending", 2), ("coda", 2),
    ];

    private static readonly string[] Louder =
        ["full", "powerful", "driving", "energetic", "explosive", "huge", "intense", "aggressive", "anthem", "peak", "bigger"];

    private static readonly string[] Calmer =
        ["sparse", "soft", "quiet", "gentle", "calm", "thin", "minimal", "ambient", "fade", "slow", "silence"];

    /// <summary>The energy of a section, <see cref="Min"/> to <see cref="Max"/>.</summary>
    public static int Of(PlanSection section)
    {
        var styles = string.Join(' ', section.PositiveLocalStyles);
        return Math.Clamp(OfName(section.SectionName) + Count(Louder, styles) - Count(Calmer, styles), Min, Max);
    }

    /// <summary>The energy that a name alone promises.</summary>
    public static int OfName(string name)
    {
        foreach (var (word, energy) in Names)
        {
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return energy;
            }
        }

        return 3;
    }

    private static int Count(string[] words, string text) =>
        Math.Min(1, words.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
