namespace MusicRender.Engine.Prompting;

/// <summary>What enters, leaves and changes in a section, by its role and place.</summary>
internal static class SectionStyles
{
    /// <summary>Wanted and unwanted styles of a section.</summary>
    /// <param name="role">What the section does.</param>
    /// <param name="direction">What the prompt says of it, or empty.</param>
    /// <param name="instruments">The plan's instruments, foremost first; may be empty.</param>
    /// <param name="again">How many sections of this role came before.</param>
    /// <param name="hasLines">True when it is sung.</param>
    /// <param name="isSung">True when the piece has singing at all.</param>
    internal static (IReadOnlyList<string> Wanted, IReadOnlyList<string> Unwanted) Of(
        SectionRole role, string direction, IReadOnlyList<string> instruments, int again, bool hasLines, bool isSung)
    {
        var melodic = instruments.Where(InstrumentKinds.IsMelodic).ToArray();
        string Instrument(int at) => melodic.Length == 0 ? "lead instrument" : melodic[at % melodic.Length];
        var rhythm = instruments.FirstOrDefault(InstrumentKinds.IsPercussive) ?? Instrument(1);
        var first = again == 0;
        string[] wanted = role switch
        {
            SectionRole.Intro => ["low energy", $"{Instrument(0)} alone at first", $"then {rhythm}"],
            SectionRole.Verse => first ? ["medium energy", $"{Instrument(0)} and {rhythm}", "room for the melody"] : ["medium energy", $"with {Instrument(1)}", "fuller than the first verse"],
            SectionRole.PreChorus => ["rising energy", "harmony lifts", "drums tighten"],
            SectionRole.Chorus => first ? ["high energy", "full arrangement", "memorable hook"] : ["highest energy", "full arrangement", $"{Instrument(2)} on top"],
            SectionRole.Hook => ["high energy from the first beat", "full groove", "memorable hook"],
            SectionRole.Bridge => ["lower energy", "new chords", $"{Instrument(3)} in front"],
            SectionRole.BuildUp => ["rising energy", "snare build", "filter opens"],
            SectionRole.Drop => first ? ["full energy", "heavy downbeat", "main motif"] : ["full energy", "main motif varied", $"{Instrument(3)} on top"],
            SectionRole.Break => ["low energy", "drums drop out", $"{Instrument(again)} alone"],
            SectionRole.Solo => ["high energy", $"{Instrument(2)} solo", "rhythm section underneath"],
            SectionRole.Climax => ["highest energy", "main motif at full width", "all instruments"],
            SectionRole.Theme => first ? ["medium energy", $"theme in the {Instrument(0)}", $"{Instrument(1)} underneath"] : ["medium to high energy", $"theme in the {Instrument(again)}", "fuller accompaniment"],
            SectionRole.Loop => first ? ["steady energy", $"{Instrument(0)} motif", "even groove"] : ["steady energy", $"melody in the {Instrument(again)}", "even groove"],
            SectionRole.Turnaround => ["steady energy", "turns back to the first chord", "no ending"],
            SectionRole.Button => ["short final hit", "clean stop", $"{Instrument(0)} on the last beat"],
            SectionRole.Outro => ["falling energy", "instruments leave one by one", $"{Instrument(0)} last"],
            _ => first ? ["very low energy", "slow swell", $"{Instrument(0)} sustained"] : ["very low energy", $"{Instrument(again)} far away", "hardly moving"],
        };
        string[] unwanted = role switch
        {
            SectionRole.Intro or SectionRole.Break => isSung && !hasLines ? ["vocals", "full arrangement"] : ["full arrangement"],
            SectionRole.Hook => ["long intro", "fade in"],
            SectionRole.Button => ["fade out"],
            SectionRole.Turnaround => ["final cadence", "fade out"],
            SectionRole.Still => ["drum fills", "sudden changes"],
            SectionRole.Verse => ["crowded arrangement"],
            _ => isSung && !hasLines ? ["vocals"] : [],
        };
        return (direction.Length > 0 ? [direction, .. wanted] : wanted, unwanted);
    }
}
