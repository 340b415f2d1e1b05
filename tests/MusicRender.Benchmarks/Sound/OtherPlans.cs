using MusicRender.Engine.Plan;

namespace MusicRender.Benchmarks.Sound;

/// <summary>Twenty plans that have little in common: short and long, sung and not, in several languages, in nonsense, without a word.</summary>
internal static class OtherPlans
{
    private static readonly string[] English = ["We walked along the river all night long", "The morning found us singing a quiet song", "Hold on, hold on, the light is near", "Hold on, hold on, I am still here"];
    private static readonly string[] German = ["Der Regen fällt auf unser Dach", "Wir liegen still und sind noch wach", "Morgen wird der Himmel klar"];
    private static readonly string[] French = ["Sous le ciel de la ville on marche encore", "Les lumières dansent sur le port", "Reste avec moi jusqu'à l'aurore"];
    private static readonly string[] Spanish = ["Baila conmigo toda la noche", "La luna llena sobre el mar", "Corazón, no dejes de cantar"];

    /// <summary>Their names and the plans.</summary>
    public static IReadOnlyList<(string Name, CompositionPlan Plan)> All { get; } =
    [
        ("3 s of house", Plan(["house"], [], ("Intro", 3))),
        ("3 s of solo cello", Plan(["solo cello", "rubato"], ["drums", "bass"], ("Ending", 3))),
        ("5 s jingle", Plan(["jingle", "bright", "ukulele", "claps"], [], ("Jingle", 5))),
        ("10 s, German", Plan(["langsam", "traurig", "Klavier"], [], ("Strophe", 10))),
        ("18 s in three sections", Plan(["drum and bass", "174 bpm"], [], ("Intro", 4), ("Drop", 10), ("Outro", 4))),
        ("30 s of nonsense", Plan(["flurbish gronk", "zzzz", "42", "🙂🙂"], ["wibble"], ("Xyzzy", 12), ("Plugh", 18))),
        ("45 s without a style", Plan([], [], ("Verse", 15), ("Chorus", 15), ("Verse", 15))),
        ("60 s, Japanese", Plan(["静かなピアノ", "夜", "やさしい"], [], ("序章", 20), ("サビ", 25), ("終わり", 15))),
        ("60 s, metal without drums", Plan(["metal", "aggressive"], ["drums", "vocals"], ("Verse", 30), ("Chorus", 30))),
        ("75 s, folk, sung in German", Sung(["folk", "Akustikgitarre"], German, ("Strophe 1", 20), ("Refrain", 18), ("Strophe 2", 20), ("Refrain", 17))),
        ("90 s, pop, sung", Sung(["pop", "female vocals", "112 bpm"], English, ("Verse", 24), ("Pre-chorus", 10), ("Chorus", 22), ("Bridge", 12), ("Chorus", 22))),
        ("95 s, chanson, sung", Sung(["chanson", "accordion", "waltz", "3/4"], French, ("Couplet", 30), ("Refrain", 30), ("Couplet", 35))),
        ("120 s loop", Plan(["video game", "seamless loop", "chiptune"], [], ("Loop", 60), ("Loop", 60))),
        ("120 s of rain", Plan(["ambient", "rain", "no drums", "very slow"], ["drums"], ("Part", 120))),
        ("150 s, rap", Sung(["trap", "rap", "808", "dark"], English, ("Intro", 12), ("Verse", 40), ("Hook", 24), ("Verse", 40), ("Hook", 24), ("Outro", 10))),
        ("180 s, trailer in twelve sections", Plan(["epic trailer", "orchestral", "D minor"], [], [.. Enumerable.Range(0, 12).Select(index => (index % 3 == 2 ? "Drop" : index % 3 == 1 ? "Build" : "Breakdown", 15))])),
        ("200 s, salsa, sung in Spanish", Sung(["salsa", "fast", "brass"], Spanish, ("Verse", 50), ("Chorus", 50), ("Verse", 50), ("Chorus", 50))),
        ("300 s in thirty sections", Plan(["synthwave", "104 bpm"], [], [.. Enumerable.Range(0, 30).Select(index => (index % 2 == 0 ? "Verse" : "Chorus", 10))])),
        ("600 s drone", Plan(["drone", "meditation", "wide"], ["drums", "lead"], [.. Enumerable.Repeat(("Part", 120), 5)])),
        ("600 s of jazz", Plan(["jazz", "swing", "brushes"], [], ("Intro", 60), ("Verse", 120), ("Chorus", 120), ("Solo", 120), ("Chorus", 120), ("Outro", 60))),
    ];

    private static CompositionPlan Plan(string[] wanted, string[] unwanted, params (string Name, int Seconds)[] sections) => new()
    {
        Title = "Plan",
        PositiveGlobalStyles = [.. wanted],
        NegativeGlobalStyles = [.. unwanted],
        Sections = [.. sections.Select(section => new PlanSection { SectionName = section.Name, DurationMs = section.Seconds * 1000 })],
    };

    private static CompositionPlan Sung(string[] wanted, string[] lines, params (string Name, int Seconds)[] sections)
    {
        var plan = Plan(wanted, [], sections);
        return plan with { Sections = [.. plan.Sections.Select(section => section with { Lines = [.. lines] })] };
    }
}
