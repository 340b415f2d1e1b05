using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>A drum of a kit, ready to be mixed.</summary>
/// <param name="Samples">One stroke, mono, peak 1.</param>
/// <param name="Level">Linear.</param>
/// <param name="Pan">−1 (left) to 1 (right).</param>
internal sealed record DrumSound(float[] Samples, float Level, float Pan)
{
    /// <summary>One that is not heard.</summary>
    public static readonly DrumSound None = new([0], 0, 0);
}

/// <summary>The sounds of the kits: each drum is made when it is first struck and then kept.</summary>
internal static class DrumSounds
{
    private const double RiserSeconds = 2;

    private static readonly Lazy<DrumSound>[][] Kits =
        [.. Enum.GetValues<DrumKit>().Select(kit => Enum.GetValues<Drum>().Select(drum => new Lazy<DrumSound>(() => Make(kit, drum))).ToArray())];

    /// <summary>A drum of a kit. Only to be read.</summary>
    public static DrumSound Of(DrumKit kit, Drum drum) => Kits[(int)kit][(int)drum].Value;

    private static DrumSound Make(DrumKit kit, Drum drum) => drum switch
    {
        Drum.Kick => new(Kick(kit), kit == DrumKit.Brushes ? 0.6f : 0.8f, 0),
        Drum.Snare => new(Snare(kit), kit switch { DrumKit.Brushes => 0.3f, DrumKit.Orchestral => 0.4f, DrumKit.Chip => 0.4f, _ => 0.6f }, 0),
        Drum.Clap => new(DrumModels.Clap(0.07), 0.42f, 0.06f),
        Drum.ClosedHat => new(Hat(kit, 0.034), 0.32f, 0.22f),
        Drum.OpenHat => new(Hat(kit, 0.16), 0.28f, 0.22f),
        Drum.Ride => new(DrumModels.Cymbal(0.42, 4_600, 0.6, 1.1, 0.35), kit == DrumKit.Brushes ? 0.18f : 0.14f, -0.28f),
        Drum.Crash => new(Crash(kit), kit == DrumKit.Dusty ? 0.15f : 0.26f, -0.2f),
        Drum.LowTom => new(Tom(kit, 0.75), 0.62f, 0.3f),
        Drum.HighTom => new(Tom(kit, 1.2), 0.55f, -0.3f),
        Drum.Shaker => new(DrumModels.Shaker(), 0.17f, -0.35f),
        Drum.Tambourine => new(DrumModels.Tambourine(), 0.2f, -0.3f),
        Drum.Cowbell => new(DrumModels.Cowbell(), 0.26f, 0.25f),
        Drum.LowConga => new(DrumModels.Conga(178, 0.13), 0.42f, 0.28f),
        Drum.HighConga => new(DrumModels.Conga(256, 0.1), 0.4f, 0.1f),
        Drum.Riser => new(DrumModels.Riser(RiserSeconds), 0.3f, 0),
        Drum.Impact => new(DrumModels.Impact(), 0.6f, 0),
        _ => new(DrumModels.Rim(), 0.3f, -0.15f),
    };

    private static float[] Kick(DrumKit kit) => kit switch
    {
        DrumKit.Acoustic => DrumModels.Membrane(158, 60, 0.016, 0.12, 0.6, 1.5f),
        DrumKit.Latin => DrumModels.Membrane(140, 64, 0.018, 0.1, 0.4, 1.3f),
        DrumKit.March => DrumModels.Membrane(120, 54, 0.03, 0.24, 0.3, 1.4f),
        DrumKit.Trap => DrumModels.Membrane(230, 46, 0.022, 0.19, 0.4, 2.2f),
        DrumKit.Dusty => DrumModels.Dulled(DrumModels.Membrane(130, 56, 0.02, 0.13, 0.3, 1.8f), 3_200),
        DrumKit.Orchestral => DrumModels.Membrane(105, 48, 0.05, 0.36, 0.18, 1.6f),
        DrumKit.Brushes => DrumModels.Dulled(DrumModels.Membrane(110, 60, 0.02, 0.1, 0.15, 1.1f), 2_000),
        DrumKit.Chip => DrumModels.Membrane(320, 55, 0.03, 0.06, 0, 6f),
        _ => DrumModels.Membrane(215, 49, 0.02, 0.15, 0.5, 2.1f),
    };

    private static float[] Snare(DrumKit kit) => kit switch
    {
        DrumKit.Acoustic => DrumModels.Snare(192, 0.08, 0.11, 0.9, 3_600),
        DrumKit.Latin => DrumModels.Snare(236, 0.06, 0.07, 0.7, 4_200),
        DrumKit.March => DrumModels.Snare(248, 0.05, 0.09, 1.3, 4_800),
        DrumKit.Trap => DrumModels.Snare(224, 0.05, 0.08, 1.1, 5_200),
        DrumKit.Dusty => DrumModels.Dulled(DrumModels.Snare(188, 0.07, 0.08, 0.8, 2_900), 6_000),
        DrumKit.Orchestral => DrumModels.Snare(180, 0.06, 0.12, 1, 3_200),
        DrumKit.Brushes => DrumModels.Snare(210, 0.03, 0.13, 1.4, 4_200),
        DrumKit.Chip => DrumModels.Static(9_300, 0.06),
        _ => DrumModels.Snare(202, 0.085, 0.13, 0.95, 4_200),
    };

    private static float[] Hat(DrumKit kit, double decay) => kit switch
    {
        DrumKit.Dusty => DrumModels.Dulled(DrumModels.Cymbal(decay, 6_000, 0.35, 1, 0), 8_500),
        DrumKit.Acoustic or DrumKit.Brushes or DrumKit.Latin or DrumKit.March => DrumModels.Cymbal(decay * 1.2, 6_200, 0.55, 1.15, 0),
        DrumKit.Chip => DrumModels.Static(33_000, decay * 0.6),
        _ => DrumModels.Cymbal(decay, 7_200, 0.4, 1.25, 0),
    };

    private static float[] Crash(DrumKit kit) => kit switch
    {
        DrumKit.Chip => DrumModels.Static(14_000, 0.3),
        DrumKit.Orchestral or DrumKit.March => DrumModels.Cymbal(0.9, 2_600, 0.5, 0.8, 0),
        _ => DrumModels.Cymbal(0.65, 3_600, 0.45, 0.9, 0),
    };

    private static float[] Tom(DrumKit kit, double pitch) => kit switch
    {
        DrumKit.Orchestral or DrumKit.March => DrumModels.Membrane(150 * pitch, 82 * pitch, 0.05, 0.22, 0.2, 1.6f),
        DrumKit.Chip => DrumModels.Membrane(420 * pitch, 150 * pitch, 0.06, 0.07, 0, 6f),
        _ => DrumModels.Membrane(190 * pitch, 112 * pitch, 0.04, 0.16, 0.25, 1.3f),
    };
}
