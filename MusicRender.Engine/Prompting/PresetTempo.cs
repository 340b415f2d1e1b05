namespace MusicRender.Engine.Prompting;

/// <summary>Chooses a tempo from a sound's range.</summary>
internal static class PresetTempo
{
    /// <summary>
    /// A tempo at which the whole length is a number of whole bars of 4/4, so that loops join and endings land on a
    /// downbeat. Still music takes the slowest such tempo, games the faster half.
    /// </summary>
    internal static int Choose(ProjectBlueprint blueprint, SoundProfile sound, SeededChoice choice)
    {
        var range = Enumerable.Range(sound.MinBpm, sound.MaxBpm - sound.MinBpm + 1).ToArray();
        var whole = range.Where(bpm => (long)bpm * blueprint.DefaultLengthMs % 240_000 == 0).ToArray();
        var tempi = whole.Length > 0 ? whole : range;
        return blueprint.Id switch
        {
            "meditation_sleep" => tempi[0],
            "video_game_action_loop" => choice.Pick(tempi[(tempi.Length / 2)..]),
            _ => choice.Pick(tempi),
        };
    }
}
