namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>The sounds that pitched parts can have. What each is made of is the synthesis' affair.</summary>
internal enum Timbre
{
    /// <summary>No sound of its own: the part takes the genre's.</summary>
    None,
    SynthBass,
    SubBass,
    ReeseBass,
    AcidBass,
    GrowlBass,
    ChipBass,
    ElectricBass,
    SlapBass,
    UprightBass,
    Contrabass,
    Tuba,
    Piano,
    ElectricPiano,
    Harpsichord,
    Organ,
    Accordion,
    AcousticGuitar,
    CleanGuitar,
    MutedGuitar,
    DistortedGuitar,
    Banjo,
    Sitar,
    Harp,
    Bells,
    Marimba,
    SteelDrum,
    SynthPluck,
    Supersaw,
    WarmPad,
    GlassPad,
    Strings,
    Choir,
    Brass,
    Trumpet,
    SawLead,
    SquareLead,
    SoftLead,
    Flute,
    Clarinet,
    Saxophone,
    Violin,
    Cello,
}

/// <summary>The noises that may lie under the music.</summary>
internal enum Texture
{
    None,
    Vinyl,
    Rain,
}

/// <summary>The families of drum sounds.</summary>
internal enum DrumKit
{
    Acoustic,
    Electronic,
    Trap,
    Dusty,
    Orchestral,
    Brushes,
    Latin,
    March,
    Chip,
}

/// <summary>The drums of a kit.</summary>
internal enum Drum
{
    Kick,
    Snare,
    Clap,
    ClosedHat,
    OpenHat,
    Ride,
    Crash,
    LowTom,
    HighTom,
    Shaker,
    Rim,
    Tambourine,
    Cowbell,
    LowConga,
    HighConga,

    /// <summary>Two seconds of rising noise that lead into a louder section.</summary>
    Riser,

    /// <summary>A low boom that marks where a loud section begins.</summary>
    Impact,
}
