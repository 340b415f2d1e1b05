namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>How a song ends.</summary>
internal enum Ending
{
    /// <summary>A short last hit on the first beat of the last bar, then silence.</summary>
    Button,

    /// <summary>It plays on while it gets quieter.</summary>
    Fade,

    /// <summary>A last chord that everybody holds until it has died away.</summary>
    RingOut,

    /// <summary>It does not: the last bar leads into the first one.</summary>
    Loop,
}
