namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>What was understood of a plan: every musical decision that its words make.</summary>
internal sealed record SongReading
{
    /// <summary>The genre, whose data fill in what the words leave open.</summary>
    public required Genre Genre { get; init; }

    /// <summary>Beats a minute, 40–220.</summary>
    public required double Bpm { get; init; }

    /// <summary>The song's key.</summary>
    public required MusicalKey Key { get; init; }

    /// <summary>True when the styles name it; else the seed chose its tonic.</summary>
    public required bool IsKeyNamed { get; init; }

    /// <summary>The bar.</summary>
    public required Metre Metre { get; init; }

    /// <summary>0 (straight) to 0.33 (triplets).</summary>
    public required double Swing { get; init; }

    /// <summary>True for a beat at half speed over the song's tempo.</summary>
    public required bool HalfTime { get; init; }

    /// <summary>Timing and dynamics of a person: 0 (machine) to 1 (loose).</summary>
    public required double Looseness { get; init; }

    /// <summary>How it is to be recorded and mixed.</summary>
    public required Production Production { get; init; }

    /// <summary>The drum sounds.</summary>
    public required DrumKit Kit { get; init; }

    /// <summary>Who sings the lyrics, if any are sung.</summary>
    public Singer Singer { get; init; } = Singer.Default;

    /// <summary>How it ends.</summary>
    public required Ending Ending { get; init; }

    /// <summary>True when risers, rolls and impacts lead from section to section.</summary>
    public required bool HasTransitions { get; init; }

    /// <summary>The sections in order.</summary>
    public required IReadOnlyList<SectionReading> Sections { get; init; }

    /// <summary>Mood words that were found.</summary>
    public required IReadOnlyList<string> Moods { get; init; }

    /// <summary>The decisions in a few words each, for people.</summary>
    public required IReadOnlyList<string> Understood { get; init; }
}

/// <summary>What was understood of a section.</summary>
internal sealed record SectionReading
{
    /// <summary>The name as written.</summary>
    public required string Name { get; init; }

    /// <summary>Length, ms.</summary>
    public required int DurationMs { get; init; }

    /// <summary>What it is in the song.</summary>
    public required SectionForm Form { get; init; }

    /// <summary>How many sections of the same form came before it.</summary>
    public required int Again { get; init; }

    /// <summary>0.1 (hardly anything) to 1 (everything).</summary>
    public required double Energy { get; init; }

    /// <summary>What the energy gains from the section's start to its end, −0.3 to 0.3.</summary>
    public required double Motion { get; init; }

    /// <summary>The key, if the section has its own, else the song's.</summary>
    public required MusicalKey Key { get; init; }

    /// <summary>True when a key of its own was asked for.</summary>
    public required bool HasOwnKey { get; init; }

    /// <summary>The parts that may play: the genre's and the wanted ones, less the unwanted ones.</summary>
    public required PartSet Parts { get; init; }

    /// <summary>The parts that were asked for by name and play whatever the energy.</summary>
    public required PartSet Wanted { get; init; }

    /// <summary>Those of them that come in halfway: "then soft drums".</summary>
    public required PartSet Later { get; init; }

    /// <summary>True when it has lyrics and nobody refuses voices: the instruments leave room for the tune.</summary>
    public bool IsSung => Lines.Count > 0;

    /// <summary>The sound of each pitched part, by number of the part.</summary>
    public required IReadOnlyList<Timbre> Timbres { get; init; }

    /// <summary>True unless fills are refused.</summary>
    public required bool HasFills { get; init; }

    /// <summary>The noise under the music.</summary>
    public required Texture Texture { get; init; }

    /// <summary>The lyric lines to be sung; empty where nothing is.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
