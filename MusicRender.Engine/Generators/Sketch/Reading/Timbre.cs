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
    ElectricBass,
    UprightBass,
    Contrabass,
    Piano,
    ElectricPiano,
    Organ,
    AcousticGuitar,
    CleanGuitar,
    DistortedGuitar,
    Harp,
    Bells,
    Marimba,
    SynthPluck,
    Supersaw,
    WarmPad,
    GlassPad,
    Strings,
    Choir,
    Brass,
    SawLead,
    SquareLead,
    SoftLead,
    Flute,
    Saxophone,
    Violin,
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

    /// <summary>Two seconds of rising noise that lead into a louder section.</summary>
    Riser,
}
