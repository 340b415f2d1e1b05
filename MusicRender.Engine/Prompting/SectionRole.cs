using System.Text.RegularExpressions;

namespace MusicRender.Engine.Prompting;

/// <summary>What a section does, as its name tells.</summary>
internal enum SectionRole
{
    Intro,
    Verse,
    PreChorus,
    Chorus,
    Hook,
    Bridge,
    BuildUp,
    Drop,
    Break,
    Solo,
    Climax,
    Theme,
    Loop,
    Turnaround,
    Button,
    Outro,
    Still,
}

/// <summary>Reads a section's role from its name.</summary>
internal static partial class SectionRoles
{
    private static readonly (string Word, SectionRole Role)[] Words =
    [
        ("pre-chorus", SectionRole.PreChorus), ("prechorus", SectionRole.PreChorus), ("pre chorus", SectionRole.PreChorus),
        ("chorus", SectionRole.Chorus), ("refrain", SectionRole.Chorus), ("verse", SectionRole.Verse), ("rap", SectionRole.Verse),
        ("hook", SectionRole.Hook), ("bridge", SectionRole.Bridge), ("middle eight", SectionRole.Bridge), ("middle 8", SectionRole.Bridge),
        ("build", SectionRole.BuildUp), ("riser", SectionRole.BuildUp), ("drop", SectionRole.Drop), ("groove", SectionRole.Drop),
        ("breakdown", SectionRole.Break), ("break", SectionRole.Break), ("interlude", SectionRole.Break), ("solo", SectionRole.Solo),
        ("climax", SectionRole.Climax), ("finale", SectionRole.Climax), ("development", SectionRole.Climax),
        ("button", SectionRole.Button), ("tag", SectionRole.Button), ("turnaround", SectionRole.Turnaround), ("loop", SectionRole.Loop),
        ("intro", SectionRole.Intro), ("opening", SectionRole.Intro), ("outro", SectionRole.Outro), ("coda", SectionRole.Outro),
        ("ending", SectionRole.Outro), ("exit", SectionRole.Outro), ("fade", SectionRole.Outro),
        ("stillness", SectionRole.Still), ("settling", SectionRole.Still), ("drifting", SectionRole.Still), ("deepest", SectionRole.Still), ("returning", SectionRole.Still),
        ("theme", SectionRole.Theme), ("part", SectionRole.Theme), ("section", SectionRole.Theme),
    ];

    internal static SectionRole Of(string name)
    {
        var (word, role) = Words.FirstOrDefault(entry => name.Contains(entry.Word, StringComparison.OrdinalIgnoreCase));
        return word is null ? SectionRole.Theme : role;
    }

    /// <summary>True for the sections in which a singer sings whole stanzas.</summary>
    internal static bool IsSung(this SectionRole role) =>
        role is SectionRole.Verse or SectionRole.PreChorus or SectionRole.Chorus or SectionRole.Hook or SectionRole.Bridge;

    /// <summary>Section names as people write them in free prompts.</summary>
    [GeneratedRegex(@"\b(?:pre-?\s?chorus|chorus|refrain|verse|hook|middle eight|bridge|build-?\s?up|drop|breakdown|break|interlude|solo|climax|finale|intro|outro|coda)(?:\s?\d\b)?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    internal static partial Regex Name();
}
