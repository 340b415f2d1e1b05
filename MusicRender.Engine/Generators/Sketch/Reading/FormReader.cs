namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Finds form and energy in a section's name and styles.</summary>
internal static class FormReader
{
    // In this order: "pre-chorus" holds "chorus", "outro loop" is an outro.
    private static readonly (SectionForm Form, double Energy, string[] Words)[] Forms =
    [
        (SectionForm.PreChorus, 0.68, ["pre chorus", "prechorus", "pre hook", "build", "buildup", "build up", "rise", "riser", "lift", "refrain lead in"]),
        (SectionForm.Outro, 0.42, ["outro", "ending", "end", "coda", "exit", "fade", "fade out", "finish", "resolution", "button"]),
        (SectionForm.Intro, 0.36, ["intro", "introduction", "opening", "prelude", "start"]),
        (SectionForm.Drop, 1.0, ["drop", "climax", "peak", "finale", "final battle"]),
        (SectionForm.Chorus, 0.95, ["chorus", "hook", "refrain", "main theme", "post chorus", "refrão", "estribillo"]),
        (SectionForm.Breakdown, 0.32, ["breakdown", "break", "interlude"]),
        (SectionForm.Bridge, 0.5, ["bridge", "middle eight", "middle 8"]),
        (SectionForm.Solo, 0.8, ["solo", "instrumental solo"]),
        (SectionForm.Loop, 0.62, ["loop", "main loop", "groove"]),
        (SectionForm.Verse, 0.55, ["verse", "strophe", "strofa", "verso", "couplet"]),
    ];

    private static readonly string[] MoreEnergy =
    [
        "energetic", "high energy", "intense", "powerful", "full", "explosive", "massive", "huge", "loud", "epic", "big",
        "anthemic", "driving", "maximum energy", "full arrangement", "peak energy", "climactic", "soaring",
    ];

    private static readonly string[] LessEnergy =
    [
        "soft", "calm", "quiet", "minimal", "sparse", "gentle", "stripped", "stripped back", "stripped down", "low energy", "subtle",
        "intimate", "delicate", "ambient", "fading", "winding down", "tender", "laid back", "hushed",
    ];

    /// <summary>What a section is, by its name.</summary>
    public static SectionForm ReadForm(string name)
    {
        var text = StyleText.Normalise(name);
        foreach (var (form, _, words) in Forms)
        {
            // Numbered names come without a blank as well: "Verse1", "chorus2".
            if (words.Any(word => StyleText.Has(text, word) || (text.Length > word.Length + 1 && text.StartsWith($" {word}", StringComparison.Ordinal) && char.IsAsciiDigit(text[word.Length + 1]))))
            {
                return form;
            }
        }

        return SectionForm.Body;
    }

    /// <summary>The energy of a section, 0.1–1: of its form, moved by its own styles and by the song's a little.</summary>
    public static double ReadEnergy(SectionForm form, StyleText local, StyleText global)
    {
        var energy = Forms.FirstOrDefault(row => row.Form == form).Energy;
        if (form == SectionForm.Body)
        {
            energy = 0.62;
        }

        energy += 0.12 * Math.Min(2, MoreEnergy.Count(word => local.Wants(word)));
        energy -= 0.14 * Math.Min(2, LessEnergy.Count(word => local.Wants(word)));
        energy += 0.04 * Math.Sign(MoreEnergy.Count(word => global.Wants(word)) - LessEnergy.Count(word => global.Wants(word)));
        return Math.Clamp(energy, 0.1, 1);
    }
}
