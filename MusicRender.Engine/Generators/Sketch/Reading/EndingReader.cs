using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>Finds how the song is to end: what the last section says wins over what the whole plan says.</summary>
internal static class EndingReader
{
    private static readonly (Ending Ending, string[] Words)[] Known =
    [
        (Ending.Loop,
        [
            "loopable", "seamless loop", "seamlessly loop", "perfect loop", "endless loop", "infinite loop", "loop seamlessly", "loops seamlessly",
            "ready to loop", "no ending", "turnaround", "turns back to the first chord", "leads back to the first bar", "leads back to the start",
            "looping background", "game loop", "action loop", "background loop", "bed loop", "voice over loop", "voiceover loop", "podcast loop",
            "music loop", "without a seam",
        ]),
        (Ending.Button,
        [
            "button", "button ending", "clean stop", "hard stop", "hard ending", "abrupt ending", "abrupt stop", "cold ending", "sudden stop", "short final hit",
            "final hit", "final stab", "stinger", "sting", "no fade", "stops dead", "tight ending",
        ]),
        (Ending.Fade, ["fade", "fade out", "fades out", "fading out", "fading", "fadeout", "long fade", "fade to silence", "fades away", "fades to silence"]),
        (Ending.RingOut,
        [
            "ring out", "rings out", "ringing out", "let ring", "final chord", "last chord", "held chord", "sustained final chord", "resolves", "grand finale",
            "big finish", "last words then the room", "then the room",
        ]),
    ];

    /// <summary>The ending that is asked for, else the genre's.</summary>
    /// <param name="sections">The plan's sections, at least one.</param>
    /// <param name="global">The styles of the whole plan.</param>
    /// <param name="last">The styles of the last section.</param>
    /// <param name="usual">The genre's ending.</param>
    public static Ending Read(IReadOnlyList<PlanSection> sections, StyleText global, StyleText last, Ending usual)
    {
        var name = StyleText.Normalise(sections[^1].SectionName);
        var refusesFade = Refuses(last, global, "fade out", "fade", "fades", "fading");
        foreach (var text in (ReadOnlySpan<StyleText>)[last, global])
        {
            foreach (var (ending, words) in Known)
            {
                var isNamed = text.Wants(words) || (ReferenceEquals(text, last) && words.Any(word => StyleText.Has(name, word)));
                var isRefused = ending switch
                {
                    Ending.Fade => refusesFade,
                    Ending.Loop => Refuses(last, global, "loop", "looping"),
                    Ending.Button => Refuses(last, global, "button", "abrupt ending", "hard stop", "sudden stop"),
                    _ => Refuses(last, global, "ring out", "final chord", "final cadence"),
                };
                if (isNamed && !isRefused)
                {
                    return ending;
                }
            }
        }

        // A plan of loops only, or one that neither may come to rest nor fade, goes round.
        if (sections.All(section => FormReader.ReadForm(section.SectionName) == SectionForm.Loop)
            || (refusesFade && Refuses(last, global, "final cadence", "ending")))
        {
            return Ending.Loop;
        }

        return refusesFade && usual == Ending.Fade ? Ending.RingOut : usual;
    }

    private static bool Refuses(StyleText last, StyleText global, params ReadOnlySpan<string> words) => last.Refuses(words) || global.Refuses(words);
}
