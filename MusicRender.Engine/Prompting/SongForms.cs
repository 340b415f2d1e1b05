namespace MusicRender.Engine.Prompting;

/// <summary>What a piece is for, as far as its sections depend on it.</summary>
internal enum SongForm
{
    Song,
    Instrumental,
    Electronic,
    Spot,
    Loop,
    Game,
    Still,
}

/// <summary>A section wanted: its name, its share of the length and what happens in it.</summary>
internal sealed record WantedSection(string Name, double Share, string Direction = "");

/// <summary>Sections that suit a form and a length, when the prompt names none.</summary>
internal static class SongForms
{
    private static readonly Dictionary<SongForm, (int FromSeconds, string Sections)[]> Forms = new()
    {
        [SongForm.Song] =
        [
            (0, "Hook 1"),
            (10, "Verse 1, Chorus 1"),
            (20, "Intro 3, Verse 8, Chorus 9"),
            (35, "Intro 4, Verse 1 14, Chorus 14, Outro 5"),
            (70, "Intro 8, Verse 1 20, Chorus 1 18, Verse 2 18, Chorus 2 18, Outro 8"),
            (110, "Intro 8, Verse 1 24, Chorus 1 20, Verse 2 24, Chorus 2 20, Bridge 14, Chorus 3 20, Outro 10"),
            (190, "Intro 12, Verse 1 28, Pre-Chorus 1 12, Chorus 1 24, Verse 2 28, Pre-Chorus 2 12, Chorus 2 24, Bridge 18, Chorus 3 28, Outro 14"),
            (300, "Intro 16, Verse 1 30, Pre-Chorus 1 14, Chorus 1 28, Verse 2 30, Pre-Chorus 2 14, Chorus 2 28, Solo 24, Verse 3 30, Bridge 22, Chorus 3 28, Chorus 4 28, Outro 20"),
        ],
        [SongForm.Instrumental] =
        [
            (0, "Theme 1"),
            (10, "Theme A 1, Theme B 1"),
            (20, "Intro 4, Theme A 10, Theme B 10"),
            (35, "Intro 6, Theme A 14, Theme B 14, Outro 6"),
            (70, "Intro 8, Theme A 20, Theme B 20, Interlude 12, Theme A return 20, Outro 10"),
            (150, "Intro 10, Theme A 24, Theme B 24, Interlude 16, Theme C 24, Theme A return 24, Theme B return 24, Outro 14"),
            (300, "Intro 14, Theme A 28, Theme B 28, Interlude 18, Theme C 30, Theme A return 28, Development 34, Stillness 16, Theme B return 28, Finale 34, Outro 20"),
        ],
        [SongForm.Electronic] =
        [
            (0, "Drop 1"),
            (10, "Build-up 1, Drop 2"),
            (25, "Intro 4, Build-up 8, Drop 16"),
            (50, "Intro 8, Build-up 12, Drop 20, Breakdown 12, Outro 8"),
            (90, "Intro 10, Build-up 1 12, Drop 1 24, Breakdown 16, Build-up 2 12, Drop 2 24, Outro 12"),
            (240, "Intro 20, Groove 1 28, Build-up 1 14, Drop 1 30, Breakdown 1 22, Groove 2 28, Build-up 2 14, Drop 2 30, Breakdown 2 20, Build-up 3 14, Drop 3 32, Outro 24"),
        ],
        [SongForm.Spot] =
        [
            (0, "Hook 1"),
            (9, "Hook 2, Button 1"),
            (16, "Hook 6, Verse 5, Button 3"),
            (24, "Hook 8, Verse 8, Chorus 10, Button 4"),
            (75, "Hook 10, Verse 1 16, Chorus 1 16, Verse 2 16, Chorus 2 16, Button 5"),
            (240, "Hook 14, Verse 1 30, Chorus 1 30, Verse 2 30, Chorus 2 30, Bridge 24, Chorus 3 30, Button 8"),
        ],
        [SongForm.Loop] =
        [
            (0, "Loop 1"),
            (12, "Loop A 1, Loop B 1"),
            (30, "Loop A 1, Loop B 1, Turnaround 1"),
            (50, "Loop A 16, Loop B 16, Loop C 16, Turnaround 12"),
            (120, "Loop A 1, Loop B 1, Loop C 1, Loop D 1, Loop A return 1, Turnaround 0.8"),
            (300, "Loop A 1, Loop B 1, Loop C 1, Loop D 1, Loop A return 1, Loop E 1, Loop B return 1, Loop F 1, Turnaround 0.8"),
        ],
        [SongForm.Game] =
        [
            (0, "Drop 1"),
            (12, "Build-up 1, Drop 2"),
            (30, "Intro 6, Build-up 10, Drop 16, Exit 6"),
            (60, "Intro 8, Build-up 14, Drop 20, Breakdown 14, Climax 24, Exit 10"),
            (180, "Intro 10, Build-up 1 16, Drop 1 24, Breakdown 1 18, Build-up 2 14, Drop 2 26, Breakdown 2 16, Climax 30, Exit 14"),
        ],
        [SongForm.Still] =
        [
            (0, "Stillness 1"),
            (15, "Opening 1, Stillness 1"),
            (45, "Opening 1, Stillness 1.6, Fade 1"),
            (120, "Opening 28, Settling 40, Stillness 48, Drifting 36, Fade 28"),
            (360, "Opening 30, Settling 44, First stillness 56, Drifting 44, Second stillness 56, Deepest point 50, Returning 44, Fade 40"),
        ],
    };

    /// <summary>The sections of a form at this length; always so many that each can last 3 to 120 s.</summary>
    internal static IReadOnlyList<WantedSection> Sections(SongForm form, int totalMs)
    {
        var fitting = Forms[form].Last(entry => entry.FromSeconds * 1000 <= totalMs);
        return fitting.Sections.Split(", ").Select(Read).ToArray();
    }

    private static WantedSection Read(string text)
    {
        var blank = text.LastIndexOf(' ');
        return new WantedSection(text[..blank], double.Parse(text[(blank + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }
}
