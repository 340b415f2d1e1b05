namespace ElevenLabs.Simulator.Audio;

/// <summary>The instruments that play.</summary>
[Flags]
internal enum Layers
{
    Vocals = 1,
    Drums = 2,
    Bass = 4,
    Guitar = 8,
    Piano = 16,
    Other = 32,
    Instrumental = Drums | Bass | Guitar | Piano | Other,
    Mix = Vocals | Instrumental,
}
