namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Finds form, energy and its motion in a section's name and styles.</summary>
internal static class FormReader
{
    // In this order: "pre-chorus" holds "chorus", "outro loop" is an outro. Motion is what the section gains from its start to its end.
    private static readonly (SectionForm Form, double Energy, double Motion, string[] Words)[] Forms =
    [
        (SectionForm.PreChorus, 0.66, 0.24, ["pre chorus", "prechorus", "pre hook", "build", "buildup", "build up", "rise", "riser", "lift", "refrain lead in", "pré refrão", "pre coro", "vorrefrain"]),
        (SectionForm.Outro, 0.85, 0, ["button", "final hit", "stinger", "sting"]),
        (SectionForm.Outro, 0.42, -0.2, ["outro", "ending", "end", "coda", "exit", "fade", "fade out", "finish", "resolution", "schluss", "nachspiel", "fin"]),
        (SectionForm.Intro, 0.36, 0.18, ["intro", "introduction", "opening", "prelude", "start", "vorspiel", "einleitung", "introducción", "introdução"]),
        (SectionForm.Drop, 1.0, 0, ["drop", "climax", "peak", "finale", "final battle", "höhepunkt"]),
        (SectionForm.Chorus, 0.95, 0, ["chorus", "hook", "refrain", "main theme", "theme", "post chorus", "refrão", "estribillo", "ritornello", "coro", "kehrreim", "サビ", "副歌"]),
        (SectionForm.Breakdown, 0.32, 0, ["breakdown", "break", "interlude", "zwischenspiel", "间奏", "間奏"]),
        (SectionForm.Bridge, 0.5, 0.1, ["bridge", "middle eight", "middle 8", "brücke", "puente", "ponte", "pont"]),
        (SectionForm.Solo, 0.8, 0, ["solo", "instrumental solo"]),
        (SectionForm.Loop, 0.62, 0, ["loop", "main loop", "groove", "turnaround", "vamp"]),
        (SectionForm.Verse, 0.55, 0.04, ["verse", "strophe", "strofa", "verso", "couplet", "estrofa", "aメロ", "主歌"]),
    ];

    private static readonly string[] MoreEnergy =
    [
        "energetic", "high energy", "highest energy", "full energy", "intense", "powerful", "full", "explosive", "massive", "huge", "loud", "epic", "big",
        "anthemic", "driving", "maximum energy", "full arrangement", "peak energy", "climactic", "soaring", "full groove", "heavy",
    ];

    private static readonly string[] LessEnergy =
    [
        "soft", "calm", "quiet", "minimal", "sparse", "gentle", "stripped", "stripped back", "stripped down", "low energy", "lower energy", "subtle",
        "intimate", "delicate", "ambient", "winding down", "tender", "laid back", "hushed", "thinner", "almost silent", "hardly moving", "half the energy",
    ];

    private static readonly string[] Rising =
        ["rising", "rising energy", "building", "builds", "build", "growing", "crescendo", "swell", "slow swell", "intensifying", "climbs", "climbing", "riser"];

    private static readonly string[] Falling =
        ["falling", "falling energy", "fading", "decrescendo", "diminuendo", "winding down", "leave one by one", "falls away", "dying away", "long fade"];

    /// <summary>What a section is, by its name.</summary>
    public static SectionForm ReadForm(string name) => Row(name).Form;

    /// <summary>The energy of a section, 0.18–1: of its name, moved by its own styles and by the song's a little.</summary>
    public static double ReadEnergy(string name, StyleText local, StyleText global)
    {
        var energy = Row(name).Energy;
        energy += 0.12 * Math.Min(2, MoreEnergy.Count(word => local.Wants(word)));
        energy -= 0.14 * Math.Min(2, LessEnergy.Count(word => local.Wants(word)));
        energy += 0.04 * Math.Sign(MoreEnergy.Count(word => global.Wants(word)) - LessEnergy.Count(word => global.Wants(word)));
        return Math.Clamp(energy, 0.18, 1);
    }

    /// <summary>What the energy of a section gains from its start to its end, −0.3 to 0.3.</summary>
    public static double ReadMotion(string name, StyleText local)
    {
        var (rises, falls) = (local.Wants(Rising), local.Wants(Falling));
        return rises == falls ? Row(name).Motion : rises ? 0.28 : -0.28;
    }

    private static (SectionForm Form, double Energy, double Motion) Row(string name)
    {
        var text = StyleText.Normalise(name);
        foreach (var (form, energy, motion, words) in Forms)
        {
            // Numbered names come without a blank as well: "Verse1", "chorus2".
            if (words.Any(word => StyleText.Has(text, word) || (text.Length > word.Length + 1 && text.StartsWith($" {word}", StringComparison.Ordinal) && char.IsAsciiDigit(text[word.Length + 1]))))
            {
                return (form, energy, motion);
            }
        }

        return (SectionForm.Body, 0.62, 0);
    }
}
